// Kit forms as modals, and what was filled in as raw values again. A row's id is its field's name.
import {
  ComponentType as Type,
  TextInputStyle,
  SelectMenuDefaultValueType,
  ChannelType,
  type APIComponentInLabel,
  type APIModalInteractionResponseCallbackData,
  type APIModalSubmission,
} from 'discord.js'
import type { Choice, Field } from '../../kit/field.ts'
import { parse, type Raw } from '../../kit/parse.ts'
import type { OpenForm } from '../../kit/reply.ts'
import type { FetchFile } from '../../kit/upload.ts'
import { render } from '../../words/render.ts'
import { t, type Language } from '../../words/text.ts'
import { labelIn } from './draw.ts'
import { cut, limits } from './limits.ts'

/** After the name of a field that takes several values: a modal's answer does not say which does. */
const several = '[]'
const few = 5

type Row = {
  readonly name: string
  readonly required: boolean
  readonly held: unknown
  readonly said: string
}
type Option = { readonly value: string; readonly label: string; readonly default?: boolean }

const optionsOf = (choices: readonly Choice[], language: Language, held: unknown): Option[] => {
  const all = (Array.isArray(held) ? held : [held]).map(
    (one: unknown) => `${one as string | number | boolean}`,
  )
  return choices.slice(0, limits.options).map(({ value, label }) => ({
    value,
    label: cut(labelIn(label, language), limits.option),
    ...(all.includes(value) && { default: true }),
  }))
}

function oneOf(options: Option[], { name, required }: Row): APIComponentInLabel {
  return options.length >= 2 && options.length <= few
    ? { type: Type.RadioGroup, custom_id: name, required, options }
    : { type: Type.StringSelect, custom_id: name, required, options, ...(!required && { min_values: 0 }) }
}

function severalOf(options: Option[], { name, required }: Row): APIComponentInLabel {
  const how = {
    custom_id: `${name}${several}`,
    required,
    min_values: required ? 1 : 0,
    max_values: options.length,
  }
  return options.length <= limits.boxes
    ? { type: Type.CheckboxGroup, ...how, options }
    : { type: Type.StringSelect, ...how, options }
}

/** What is longer than the field takes is shown whole all the same, so that it can be shortened. */
function box({ name, required, said }: Row, max: number, style = TextInputStyle.Short): APIComponentInLabel {
  const value = said.slice(0, limits.input)
  return {
    type: Type.TextInput,
    custom_id: name,
    style,
    required,
    max_length: Math.min(Math.max(max, value.length, 1), limits.input),
    ...(value !== '' && { value }),
  }
}

const ids = (held: unknown): string[] =>
  (Array.isArray(held) ? held : [held]).filter((one) => typeof one === 'string' && /^\d+$/.test(one))

function accounts(row: Row, max: number): APIComponentInLabel {
  const held = ids(row.held).slice(0, max)
  return {
    type: Type.UserSelect,
    custom_id: max > 1 ? `${row.name}${several}` : row.name,
    required: row.required,
    min_values: row.required ? 1 : 0,
    max_values: max,
    ...(held.length > 0 && {
      default_values: held.map((id) => ({ id, type: SelectMenuDefaultValueType.User })),
    }),
  }
}

const dayMax = 20

function inputFor(field: Field, row: Row, language: Language): APIComponentInLabel {
  switch (field.kind) {
    case 'text':
      return box(row, field.max)
    case 'paragraph':
      return box(row, field.max, TextInputStyle.Paragraph)
    case 'whole':
      return box(row, Math.max(String(field.min).length, String(field.max).length))
    case 'date':
    case 'time':
      return box(row, dayMax)
    case 'scale': {
      const steps = Array.from({ length: field.max - field.min + 1 }, (_, at) => field.min + at)
      const ends = new Map([
        [field.min, field.low],
        [field.max, field.high],
      ])
      const choices = steps.map((step): Choice => {
        const end = ends.get(step)
        return { value: String(step), label: end ? `${step} · ${render(end, language)}` : String(step) }
      })
      return oneOf(optionsOf(choices, language, row.held), row)
    }
    case 'choice':
      // More choices than Discord shows are written out; the kit knows them by their value.
      return field.choices.length > limits.options
        ? box(row, limits.option)
        : oneOf(optionsOf(field.choices, language, row.held), row)
    case 'choices':
      return severalOf(optionsOf(field.choices, language, row.held), row)
    case 'flag': {
      const choices = [
        { value: 'true', label: t('discord.yes') },
        { value: 'false', label: t('discord.no') },
      ]
      return oneOf(optionsOf(choices, language, row.held), row)
    }
    case 'file':
      return { type: Type.FileUpload, custom_id: row.name, required: row.required, max_values: 1 }
    case 'person':
      return accounts(row, 1)
    case 'people':
      return accounts(row, limits.options)
    case 'room': {
      const held = ids(row.held)
      return {
        type: Type.ChannelSelect,
        custom_id: row.name,
        required: row.required,
        min_values: row.required ? 1 : 0,
        channel_types: [ChannelType.GuildText, ChannelType.PublicThread, ChannelType.PrivateThread],
        ...(held.length > 0 && {
          default_values: held.map((id) => ({ id, type: SelectMenuDefaultValueType.Channel })),
        }),
      }
    }
  }
}

/** Days and times are shown as they were typed, so what "today" means does not matter here. */
const day = { today: '2000-01-01' }

export function drawForm(form: OpenForm, language: Language): APIModalInteractionResponseCallbackData {
  const fields = Object.entries(form.fields)
  const readers = render(form.readers, language)
  // Where every row is taken by a question, who will read it stands below the first one.
  const roomForReaders = fields.length < limits.rows
  const page = form.page ? ` ${form.page.number}/${form.page.of}` : ''
  const rows = fields.map(([name, field], at) => {
    const read = parse({ [name]: field }, { [name]: form.filled[name] }, day)
    const raw = form.filled[name]
    const said = typeof raw === 'string' || typeof raw === 'number' ? String(raw) : ''
    const row = { name, required: field.required, held: read.ok ? read.answers[name] : undefined, said }
    const hint = at === 0 && !roomForReaders ? readers : field.hint && render(field.hint, language)
    return {
      type: Type.Label as const,
      label: cut(render(field.label, language), limits.label),
      ...(hint && { description: cut(hint, limits.hint) }),
      component: inputFor(field, row, language),
    }
  })
  return {
    custom_id: form.code,
    title: `${cut(render(form.title, language), limits.title - page.length)}${page}`,
    components: [...(roomForReaders ? [{ type: Type.TextDisplay as const, content: readers }] : []), ...rows],
  }
}

export function rawOf(
  { components, resolved }: Pick<APIModalSubmission, 'components' | 'resolved'>,
  fetchFile: FetchFile,
): Raw {
  const raw: Record<string, unknown> = {}
  for (const row of components) {
    if (!('component' in row)) continue
    const one = row.component
    const id = one.custom_id
    if (one.type === Type.FileUpload) {
      const sent = resolved?.attachments?.[one.values[0] ?? '']
      const { filename: name, size, url } = sent ?? { filename: '', size: 0, url: '' }
      raw[id] = sent && { name, size, read: () => fetchFile(url, size) }
    } else if ('value' in one) raw[id] = one.value ?? undefined
    else if (id.endsWith(several)) raw[id.slice(0, -several.length)] = one.values
    else raw[id] = one.values[0]
  }
  return raw
}
