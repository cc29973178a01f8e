// What Discord's own client makes of what a person types: typed options of a command, values of a form.
import { textOf, userPayload } from './payloads.ts'
import { fieldsIn } from './seen.ts'
import type { Component, Json, Modal, State } from './state.ts'

export type Value = string | number | boolean
export type Options = Readonly<Record<string, Value | undefined>>
/** A file that somebody puts into a form. */
export type Handed = { readonly name: string; readonly bytes: Uint8Array }
export type Filled = Readonly<Record<string, string | boolean | readonly string[] | Handed | undefined>>
const list = (value: unknown) => (Array.isArray(value) ? (value as readonly Json[]) : [])

function refuseOption(option: Json, value: Value): string | undefined {
  const { type, min_value: min, max_value: max, min_length: shortest, max_length: longest } = option
  const choices = list(option['choices'])
  if (choices.length > 0 && !choices.some((one) => one['value'] === value)) return 'is none of the choices'
  if (type === 4 && !Number.isInteger(value)) return 'is no whole number'
  if (type === 10 && typeof value !== 'number') return 'is no number'
  if (type === 5 && typeof value !== 'boolean') return 'is neither yes nor no'
  if (typeof value === 'number' && typeof min === 'number' && value < min) return `is under ${min}`
  if (typeof value === 'number' && typeof max === 'number' && value > max) return `is over ${max}`
  if (typeof value !== 'string') return undefined
  if (typeof shortest === 'number' && value.length < shortest) return `is shorter than ${shortest}`
  if (value.length > (typeof longest === 'number' ? longest : 6000)) return 'is too long'
  return undefined
}

/** `focused` is the option under the cursor, of which anything may have been typed so far. */
export function fillOptions(options: readonly Json[], values: Options, focused?: string): readonly Json[] {
  for (const name of Object.keys(values))
    if (!options.some((one) => one['name'] === name)) throw new Error(`the command has no option ${name}`)
  return options.flatMap((option) => {
    const name = String(option['name'])
    const value = values[name]
    if (value === undefined) {
      if (option['required'] === true && focused === undefined) throw new Error(`Discord asks for ${name}`)
      return []
    }
    const isFocused = name === focused
    const refusal = isFocused ? undefined : refuseOption(option, value)
    if (refusal) throw new Error(`Discord would not send it: ${name} ${refusal}`)
    return [{ name, type: option['type'], value, ...(isFocused && { focused: true }) }]
  })
}

/** People named in options of type 6. */
export function resolved(state: State, options: readonly Json[]): Json {
  const users = options.flatMap((one) => (one['type'] === 6 ? [state.users.get(String(one['value']))] : []))
  const known = users.filter((one) => one !== undefined)
  return known.length === 0
    ? {}
    : { resolved: { users: Object.fromEntries(known.map((one) => [one.id, userPayload(one)])) } }
}

function chosen(component: Json, label: string, picks: readonly string[]): readonly string[] {
  const options = list(component['options'])
  return picks.map((pick) => {
    const found = options.find((one) => one['value'] === pick || one['label'] === pick)
    if (!found)
      throw new Error(
        `“${label}” offers ${options.map((one) => String(one['label'])).join(', ')}, not ${pick}`,
      )
    return String(found['value'])
  })
}
const defaults = (component: Json): readonly string[] =>
  list(component['options']).flatMap((one) => (one['default'] === true ? [String(one['value'])] : []))

/** The values of a string select, of a message or a form, within its limits. */
export function pick(component: Json, label: string, picks: readonly string[]): readonly string[] {
  const values = chosen(component, label, picks)
  const most = Number(
    component['max_values'] ?? (component['type'] === 22 ? list(component['options']).length : 1),
  )
  const least = Number(component['min_values'] ?? 1)
  const isRequired = component['required'] !== false
  if (values.length > most) throw new Error(`“${label}” takes ${most} at most`)
  if (values.length < least && (isRequired || values.length > 0))
    throw new Error(`“${label}” asks for ${least}`)
  return values
}

function valueOf(component: Component, label: string, given: Filled[string]): Json {
  const isRequired = component['required'] !== false
  const picks =
    given === undefined
      ? defaults(component)
      : Array.isArray(given)
        ? (given as string[])
        : [textOf(given) || String(given === true)]
  switch (component.type) {
    case 4: {
      const value = textOf(given ?? component['value'])
      const { min_length: shortest, max_length: longest } = component
      if (isRequired && value === '') throw new Error(`Discord asks for “${label}”`)
      if (value.length > Number(longest ?? 4000))
        throw new Error(`“${label}” takes ${Number(longest)} at most`)
      if (value !== '' && value.length < Number(shortest ?? 0)) throw new Error(`“${label}” is too short`)
      return { value }
    }
    case 21: {
      const [value] = chosen(component, label, picks)
      if (isRequired && value === undefined) throw new Error(`Discord asks for “${label}”`)
      return { value: value ?? null }
    }
    case 23:
      return { value: given === undefined ? component['default'] === true : given === true }
    case 19:
      if (isRequired && picks.length === 0) throw new Error(`Discord asks for “${label}”`)
      return { values: picks }
    case 3:
    case 22:
      return { values: pick(component, label, picks) }
    default:
      return { values: picks }
  }
}

/** A form sent off. What is not given stays as it was filled in before. Fields go by label or id. */
export function fillModal(modal: Modal, values: Filled, upload: (file: Handed) => Json): Json {
  const fields = fieldsIn(modal)
  for (const name of Object.keys(values))
    if (!fields.some(({ label, component }) => label === name || component['custom_id'] === name))
      throw new Error(`the form asks for ${fields.map(({ label }) => label).join(', ')}, not for ${name}`)
  let id = 0
  const attachments: Record<string, Json> = {}
  const handed = (given: Filled[string]): Filled[string] => {
    if (typeof given !== 'object' || Array.isArray(given)) return given
    const sent = upload(given as Handed)
    attachments[String(sent['id'])] = sent
    return [String(sent['id'])]
  }
  const components = modal.components.map((row): Json => {
    const field = fields.find((one) => one.row === row)
    if (!field) return { type: row.type, id: ++id }
    const { component, label } = field
    const custom = String(component['custom_id'])
    const given = handed(label in values ? values[label] : values[custom])
    const own = { id: ++id }
    const sent = { type: component.type, id: ++id, custom_id: custom, ...valueOf(component, label, given) }
    return row['component']
      ? { ...own, type: row.type, component: sent }
      : { ...own, type: row.type, components: [sent] }
  })
  const sent = Object.keys(attachments).length > 0 && { resolved: { attachments } }
  return { custom_id: modal.custom_id, components, ...sent }
}
