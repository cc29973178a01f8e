// The answers to interactions: the first one, and what comes after it over the interaction's own webhook.
import { faultsOf } from './contract.ts'
import { messagePayload } from './payloads.ts'
import { answer, jsonOf, nothing, pieces, refuse, type Answer, type Call } from './call.ts'
import {
  ephemeralFlag,
  type Choice,
  type Interaction,
  type Json,
  type Modal,
  type Posted,
  type State,
} from './state.ts'

const window = 3000
const lifetime = 15 * 60_000
/** Which first answers each kind of interaction may be given. */
const allowed: Readonly<Record<number, readonly number[]>> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
}

export function createInteractions(state: State, violate: (what: string) => void) {
  /** Records what is wrong with a body; true when Discord would refuse it. */
  function isBad(what: string, faults: readonly string[]): boolean {
    faults.forEach((fault) => violate(`${what}: ${fault}`))
    return faults.length > 0
  }
  const invalid = refuse(400, 50035, 'Invalid Form Body')
  const isPrivate = (data: Json) => (Number(data['flags'] ?? 0) & ephemeralFlag) !== 0

  function show(interaction: Interaction, data: Json, files: Call['files'], ephemeral: boolean): Posted {
    const made: Posted = {
      id: state.next(),
      channel: interaction.channel,
      author: state.bot.id,
      ...pieces(state, data, files),
      flags: (Number(data['flags'] ?? 0) & ~ephemeralFlag) | (ephemeral ? ephemeralFlag : 0),
      ephemeral,
    }
    state.channels.get(interaction.channel)?.messages.push(made)
    return made
  }
  function edit(message: Posted, data: Json, files: Call['files']): void {
    Object.assign(message, pieces(state, data, files, message), { edited: new Date().toISOString() })
    const flags = Number(data['flags'] ?? message.flags)
    message.flags = (flags & ~ephemeralFlag) | (message.flags & ephemeralFlag)
  }

  function first(interaction: Interaction, type: number, data: Json, files: Call['files']): void {
    switch (type) {
      case 4:
        interaction.original = show(interaction, data, files, isPrivate(data))
        return
      case 5:
        interaction.waiting = true
        interaction.private = isPrivate(data)
        return
      case 6:
        if (interaction.of) interaction.original = interaction.of
        return
      case 7:
        if (!interaction.of) return violate('an update was sent for a message that there is not')
        edit(interaction.of, data, files)
        interaction.original = interaction.updated = interaction.of
        return
      case 8:
        interaction.choices = (data['choices'] ?? []) as readonly Choice[]
        return
      case 9:
        interaction.modal = { ...(data as unknown as Modal), ...(interaction.of && { of: interaction.of }) }
        return
      default:
        return violate(`no such answer: ${type}`)
    }
  }

  function callback([id = '', token = '']: readonly string[], call: Call): Answer {
    const interaction = state.interactions.get(id)
    const body = jsonOf(call.body)
    const type = Number(body['type'])
    if (!interaction || interaction.token !== token || state.now() - interaction.at > window)
      return refuse(404, 10062, 'Unknown interaction')
    if (interaction.answered !== undefined)
      return refuse(400, 40060, 'Interaction has already been acknowledged.')
    if (isBad('answer', faultsOf.callback(call.body, call.files.size))) return invalid
    if (!allowed[interaction.type]?.includes(type)) {
      violate(`answer ${type} does not go with interaction ${interaction.type}`)
      return invalid
    }
    interaction.answered = type
    interaction.latency = state.now() - interaction.at
    first(interaction, type, jsonOf(body['data']), call.files)
    if (call.query.get('with_response') !== 'true') return nothing
    return answer({
      interaction: { id, type: interaction.type, response_message_loading: interaction.waiting },
      resource: {
        type,
        ...(interaction.original && { message: messagePayload(state, interaction.original) }),
      },
    })
  }

  /** The interaction behind a webhook token, or why there is none. */
  function held(token: string): Interaction | Answer {
    const interaction = state.tokens.get(token)
    if (!interaction || interaction.answered === undefined || interaction.answered === 8)
      return refuse(404, 10015, 'Unknown Webhook')
    if (state.now() - interaction.at > lifetime) return refuse(401, 50027, 'Invalid Webhook Token')
    return interaction
  }

  function fillOriginal(interaction: Interaction, data: Json, files: Call['files']): Posted {
    if (interaction.original && !interaction.waiting) edit(interaction.original, data, files)
    else interaction.original = show(interaction, data, files, interaction.private)
    interaction.waiting = false
    // An update that was promised and is now made.
    if (interaction.original === interaction.of) interaction.updated = interaction.original
    return interaction.original
  }

  function followup([, token = '']: readonly string[], call: Call): Answer {
    const interaction = held(token)
    if ('status' in interaction) return interaction
    const data = jsonOf(call.body)
    if (isBad('follow-up', faultsOf.followup(call.body, call.files.size))) return invalid
    // The first follow-up to a deferred answer takes its place, and its audience.
    if (interaction.waiting) return answer(messagePayload(state, fillOriginal(interaction, data, call.files)))
    const made = show(interaction, data, call.files, isPrivate(data))
    interaction.followups.push(made)
    return answer(messagePayload(state, made))
  }

  function onMessage([, token = '', id = '']: readonly string[], call: Call): Answer {
    const interaction = held(token)
    if ('status' in interaction) return interaction
    const isOriginal = id === '@original'
    const message = isOriginal ? interaction.original : interaction.followups.find((one) => one.id === id)
    const promised = isOriginal && interaction.waiting && call.method === 'PATCH'
    if (!message && !promised) return refuse(404, 10008, 'Unknown Message')
    if (call.method === 'PATCH') {
      if (isBad('edit', faultsOf.originalEdit(call.body, call.files.size))) return invalid
      const data = jsonOf(call.body)
      if (isOriginal) return answer(messagePayload(state, fillOriginal(interaction, data, call.files)))
      if (message) edit(message, data, call.files)
    }
    if (!message) return refuse(404, 10008, 'Unknown Message')
    if (call.method !== 'DELETE') return answer(messagePayload(state, message))
    const channel = state.channels.get(message.channel)
    channel?.messages.splice(channel.messages.indexOf(message), 1)
    if (isOriginal) delete interaction.original
    return nothing
  }

  return { callback, followup, onMessage, isBad, invalid, edit }
}
