// What a person reads on the screen: the words, buttons and menus of a message, the fields of a form.
import { componentsIn } from './contract.ts'
import { textOf } from './payloads.ts'
import type { Component, Json, Modal, Posted } from './state.ts'

const text = (value: unknown): readonly string[] => (typeof value === 'string' && value !== '' ? [value] : [])
const list = (value: unknown) => (Array.isArray(value) ? (value as readonly Json[]) : [])

/** Everything that can be read in a message, line by line. */
export function wordsIn(message: Pick<Posted, 'content' | 'embeds' | 'components' | 'attachments'>): string {
  return [
    ...text(message.content),
    ...message.embeds.flatMap((embed) => [
      ...text(embed['title']),
      ...text(embed['description']),
      ...list(embed['fields']).flatMap((field) => [...text(field['name']), ...text(field['value'])]),
    ]),
    ...componentsIn(message.components).flatMap((one) => [
      ...text(one['content']),
      ...text(one['label']),
      ...text(one['placeholder']),
    ]),
    ...message.attachments.flatMap((one) => text(one.description)),
  ].join('\n')
}

const pressable = new Set([2, 3, 5, 6, 7, 8])
export const buttonsIn = (message: Pick<Posted, 'components'>): readonly string[] =>
  componentsIn(message.components).flatMap((one) => (one['type'] === 2 ? text(one['label']) : []))

/** A button or menu by what stands on it, or by its id or the start of it. */
export function findComponent(message: Posted, wanted: string): Json {
  const all = componentsIn(message.components).filter((one) => pressable.has(Number(one['type'])))
  const named = (one: Json) => one['label'] ?? one['placeholder'] ?? one['custom_id']
  const found =
    all.find((one) => named(one) === wanted || one['custom_id'] === wanted) ??
    all.find((one) => String(one['custom_id']).startsWith(wanted))
  if (!found)
    throw new Error(`there is no “${wanted}”, only ${all.map(named).join(', ') || 'nothing to press'}`)
  if (found['disabled'] === true) throw new Error(`“${wanted}” cannot be pressed`)
  return found
}

export type Field = { readonly label: string; readonly component: Component; readonly row: Component }
/** The fields of a form in order, with what stands above each. */
export function fieldsIn(modal: Modal): readonly Field[] {
  return modal.components.flatMap((row) => {
    const component = (row['component'] ?? list(row['components'])[0]) as Component | undefined
    if (!component) return []
    return [{ label: textOf(row['label'] ?? component['label']), component, row }]
  })
}
