// What Slack sends, built with the same keys as recorded deliveries.
import type { Block, Element } from './block-kit.ts'
import { elementsOf } from './block-kit.ts'
import type { OpenView, Posted, State } from './state.ts'

export type Payload = Readonly<Record<string, unknown>>
export type Place = { readonly channel: string; readonly name: string }
const token = 'verification-token'
const now = () => String(Date.now() / 1000)

const by = (state: State, user: string) => {
  const name = state.users.get(user)?.name ?? user
  return { id: user, username: name, name, team_id: state.team.id }
}
const head = (state: State, user: string) => ({
  user: by(state, user),
  api_app_id: state.bot.app,
  token,
  team: { id: state.team.id, domain: state.team.domain },
  enterprise: null,
  is_enterprise_install: false,
})

export const slashPayload = (
  state: State,
  of: { command: string; text: string; user: string; place: Place; trigger: string; responseUrl: string },
): Payload => ({
  token,
  team_id: state.team.id,
  team_domain: state.team.domain,
  channel_id: of.place.channel,
  channel_name: of.place.name,
  user_id: of.user,
  user_name: state.users.get(of.user)?.name ?? of.user,
  command: of.command,
  text: of.text,
  api_app_id: state.bot.app,
  is_enterprise_install: 'false',
  response_url: of.responseUrl,
  trigger_id: of.trigger,
})

const messageBody = (state: State, of: Posted) => ({
  user: of.user,
  type: 'message',
  ts: of.ts,
  bot_id: state.bot.botId,
  app_id: state.bot.app,
  text: of.text,
  team: state.team.id,
  blocks: of.blocks,
})
const channelOf = (state: State, channel: string) => ({
  id: channel,
  name: state.rooms.get(channel)?.name ?? channel,
})

export function actionPayload(
  state: State,
  of: { user: string; trigger: string; action: Payload; on: Posted | OpenView; responseUrl?: string },
): Payload {
  const shared = {
    type: 'block_actions',
    ...head(state, of.user),
    trigger_id: of.trigger,
    actions: [{ ...of.action, action_ts: now() }],
  }
  if ('ts' in of.on)
    return {
      ...shared,
      container: {
        type: 'message',
        message_ts: of.on.ts,
        channel_id: of.on.channel,
        is_ephemeral: of.on.only !== undefined,
      },
      channel: channelOf(state, of.on.channel),
      state: { values: {} },
      response_url: of.responseUrl,
      ...(of.on.only === undefined && { message: messageBody(state, of.on) }),
    }
  return { ...shared, container: { type: 'view', view_id: of.on.id }, view: viewBody(state, of.on, {}) }
}

export function viewBody(state: State, view: OpenView, values: Payload): Payload {
  const { user: _, cause: __, ...rest } = view
  return {
    ...rest,
    team_id: state.team.id,
    state: { values },
    private_metadata: view.private_metadata ?? '',
    callback_id: view.callback_id ?? '',
    clear_on_close: false,
    notify_on_close: false,
    ...(view.type === 'modal' && { close: view.close ?? null, submit: view.submit ?? null }),
    previous_view_id: null,
    root_view_id: view.id,
    app_id: state.bot.app,
    external_id: '',
    app_installed_team_id: state.team.id,
    bot_id: state.bot.botId,
  }
}

export const submissionPayload = (
  state: State,
  of: { user: string; trigger: string; view: OpenView; values: Payload },
): Payload => ({
  type: 'view_submission',
  ...head(state, of.user),
  trigger_id: of.trigger,
  view: viewBody(state, of.view, of.values),
  response_urls: [],
})

export const closedPayload = (state: State, of: { user: string; view: OpenView }): Payload => ({
  type: 'view_closed',
  ...head(state, of.user),
  view: viewBody(state, of.view, {}),
  is_cleared: false,
})

export const suggestionPayload = (
  state: State,
  of: { user: string; view: OpenView; block: Block; element: Element; typed: string },
): Payload => ({
  type: 'block_suggestion',
  ...head(state, of.user),
  container: { type: 'view', view_id: of.view.id },
  action_id: of.element.action_id,
  block_id: of.block.block_id,
  value: of.typed,
  view: viewBody(state, of.view, {}),
})

export const shortcutPayload = (
  state: State,
  of: { user: string; callback: string; trigger: string; message: Posted; responseUrl: string },
): Payload => ({
  type: 'message_action',
  ...head(state, of.user),
  callback_id: of.callback,
  trigger_id: of.trigger,
  action_ts: now(),
  message_ts: of.message.ts,
  channel: channelOf(state, of.message.channel),
  message: messageBody(state, of.message),
  response_url: of.responseUrl,
})

export const eventPayload = (state: State, event: Payload): Payload => ({
  token,
  team_id: state.team.id,
  context_team_id: state.team.id,
  context_enterprise_id: null,
  api_app_id: state.bot.app,
  event,
  type: 'event_callback',
  event_id: state.next('Ev'),
  event_time: Math.floor(Date.now() / 1000),
  authorizations: [
    {
      enterprise_id: null,
      team_id: state.team.id,
      user_id: state.bot.id,
      is_bot: true,
      is_enterprise_install: false,
    },
  ],
  is_ext_shared_channel: false,
})

export const directMessageEvent = (
  state: State,
  of: { user: string; channel: string; text: string },
): Payload => {
  const ts = state.stamp()
  return {
    type: 'message',
    user: of.user,
    ts,
    client_msg_id: `${ts}-client`,
    text: of.text,
    team: state.team.id,
    blocks: [
      {
        type: 'rich_text',
        block_id: 'said',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: of.text }] }],
      },
    ],
    channel: of.channel,
    event_ts: ts,
    channel_type: 'im',
  }
}

const optionOf = (element: Element, value: string) => {
  const known = 'options' in element ? element.options.find((one) => one.value === value) : undefined
  if (!known && 'options' in element) throw new Error(`${element.action_id} offers no ${value}`)
  return known ?? { text: { type: 'plain_text', text: value, emoji: true }, value }
}

/** What one input holds, in Slack's words. `given` replaces what it held when it opened. */
function held(element: Element, given: unknown): Payload {
  const one = typeof given === 'string' ? given : undefined
  const many = Array.isArray(given) ? given.map(String) : one === undefined ? undefined : [one]
  switch (element.type) {
    case 'plain_text_input': {
      const value = one ?? (given === undefined ? element.initial_value : undefined) ?? null
      if (value !== null && value.length > (element.max_length ?? 3000))
        throw new Error(`Slack stops typing in ${element.action_id}`)
      return { value }
    }
    case 'number_input':
      return { value: one ?? element.initial_value ?? null }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return {
        selected_option: one === undefined ? (element.initial_option ?? null) : optionOf(element, one),
      }
    case 'multi_static_select':
    case 'checkboxes':
      return {
        selected_options: many?.map((value) => optionOf(element, value)) ?? element.initial_options ?? [],
      }
    case 'users_select':
      return { selected_user: one ?? element.initial_user ?? null }
    case 'multi_users_select':
      return { selected_users: many ?? element.initial_users ?? [] }
    case 'conversations_select':
      return { selected_conversation: one ?? element.initial_conversation ?? null }
    case 'datepicker':
      return { selected_date: one ?? element.initial_date ?? null }
    case 'file_input':
      return { files: given === undefined ? [] : [given] }
    case 'timepicker':
      return { selected_time: one ?? element.initial_time ?? null }
    case 'button':
      return {}
  }
}

const blank = (said: Payload) =>
  Object.values(said).every(
    (value) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
  )

/** The state of a form as Slack's client would send it; throws where the client would not let it go. */
export function stateOf(view: OpenView, given: Payload): Payload {
  const named = new Set(view.blocks.map((one) => one.block_id))
  const unknown = Object.keys(given).find((name) => !named.has(name))
  if (unknown !== undefined) throw new Error(`the form has no ${unknown}`)
  return Object.fromEntries(
    view.blocks.flatMap((block) => {
      const [element] = elementsOf(block)
      if (block.type !== 'input' || !element) return []
      const name = block.block_id ?? ''
      const said = held(element, given[name])
      if (!block.optional && blank(said)) throw new Error(`Slack asks for ${name} before it lets the form go`)
      return [[name, { [element.action_id]: { type: element.type, ...said } }]]
    }),
  )
}
