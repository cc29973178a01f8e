// Block Kit as strict schemas: what Slack would refuse, in the words of the first rule that was broken.
import { z } from 'zod'

const plain = (max: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(max),
    emoji: z.boolean().optional(),
  })
const mrkdwn = (max: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(max),
    verbatim: z.boolean().optional(),
  })
const text = (max: number) => z.discriminatedUnion('type', [plain(max), mrkdwn(max)])
const id = z.string().min(1).max(255)

const option = z.strictObject({
  text: plain(75),
  value: z.string().min(1).max(150),
  description: plain(75).optional(),
})
const boxOption = option.extend({ text: text(75), description: text(75).optional() })
const options = (max: number) => z.array(option).min(1).max(max)
const some = z.array(option).min(1)
const placeholder = plain(150).optional()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

const button = z.strictObject({
  type: z.literal('button'),
  action_id: id,
  text: plain(75),
  value: z.string().max(2000).optional(),
  url: z.url().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  accessibility_label: z.string().max(75).optional(),
})
const field = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), action_id: id, placeholder, ...shape })
const staticSelect = field('static_select', { options: options(100), initial_option: option.optional() })
const externalSelect = field('external_select', {
  min_query_length: z.number().int().min(0).optional(),
  initial_option: option.optional(),
})
const multiSelect = field('multi_static_select', { options: options(100), initial_options: some.optional() })
const bare = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), action_id: id, ...shape })
const radios = bare('radio_buttons', {
  options: z.array(boxOption).min(1).max(10),
  initial_option: boxOption.optional(),
})
const checkboxes = bare('checkboxes', {
  options: z.array(boxOption).min(1).max(10),
  initial_options: z.array(boxOption).min(1).optional(),
})
const words = field('plain_text_input', {
  multiline: z.boolean().optional(),
  initial_value: z.string().max(3000).optional(),
  min_length: z.number().int().min(0).max(3000).optional(),
  max_length: z.number().int().min(1).max(3000).optional(),
})
const number = field('number_input', {
  is_decimal_allowed: z.boolean(),
  initial_value: z.string().optional(),
  min_value: z.string().optional(),
  max_value: z.string().optional(),
})
const pickers = [
  field('users_select', { initial_user: z.string().optional() }),
  field('multi_users_select', { initial_users: z.array(z.string()).optional() }),
  field('conversations_select', {
    initial_conversation: z.string().optional(),
    filter: z
      .strictObject({
        include: z.array(z.string()).min(1).optional(),
        exclude_bot_users: z.boolean().optional(),
      })
      .optional(),
  }),
  field('datepicker', { initial_date: day.optional() }),
  field('timepicker', { initial_time: clock.optional(), timezone: z.string().optional() }),
] as const
const fileInput = bare('file_input', {
  filetypes: z.array(z.string()).optional(),
  max_files: z.number().int().min(1).max(10).optional(),
})

const input = z.discriminatedUnion('type', [
  words,
  fileInput,
  number,
  staticSelect,
  externalSelect,
  multiSelect,
  radios,
  checkboxes,
  ...pickers,
])
const inActions = z.discriminatedUnion('type', [
  button,
  staticSelect,
  externalSelect,
  radios,
  checkboxes,
  pickers[0],
  pickers[2],
  pickers[3],
  pickers[4],
])
const accessory = z.discriminatedUnion('type', [
  button,
  staticSelect,
  externalSelect,
  multiSelect,
  radios,
  checkboxes,
  ...pickers,
])

const richText = z.strictObject({
  type: z.literal('text'),
  text: z.string().min(1),
  style: z.strictObject({ bold: z.boolean().optional(), italic: z.boolean().optional() }).optional(),
})
const richSection = z.strictObject({ type: z.literal('rich_text_section'), elements: z.array(richText) })
const rich = z.discriminatedUnion('type', [
  richSection,
  z.strictObject({ type: z.literal('rich_text_quote'), elements: z.array(richText).min(1) }),
  z.strictObject({
    type: z.literal('rich_text_list'),
    style: z.enum(['bullet', 'ordered']),
    elements: z.array(richSection).min(1),
  }),
])

const block = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.strictObject({ type: z.literal(type), block_id: id.optional(), ...shape })
const shared = [
  block('header', { text: plain(150) }),
  block('section', {
    text: text(3000).optional(),
    fields: z.array(text(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
    expand: z.boolean().optional(),
  }),
  block('context', { elements: z.array(text(3000)).min(1).max(10) }),
  block('divider', {}),
  block('actions', { elements: z.array(inActions).min(1).max(25) }),
  block('rich_text', { elements: z.array(rich).min(1) }),
  block('image', {
    image_url: z.url().max(3000).optional(),
    slack_file: z.strictObject({ id: z.string().optional(), url: z.string().optional() }).optional(),
    alt_text: z.string().min(1).max(2000),
    title: plain(2000).optional(),
  }),
] as const
const inputBlock = block('input', {
  label: plain(2000),
  hint: plain(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: input,
})
const messageBlocks = z.array(z.discriminatedUnion('type', shared)).max(50)
const viewBlocks = z
  .array(z.discriminatedUnion('type', [...shared, inputBlock]))
  .min(1)
  .max(100)

const common = {
  blocks: viewBlocks,
  private_metadata: z.string().max(3000).optional(),
  callback_id: z.string().max(255).optional(),
  external_id: z.string().max(255).optional(),
}
const modal = z.strictObject({
  ...common,
  type: z.literal('modal'),
  title: plain(24),
  submit: plain(24).optional(),
  close: plain(24).optional(),
  clear_on_close: z.boolean().optional(),
  notify_on_close: z.boolean().optional(),
})
const home = z.strictObject({ ...common, type: z.literal('home') })
const suggestions = z.strictObject({ options: z.array(option).max(100) })

export type Block = z.infer<typeof viewBlocks>[number]
export type Element = z.infer<typeof input> | z.infer<typeof inActions>
export type View = z.infer<typeof modal> | z.infer<typeof home>
export const schemas = { messageBlocks, modal, home, suggestions }

export const elementsOf = (one: Block): readonly Element[] => {
  if (one.type === 'actions') return one.elements
  if (one.type === 'input') return [one.element]
  return one.type === 'section' && one.accessory ? [one.accessory] : []
}

/** Rules that one element alone cannot show. */
function elementFaults(one: Element): string[] {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  if ('options' in one) {
    const values = one.options.map((o) => o.value)
    const initial =
      'initial_option' in one
        ? [one.initial_option]
        : 'initial_options' in one
          ? (one.initial_options ?? [])
          : []
    const unknown = initial.some((o) => o !== undefined && !one.options.some((known) => same(known, o)))
    return [
      ...(new Set(values).size < values.length ? [`${one.action_id}: two options share a value`] : []),
      ...(unknown ? [`${one.action_id}: the initial option is none of the options`] : []),
    ]
  }
  if (one.type === 'plain_text_input') {
    const { max_length: max, initial_value: initial } = one
    return max !== undefined && initial !== undefined && initial.length > max
      ? [`${one.action_id}: initial value is longer than max_length`]
      : []
  }
  if (one.type === 'number_input') {
    const { min_value: min, max_value: max, initial_value: initial } = one
    const bad =
      initial !== undefined &&
      !(Number(initial) >= Number(min ?? -Infinity) && Number(initial) <= Number(max ?? Infinity))
    return bad ? [`${one.action_id}: initial value is outside its bounds`] : []
  }
  return []
}

function blockFaults(blocks: readonly Block[]): string[] {
  const named = blocks.flatMap((one) => one.block_id ?? [])
  return [
    ...(new Set(named).size < named.length ? ['two blocks share a block_id'] : []),
    ...blocks.flatMap((one) => {
      const ids = elementsOf(one).map((element) => element.action_id)
      return [
        ...(new Set(ids).size < ids.length ? [`an ${one.type} block has an action_id twice`] : []),
        ...(one.type === 'section' && !one.text && !one.fields
          ? ['a section has neither text nor fields']
          : []),
        ...elementsOf(one).flatMap(elementFaults),
      ]
    }),
  ]
}

const issues = (error: z.ZodError): string[] =>
  error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)

export function messageFaults(blocks: unknown): string[] {
  const read = messageBlocks.safeParse(blocks)
  return read.success ? blockFaults(read.data) : issues(read.error)
}

export function viewFaults(view: unknown, kind: 'modal' | 'home'): string[] {
  const read = kind === 'modal' ? modal.safeParse(view) : home.safeParse(view)
  if (!read.success) return issues(read.error)
  const { blocks } = read.data
  const asks = blocks.some((one) => one.type === 'input')
  const unsent = asks && read.data.type === 'modal' && !read.data.submit
  return [...blockFaults(blocks), ...(unsent ? ['a modal with input blocks needs submit'] : [])]
}

export function suggestionFaults(body: unknown): string[] {
  const read = suggestions.safeParse(body)
  return read.success ? [] : issues(read.error)
}
