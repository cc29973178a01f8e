// Speaks to a playground as its page does, without a browser.
import { EventSource as Stream } from 'undici'
import type { ChatMessage } from '../../../src/platforms/playground/chat.ts'
import type { DrawnForm } from '../../../src/platforms/playground/draw.ts'

export type Answered = {
  readonly status: number
  readonly form?: DrawnForm
  readonly problems?: Readonly<Record<string, string>>
  readonly problem?: string
}

export async function tokenOf(url: string): Promise<string> {
  const page = await (await fetch(url)).text()
  return /name="handrail-token" content="([^"]+)"/.exec(page)?.[1] ?? ''
}

/** One person at the page, with everything the stream has brought so far. */
export async function sit(url: string, user: string, more: { language?: 'en' | 'es' } = {}) {
  const token = await tokenOf(url)
  const me = { as: user, language: more.language ?? 'en', zone: 'UTC' }
  const room = `direct-${user}`
  const messages: ChatMessage[] = []
  const stream = new Stream(`${url}api/live?${new URLSearchParams({ as: user, token }).toString()}`)
  const put = (message: ChatMessage) => {
    const at = messages.findIndex(({ id }) => id === message.id)
    messages.splice(at < 0 ? messages.length : at, at < 0 ? 0 : 1, message)
  }
  const read = (event: unknown): unknown => JSON.parse((event as { data: string }).data)
  stream.addEventListener('message', (event) => put((read(event) as { message: ChatMessage }).message))
  await new Promise<void>((resolve) => {
    stream.addEventListener('history', (event) => {
      for (const message of (read(event) as { messages: ChatMessage[] }).messages) put(message)
      resolve()
    })
  })

  async function ask<T = Answered>(path: string, body: object): Promise<T & { status: number }> {
    const response = await fetch(`${url}api/${path}`, {
      method: 'POST',
      headers: { 'x-handrail-token': token },
      body: JSON.stringify({ ...me, room, ...body }),
    })
    return { ...((await response.json()) as T), status: response.status }
  }
  return {
    room,
    messages,
    ask,
    say: (words: string, where = room) => ask('say', { words, room: where }),
    /** Every word this person can read now. */
    text: () => JSON.stringify(messages),
    codeOf: (label: string): { code: string; message: string } => {
      for (const { id, body } of messages.toReversed())
        for (const block of 'blocks' in body ? body.blocks : [])
          for (const button of block.kind === 'buttons' ? block.buttons : [])
            if (button.kind === 'button' && button.label === label) return { code: button.code, message: id }
      throw new Error(`nothing is labelled ${label}`)
    },
    leave: () => stream.close(),
  }
}
