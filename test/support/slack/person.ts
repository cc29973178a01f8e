// A person in front of Slack: what they do, and what they then see.
import type { Block, Element } from './block-kit.ts'
import { elementsOf, suggestionFaults } from './block-kit.ts'
import * as payloads from './payloads.ts'
import type { Payload, Place } from './payloads.ts'
import type { Signing } from './signed-http.ts'
import type { Delivered, Kind } from './socket-mode.ts'
import type { OpenView, Posted, Shown, State } from './state.ts'
import type { createWebApi } from './web-api.ts'

export type Seen = {
  readonly acked: boolean
  /** Milliseconds until the acknowledgement. */
  readonly latency: number
  readonly status?: number
  readonly ackBody: unknown
  /** What everybody in the room sees that was not there before. */
  readonly messages: readonly Posted[]
  readonly ephemerals: readonly Posted[]
  /** What took the place of something older. */
  readonly replaced: readonly Posted[]
  /** The dialog or home that is now in front of the person. */
  readonly view?: OpenView
  /** Sentences beside the fields of a dialog that stayed open. */
  readonly errors: Readonly<Record<string, string>>
  readonly options: readonly { readonly value: string; readonly text: { readonly text: string } }[]
}
export type How = {
  readonly channel?: string
  /** How long to wait for something to be seen after the acknowledgement, in milliseconds. */
  readonly patience?: number
  /** Delivers it this many times. */
  readonly copies?: number
  readonly signing?: Signing
}

export type Delivery = (
  kind: Kind,
  payload: Payload,
  how: { signing?: Signing; retry?: number },
) => Promise<Delivered>
type Parts = {
  readonly state: State
  readonly api: ReturnType<typeof createWebApi>
  readonly base: () => string
  readonly deliver: Delivery
  readonly violate: (what: string) => void
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
const isEmpty = (body: unknown) =>
  body === undefined || body === '' || (isObject(body) && Object.keys(body).length === 0)
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

const labelOf = (element: Element) => (element.type === 'button' ? element.text.text : element.action_id)
function findElement(
  on: { readonly blocks: readonly Block[] },
  wanted: string,
): { block: Block; element: Element } {
  const all = on.blocks.flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
  const found = all.find(
    ({ element }) =>
      labelOf(element) === wanted || element.action_id === wanted || element.action_id.startsWith(wanted),
  )
  if (!found)
    throw new Error(`there is no “${wanted}”, only ${all.map(({ element }) => labelOf(element)).join(', ')}`)
  return found
}

export function personOf({ state, api, base, deliver, violate }: Parts, user: string) {
  const placeOf = (channel: string): Place => {
    const room = state.rooms.get(channel)
    return {
      channel,
      name:
        room?.kind === 'im'
          ? 'directmessage'
          : room?.kind === 'group'
            ? 'privategroup'
            : (room?.name ?? 'elsewhere'),
    }
  }

  let last: { readonly kind: Kind; readonly payload: Payload } | undefined
  /** Delivers, takes what the acknowledgement shows, and waits until something can be seen or patience ends. */
  async function act(
    kind: Kind,
    payload: Payload,
    {
      cause,
      channel,
      of,
      how = {},
      patience = 2500,
      opener,
    }: {
      cause: string
      channel: string
      of?: Posted
      how?: How
      patience?: number
      opener?: string | undefined
    },
  ): Promise<Seen> {
    last = { kind, payload }
    const from = state.shown.length
    const mine = (one: Shown) =>
      one.cause === cause ||
      (opener !== undefined && one.cause === opener) ||
      (one.cause === undefined &&
        (one.user === undefined
          ? one.channel === channel || one.channel === state.direct(user).id
          : one.user === user))
    const shown = () => state.shown.slice(from).filter(mine)
    const copies = Array.from({ length: how.copies ?? 1 }, (_, retry) =>
      deliver(kind, payload, { retry, ...(how.signing && { signing: how.signing }) }),
    )
    const heard = await Promise.all(copies)
    const first = heard.find((one) => one.acked && !isEmpty(one.body)) ?? heard[0]
    if (!first) throw new Error('nothing was delivered')
    const body = first.acked ? first.body : undefined
    if (kind === 'slash_commands' && !isEmpty(body))
      api.respond(body, { user, channel, cause, ...(of && { of }) })
    if (payload['type'] === 'block_actions' && !isEmpty(body))
      violate('a pressed button was acknowledged with a body')
    const until = performance.now() + (how.patience ?? patience)
    while (first.acked && shown().length === 0 && isEmpty(body) && performance.now() < until) await sleep(5)
    const all = shown()
    const fresh = all.flatMap((one) => (one.kind === 'posted' && one.message ? [one.message] : []))
    const view = all.findLast((one) => one.view !== undefined)?.view
    return {
      acked: first.acked,
      latency: first.latency,
      ...(first.status !== undefined && { status: first.status }),
      ackBody: body,
      messages: fresh.filter((one) => one.only === undefined),
      ephemerals: fresh.filter((one) => one.only === user),
      replaced: all.flatMap((one) => (one.kind === 'replaced' && one.message ? [one.message] : [])),
      ...(view && { view }),
      errors: {},
      options: [],
    }
  }

  const token = (channel: string, of?: Posted) => {
    const cause = state.next('I')
    const responseUrl = state.responseUrl(base(), { user, cause, channel, ...(of && { of }) })
    return { cause, trigger: state.trigger(user, cause), responseUrl }
  }

  async function onElement(
    on: Posted | OpenView,
    element: Element,
    block: Block,
    chosen: Payload,
    how: How,
  ): Promise<Seen> {
    const message = 'ts' in on ? on : undefined
    const channel = message?.channel ?? state.direct(user).id
    const { cause, trigger, responseUrl } = token(channel, message)
    const action = {
      type: element.type,
      action_id: element.action_id,
      block_id: block.block_id ?? 'block',
      ...chosen,
    }
    const payload = payloads.actionPayload(state, {
      user,
      trigger,
      action,
      on,
      ...(message && { responseUrl }),
    })
    return await act('interactive', payload, { cause, channel, how, ...(message && { of: message }) })
  }

  /** A file that somebody puts into a form lies at an address of Slack's. */
  function handed([name, value]: readonly [string, unknown]): readonly [string, unknown] {
    if (!isObject(value) || !(value['bytes'] instanceof Uint8Array)) return [name, value]
    const id = state.next('F')
    state.uploads.set(id, value['bytes'])
    const address = `${base()}/files-pri/${id}`
    const size = value['bytes'].length
    return [
      name,
      { id, name: value['name'], size, user, url_private: address, url_private_download: address },
    ]
  }

  function answered(seen: Seen, view: OpenView): Seen {
    const body = seen.ackBody
    if (!seen.acked || isEmpty(body)) {
      if (seen.acked) state.views.delete(view.id)
      return seen
    }
    if (!isObject(body)) {
      violate('a form was acknowledged with something that is no object')
      return seen
    }
    if (body['response_action'] === 'errors' && isObject(body['errors'])) {
      const errors = Object.fromEntries(
        Object.entries(body['errors']).map(([name, words]) => [name, String(words)]),
      )
      const inputs = new Set(view.blocks.flatMap((one) => (one.type === 'input' ? [one.block_id] : [])))
      Object.keys(errors).forEach(
        (name) => inputs.has(name) || violate(`an error speaks of ${name}, which is no input`),
      )
      if (Object.keys(errors).length === 0) violate('response_action errors came without an error')
      return { ...seen, errors, view }
    }
    if (body['response_action'] === 'update' || body['response_action'] === 'push') {
      const known = body['response_action'] === 'update' ? view : undefined
      const next = api.keep(body['view'], 'modal', user, known)
      return next ? { ...seen, view: next } : seen
    }
    if (body['response_action'] !== 'clear')
      violate(`a form was acknowledged with ${JSON.stringify(body).slice(0, 80)}`)
    return seen
  }

  return {
    id: user,
    async slash(command: string, text = '', how: How = {}): Promise<Seen> {
      const channel = how.channel ?? state.direct(user).id
      const { cause, trigger, responseUrl } = token(channel)
      const payload = payloads.slashPayload(state, {
        command,
        text,
        user,
        place: placeOf(channel),
        trigger,
        responseUrl,
      })
      return await act('slash_commands', payload, { cause, channel, how })
    },
    /** Presses a button, named by its label or action id, on a message or a view. */
    async press(on: Posted | OpenView, wanted: string, how: How = {}): Promise<Seen> {
      const { block, element } = findElement(on, wanted)
      if (element.type !== 'button') throw new Error(`${wanted} is no button`)
      const { text, value } = element
      return await onElement(on, element, block, { text, ...(value !== undefined && { value }) }, how)
    },
    async select(on: Posted | OpenView, wanted: string, value: string, how: How = {}): Promise<Seen> {
      const { block, element } = findElement(on, wanted)
      const option = 'options' in element ? element.options.find((one) => one.value === value) : undefined
      if (!option) throw new Error(`${wanted} offers no ${value}`)
      return await onElement(on, element, block, { selected_option: option }, how)
    },
    /** Types into a search field of a form. */
    async suggest(view: OpenView, field: string, typed: string, how: How = {}): Promise<Seen> {
      const block = view.blocks.find((one) => one.block_id === field)
      const [element] = block ? elementsOf(block) : []
      if (!block || element?.type !== 'external_select') throw new Error(`${field} is no search field`)
      const payload = payloads.suggestionPayload(state, { user, view, block, element, typed })
      const seen = await act('interactive', payload, {
        cause: state.next('I'),
        channel: '',
        how,
        patience: 0,
      })
      if (!seen.acked) return seen
      suggestionFaults(seen.ackBody).forEach((fault) => violate(`suggestions: ${fault}`))
      const { options = [] } = seen.ackBody as { options?: Seen['options'] }
      return { ...seen, options }
    },
    /** Sends a form: what is not given stays as it was when the form opened. */
    async submit(view: OpenView, values: Payload = {}, how: How = {}): Promise<Seen> {
      const { cause, trigger } = token('')
      const said = payloads.stateOf(view, Object.fromEntries(Object.entries(values).map(handed)))
      const payload = payloads.submissionPayload(state, { user, trigger, view, values: said })
      const channel = how.channel ?? state.direct(user).id
      return answered(
        await act('interactive', payload, { cause, channel, how, patience: 1500, opener: view.cause }),
        view,
      )
    },
    async close(view: OpenView, how: How = {}): Promise<Seen> {
      const payload = payloads.closedPayload(state, { user, view })
      return await act('interactive', payload, { cause: state.next('I'), channel: '', how, patience: 0 })
    },
    /** Picks an entry of the menu on a message. */
    async shortcut(callback: string, message: Posted, how: How = {}): Promise<Seen> {
      const { cause, trigger, responseUrl } = token(message.channel)
      const payload = payloads.shortcutPayload(state, { user, callback, trigger, message, responseUrl })
      return await act('interactive', payload, { cause, channel: message.channel, how })
    },
    async home(how: How = {}): Promise<Seen> {
      const event = {
        type: 'app_home_opened',
        user,
        channel: state.direct(user).id,
        tab: 'home',
        event_ts: state.stamp(),
      }
      return await act('events_api', payloads.eventPayload(state, event), {
        cause: state.next('I'),
        channel: '',
        how,
      })
    },
    /** Says something in the direct message with the bot. */
    async dm(text: string, how: How = {}): Promise<Seen> {
      const { id: channel, messages } = state.direct(user)
      const event = payloads.directMessageEvent(state, { user, channel, text })
      messages.push({ ts: String(event['ts']), channel, user, text, blocks: [] })
      return await act('events_api', payloads.eventPayload(state, event), {
        cause: state.next('I'),
        channel,
        how,
      })
    },
    /** Says something to everybody in a private channel that the bot is in. */
    async say(channel: string, text: string): Promise<string> {
      const said = payloads.directMessageEvent(state, { user, channel, text })
      const event: Payload = { ...said, channel_type: 'group' }
      const ts = String(event['ts'])
      state.rooms.get(channel)?.messages.push({ ts, channel, user, text, blocks: [] })
      await act('events_api', payloads.eventPayload(state, event), {
        cause: state.next('I'),
        channel,
        how: {},
        patience: 0,
      })
      return ts
    },
    /** Slack repeats the last delivery, as it does when it heard no acknowledgement. */
    async again(): Promise<Seen> {
      if (!last) throw new Error('nothing was delivered')
      return await act(last.kind, last.payload, { cause: state.next('I'), channel: '' })
    },
    async event(event: Payload, how: How = {}): Promise<Seen> {
      return await act('events_api', payloads.eventPayload(state, event), {
        cause: state.next('I'),
        channel: '',
        how,
        patience: 0,
      })
    },
  }
}
export type Person = ReturnType<typeof personOf>
