// Kit forms as modals, and what was filled in as raw values again. A block is named after its field.
import type { types, ViewOutput } from '@slack/bolt'
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Choice, Field } from '../../kit/field.ts'
import { parse, type Problems, type Raw } from '../../kit/parse.ts'
import type { OpenForm } from '../../kit/reply.ts'
import type { FetchFile, Upload } from '../../kit/upload.ts'
import { render } from '../../words/render.ts'
import { t, type Language } from '../../words/text.ts'
import { labelIn, plainText } from './draw.ts'
import { cut, limits } from './limits.ts'

type Element = types.InputBlock['element']
const id = { action_id: 'field' }
export const formCallback = 'form'

const optionOf = ({ value, label }: Choice, language: Language): types.PlainTextOption => ({
  text: plainText(labelIn(label, language), limits.option),
  value,
})

const few = 5

function oneOf(all: types.PlainTextOption[], held: unknown): Element {
  const options = all.slice(0, limits.options)
  const initial = options.find(({ value }) => value === String(held))
  const chosen = initial && { initial_option: initial }
  return options.length <= few
    ? { type: 'radio_buttons', ...id, options, ...chosen }
    : { type: 'static_select', ...id, options, ...chosen }
}

function severalOf(all: types.PlainTextOption[], held: unknown): Element {
  const options = all.slice(0, limits.options)
  const initial = options.filter(({ value }) => Array.isArray(held) && held.includes(value))
  const chosen = initial.length > 0 && { initial_options: initial }
  return options.length <= limits.boxes
    ? { type: 'checkboxes', ...id, options, ...chosen }
    : { type: 'multi_static_select', ...id, options, ...chosen }
}

function inputFor(field: Field, held: unknown, raw: unknown, language: Language): Element {
  const said = typeof raw === 'string' ? raw.slice(0, limits.input) : ''
  switch (field.kind) {
    case 'text':
      if (field.search)
        return {
          type: 'external_select',
          ...id,
          min_query_length: 0,
          ...(said !== '' && {
            initial_option: { text: plainText(said, limits.option), value: cut(said, limits.optionValue) },
          }),
        }
      return { type: 'plain_text_input', ...id, ...boxFor(field.max, said) }
    case 'paragraph':
      return { type: 'plain_text_input', ...id, multiline: true, ...boxFor(field.max, said) }
    case 'whole':
      return {
        type: 'number_input',
        ...id,
        is_decimal_allowed: false,
        min_value: String(field.min),
        max_value: String(field.max),
        ...(typeof held === 'number' && { initial_value: String(held) }),
      }
    case 'scale': {
      const steps = Array.from({ length: field.max - field.min + 1 }, (_, at) => field.min + at)
      const ends = new Map([
        [field.min, field.low],
        [field.max, field.high],
      ])
      const options = steps.map((step) => {
        const end = ends.get(step)
        const label = end ? `${step} · ${render(end, language)}` : String(step)
        return { text: plainText(label, limits.option), value: String(step) }
      })
      return oneOf(options, held)
    }
    case 'choice':
      return oneOf(
        field.choices.map((one) => optionOf(one, language)),
        held,
      )
    case 'choices':
      return severalOf(
        field.choices.map((one) => optionOf(one, language)),
        held,
      )
    case 'flag':
      return oneOf(
        [
          { value: 'true', label: t('slack.yes') },
          { value: 'false', label: t('slack.no') },
        ].map((one) => optionOf(one, language)),
        held,
      )
    case 'person':
      return { type: 'users_select', ...id, ...(typeof held === 'string' && { initial_user: held }) }
    case 'people':
      return {
        type: 'multi_users_select',
        ...id,
        ...(Array.isArray(held) && held.length > 0 && { initial_users: held.map(String) }),
      }
    case 'room':
      return {
        type: 'conversations_select',
        ...id,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(typeof held === 'string' && { initial_conversation: held }),
      }
    case 'file':
      return { type: 'file_input', ...id, max_files: 1 }
    case 'date':
      return { type: 'datepicker', ...id, ...(typeof held === 'string' && { initial_date: held }) }
    case 'time':
      return { type: 'timepicker', ...id, ...(typeof held === 'string' && { initial_time: held }) }
  }
}

/** What is longer than the field takes is shown whole all the same, so that it can be shortened. */
const boxFor = (max: number, said: string) => ({
  max_length: Math.min(Math.max(max, said.length, 1), limits.input),
  ...(said !== '' && { initial_value: said }),
})

/** `today` is the person's local day like 2026-11-23, for words like "yesterday" that were typed before. */
export function drawForm(form: OpenForm, language: Language, today: string): types.ModalView {
  const title = render(form.title, language)
  const inputs = Object.entries(form.fields).map(([name, field]): types.InputBlock => {
    const read = parse({ [name]: field }, { [name]: form.filled[name] }, { today })
    const held = read.ok ? read.answers[name] : undefined
    const hint = field.hint && render(field.hint, language)
    return {
      type: 'input',
      block_id: name,
      optional: !field.required,
      label: plainText(render(field.label, language), limits.label),
      ...(hint && { hint: plainText(hint, limits.label) }),
      element: inputFor(field, held, form.filled[name], language),
    }
  })
  const page = form.page && render(t('slack.form.page', form.page), language)
  return {
    type: 'modal',
    callback_id: formCallback,
    private_metadata: form.code,
    title: plainText(title, limits.title),
    submit: plainText(render(t('slack.form.send'), language), limits.title),
    close: plainText(render(t('slack.form.close'), language), limits.title),
    blocks: [
      ...(title.length > limits.title
        ? [{ type: 'header' as const, text: plainText(title, limits.heading) }]
        : []),
      { type: 'context', elements: [plainText(render(form.readers, language), limits.text)] },
      ...(page ? [{ type: 'context' as const, elements: [plainText(page, limits.text)] }] : []),
      ...inputs,
    ],
  }
}

/** The person's local day, for drawing. */
export const todayIn = (zone: string | undefined): string => {
  try {
    return Temporal.Now.plainDateISO(zone ?? 'UTC').toString()
  } catch {
    return Temporal.Now.plainDateISO('UTC').toString()
  }
}

const uploaded = z.object({ name: z.string(), size: z.number(), url_private_download: z.string() })

function uploadIn(files: readonly unknown[] | undefined, fetchFile: FetchFile): Upload | undefined {
  const read = uploaded.safeParse(files?.[0])
  if (!read.success) return undefined
  const { name, size, url_private_download: address } = read.data
  return { name, size, read: () => fetchFile(address, size) }
}

export function rawOf(view: Pick<ViewOutput, 'state'>, fetchFile: FetchFile): Raw {
  return Object.fromEntries(
    Object.entries(view.state.values).map(([name, elements]) => {
      const one = Object.values(elements)[0]
      const said =
        one?.value ??
        one?.selected_option?.value ??
        one?.selected_options?.map(({ value }) => value) ??
        one?.selected_user ??
        one?.selected_users ??
        one?.selected_conversation ??
        one?.selected_date ??
        one?.selected_time ??
        uploadIn(one?.files, fetchFile)
      return [name, said ?? undefined]
    }),
  )
}

export const errorsOf = (problems: Problems, language: Language): Record<string, string> =>
  Object.fromEntries(Object.entries(problems).map(([name, problem]) => [name, render(problem, language)]))
