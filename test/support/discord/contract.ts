// What Discord takes: its own description of each body, and the rules which that description leaves out.
import * as spec from 'discord-api-spec/zod'
import { isObject, textOf } from './payloads.ts'
import { ephemeralFlag, type Json } from './state.ts'
import { check } from './strict.ts'

/** Every component in a payload, however deep. */
export function componentsIn(value: unknown): Json[] {
  if (Array.isArray(value)) return value.flatMap(componentsIn)
  if (!isObject(value)) return []
  const inside = ['components', 'component', 'accessory'].flatMap((key) => componentsIn(value[key]))
  return typeof value['type'] === 'number' ? [value, ...inside] : inside
}
const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const length = (value: unknown) => (typeof value === 'string' ? value.length : 0)
const embedLength = (embed: Json): number =>
  length(embed['title']) +
  length(embed['description']) +
  (isObject(embed['footer']) ? length(embed['footer']['text']) : 0) +
  (isObject(embed['author']) ? length(embed['author']['name']) : 0) +
  list(embed['fields']).reduce((sum, one) => sum + length(one['name']) + length(one['value']), 0)

const twice = (ids: readonly unknown[]) => ids.filter((id, at) => ids.indexOf(id) !== at).map(String)
const v2Flag = 1 << 15

function componentFaults(components: readonly Json[]): string[] {
  const ids = components.map((one) => one['custom_id']).filter((id) => id !== undefined)
  const links = components.filter((one) => one['type'] === 2 && one['style'] === 5)
  const bare = components.filter(
    (one) => one['type'] === 2 && one['style'] !== 5 && one['style'] !== 6 && one['custom_id'] === undefined,
  )
  return [
    ...twice(ids).map((id) => `custom_id ${id} stands twice`),
    ...links.filter((one) => one['custom_id'] !== undefined).map(() => 'a link button has a custom_id'),
    ...bare.map(() => 'a button has no custom_id'),
    ...components.flatMap((one) =>
      twice(list(one['options']).map(({ value }) => value)).map((value) => `option ${value} stands twice`),
    ),
  ]
}

/** `partial`: an edit, which may leave things as they are. `files` is how many came with it. */
function messageFaults(data: Json, { partial = false, files = 0 } = {}): string[] {
  const components = componentsIn(data['components'])
  const flags = Number(data['flags'] ?? 0)
  const isV2 = (flags & v2Flag) !== 0
  const usesV2 = list(data['components']).some((one) => one['type'] !== 1)
  const embeds = list(data['embeds'])
  const isEmpty =
    length(data['content']) === 0 &&
    embeds.length === 0 &&
    list(data['components']).length === 0 &&
    list(data['attachments']).length === 0 &&
    files === 0 &&
    data['poll'] === undefined
  return [
    ...componentFaults(components),
    ...(length(data['content']) > 2000 ? ['content: over 2000 characters'] : []),
    ...(isEmpty && !partial ? ['the message is empty'] : []),
    ...(embeds.reduce((sum, one) => sum + embedLength(one), 0) > 6000 ? ['embeds: over 6000 together'] : []),
    ...(usesV2 && !isV2 && !partial ? ['new components without their flag'] : []),
    ...(isV2 && (length(data['content']) > 0 || embeds.length > 0)
      ? ['new components together with content']
      : []),
    ...(isV2 && components.length > 40 ? ['components: over 40 in all'] : []),
    ...(!isV2 && list(data['components']).length > 5 ? ['components: over 5 rows'] : []),
    ...list(data['components'])
      .filter((row) => row['type'] === 1)
      .filter(
        (row) =>
          list(row['components']).length > 1 && list(row['components']).some((one) => one['type'] !== 2),
      )
      .map(() => 'a row holds a menu and something else'),
    ...(list(data['attachments']).length > 10 ? ['attachments: over 10'] : []),
    ...list(data['attachments'])
      .filter((one) => length(one['description']) > 1024)
      .map(() => 'an attachment description is over 1024'),
  ]
}

function modalFaults(data: Json): string[] {
  const rows = list(data['components'])
  return [
    ...componentFaults(componentsIn(rows)),
    ...(rows.length > 5 ? ['a modal has over 5 rows'] : []),
    ...componentsIn(rows).flatMap((one) => {
      const { min_length: min, max_length: max, value } = one
      if (typeof value !== 'string') return []
      if (typeof max === 'number' && value.length > max) return ['an input holds more than it may']
      if (typeof min === 'number' && value.length > 0 && value.length < min)
        return ['an input holds less than it may']
      return []
    }),
  ]
}

function commandFaults(command: Json): string[] {
  const name = String(command['name'])
  const isChat = (command['type'] ?? 1) === 1
  const options = list(command['options'])
  const late = options.findIndex(
    (one, at) => one['required'] === true && options[at - 1]?.['required'] !== true,
  )
  return [
    ...(isChat && name !== name.toLowerCase() ? [`${name}: upper case`] : []),
    ...(isChat && !/^[-_\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u.test(name)
      ? [`${name}: no command name`]
      : []),
    ...(isChat && length(command['description']) === 0 ? [`${name}: no description`] : []),
    ...(!isChat && length(command['description']) > 0 ? [`${name}: a menu has a description`] : []),
    ...(late > 0 ? [`${name}: a required option after an optional one`] : []),
    ...twice(options.map((one) => one['name'])).map((one) => `${name}: option ${one} stands twice`),
    ...options
      .filter((one) => one['autocomplete'] === true && list(one['choices']).length > 0)
      .map((one) => `${name}: ${String(one['name'])} has choices and suggestions`),
    ...options
      .filter((one) => String(one['name']) !== String(one['name']).toLowerCase())
      .map((one) => `${name}: option ${String(one['name'])} in upper case`),
  ]
}

const dataOf = (body: unknown): Json => (isObject(body) && isObject(body['data']) ? body['data'] : {})
const asJson = (body: unknown): Json => (isObject(body) ? body : {})
const count = (body: Json) => list(body['options']).length

/** What is wrong with each kind of body, as sentences; an empty list when Discord would take it. */
export const faultsOf = {
  message: (body: unknown, files = 0) => [
    ...check(spec.MessageCreateRequestSchema, body),
    ...messageFaults(asJson(body), { files }),
  ],
  messageEdit: (body: unknown, files = 0) => [
    ...check(spec.MessageEditRequestPartialSchema, body),
    ...messageFaults(asJson(body), { partial: true, files }),
  ],
  followup: (body: unknown, files = 0) => [
    ...check(spec.IncomingWebhookInteractionRequestSchema, body),
    ...messageFaults(asJson(body), { files }),
  ],
  originalEdit: (body: unknown, files = 0) => [
    ...check(spec.IncomingWebhookUpdateRequestPartialSchema, body),
    ...messageFaults(asJson(body), { partial: true, files }),
  ],
  direct: (body: unknown) => check(spec.CreatePrivateChannelRequestSchema, body),
  command: (body: unknown) => [
    ...check(spec.ApplicationCommandCreateRequestSchema, body),
    ...commandFaults(asJson(body)),
  ],
  commands(body: unknown): string[] {
    if (!Array.isArray(body)) return ['commands: no list']
    const all = list(body)
    const kind = (type: number) => all.filter((one) => (one['type'] ?? 1) === type)
    return [
      ...all.flatMap((one) => [
        ...check(spec.ApplicationCommandUpdateRequestSchema, one),
        ...commandFaults(one),
      ]),
      ...(kind(1).length > 100 ? ['over 100 chat commands'] : []),
      ...(kind(3).length > 15 ? ['over 15 message menus'] : []),
      ...twice(all.map((one) => `${textOf(one['type'] ?? 1)} ${String(one['name'])}`)).map(
        (one) => `command ${one} stands twice`,
      ),
      ...all.filter((one) => count(one) > 25).map((one) => `${String(one['name'])}: over 25 options`),
    ]
  },
  callback(body: unknown, files = 0): string[] {
    const data = dataOf(body)
    switch (asJson(body)['type']) {
      case 4:
        return [
          ...check(spec.CreateMessageInteractionCallbackRequestSchema, body),
          ...messageFaults(data, { files }),
        ]
      case 5:
        return [
          ...check(spec.CreateMessageInteractionCallbackRequestSchema, body),
          ...((Number(data['flags'] ?? 0) & ~ephemeralFlag) === 0
            ? []
            : ['a deferred answer has other flags']),
        ]
      case 6:
        return check(spec.UpdateMessageInteractionCallbackRequestSchema, body)
      case 7:
        return [
          ...check(spec.UpdateMessageInteractionCallbackRequestSchema, body),
          ...messageFaults(data, { partial: true, files }),
        ]
      case 8:
        return check(spec.ApplicationCommandAutocompleteCallbackRequestSchema, body)
      case 9:
        return [...check(spec.ModalInteractionCallbackRequestSchema, body), ...modalFaults(data)]
      default:
        return [`no such answer: ${String(asJson(body)['type'])}`]
    }
  },
}
