// One call to the REST API, and the ways in which it is refused.
import { isObject, textOf } from './payloads.ts'
import type { Attachment, Component, Json, Posted, State } from './state.ts'

export type File = { readonly name: string; readonly bytes: Uint8Array }
export type Call = {
  readonly method: string
  /** Begins after the version: /channels/1/messages */
  readonly path: string
  readonly query: URLSearchParams
  readonly body: unknown
  readonly files: ReadonlyMap<string, File>
}
export type Answer = { readonly status: number; readonly body?: unknown }

export const answer = (body: unknown, status = 200): Answer => ({ status, body })
export const nothing: Answer = { status: 204 }
export const refuse = (status: number, code: number, message: string): Answer => ({
  status,
  body: { message, code },
})
export const jsonOf = (body: unknown): Json => (isObject(body) ? body : {})

const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])

/** The words and pieces of a message, of which an edit may leave some as they were. */
export function pieces(state: State, data: Json, files: Call['files'], before?: Posted) {
  const kept = (before?.attachments ?? []).filter(
    ({ id }) =>
      data['attachments'] === undefined || objects(data['attachments']).some((one) => one['id'] === id),
  )
  const added = [...files].map(([key, { name, bytes }]): Attachment => {
    const told = objects(data['attachments']).find((one) => `files[${String(one['id'])}]` === key)
    return {
      id: state.next(),
      filename: textOf(told?.['filename'] ?? name),
      ...(typeof told?.['description'] === 'string' && { description: told['description'] }),
      bytes,
    }
  })
  return {
    content: data['content'] === undefined ? (before?.content ?? '') : textOf(data['content']),
    embeds: data['embeds'] === undefined ? (before?.embeds ?? []) : objects(data['embeds']),
    components:
      data['components'] === undefined
        ? (before?.components ?? [])
        : (objects(data['components']) as readonly Component[]),
    attachments: [...kept, ...added],
  }
}
