// Brings an answer to the person: at once where it is there in time, else after telling them that it takes a moment.
import {
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  Routes,
  type APIInteraction,
  type REST,
} from 'discord.js'
import type { Answer, Dispatcher, Event } from '../../kit/dispatch.ts'
import { say, type Message } from '../../kit/reply.ts'
import { t } from '../../words/text.ts'
import { isAlreadyAcknowledged, repeating } from './calls.ts'
import { drawMessage, labelIn, type Drawn } from './draw.ts'
import { drawForm } from './form.ts'
import { cut, limits, patience } from './limits.ts'
import { typingOf } from './events.ts'
import { within } from './wait.ts'

export type Interaction = Exclude<APIInteraction, { type: InteractionType.Ping }>
type Autocomplete = Extract<Interaction, { type: InteractionType.ApplicationCommandAutocomplete }>
type Audience = Message['audience']
/** What the person sees while they wait: nothing where a message with buttons stands already. */
type Waiting = 'silent' | Audience

const said = ({ body, files }: Drawn, audience: Audience) => ({
  body: audience === 'private' ? { ...body, flags: body.flags | MessageFlags.Ephemeral } : body,
  files,
})

export function createAnswers(rest: REST, dispatcher: Dispatcher) {
  async function acknowledge(
    { id, token }: Interaction,
    type: InteractionResponseType,
    { body, files = [] }: { body?: object; files?: Drawn['files'] } = {},
  ): Promise<void> {
    try {
      await repeating(() =>
        rest.post(Routes.interactionCallback(id, token), {
          body: { type, ...(body && { data: body }) },
          files: [...files],
          auth: false,
        }),
      )
    } catch (error) {
      if (!isAlreadyAcknowledged(error)) throw error
    }
  }

  const original = ({ application_id, token }: Interaction) =>
    Routes.webhookMessage(application_id, token, '@original')
  const edit = (interaction: Interaction, { body, files }: Drawn) =>
    repeating(() => rest.patch(original(interaction), { body, files, auth: false }))

  async function follow(interaction: Interaction, all: readonly Drawn[], audience: Audience): Promise<void> {
    const { application_id, token } = interaction
    for (const drawn of all)
      await rest.post(Routes.webhook(application_id, token), { ...said(drawn, audience), auth: false })
  }

  /** A form cannot follow a form, nor come late; a private message with a button opens it instead. */
  async function messageOf(event: Event, { reply }: Answer): Promise<Message | undefined> {
    switch (reply.kind) {
      case 'message':
        return reply
      case 'update':
      case 'problems':
        return reply.message
      case 'form':
        return await dispatcher.openLater(event, reply)
      case 'again':
        return undefined
    }
  }

  const hasMessage = (interaction: Interaction): boolean =>
    'message' in interaction && interaction.message !== undefined

  async function early(interaction: Interaction, event: Event, answer: Answer): Promise<void> {
    const { reply, language } = answer
    if (reply.kind === 'form' && interaction.type !== InteractionType.ModalSubmit)
      return await acknowledge(interaction, InteractionResponseType.Modal, {
        body: drawForm(reply, language),
      })
    const message = await messageOf(event, answer)
    if (!message) return
    const [first, ...more] = drawMessage(message, language)
    if (reply.kind === 'update' && hasMessage(interaction))
      await acknowledge(interaction, InteractionResponseType.UpdateMessage, first)
    else
      await acknowledge(
        interaction,
        InteractionResponseType.ChannelMessageWithSource,
        said(first, message.audience),
      )
    await follow(interaction, more, message.audience)
  }

  async function defer(interaction: Interaction, event: Event): Promise<Waiting> {
    if (hasMessage(interaction)) {
      await acknowledge(interaction, InteractionResponseType.DeferredMessageUpdate)
      return 'silent'
    }
    const command = event.kind === 'command' ? dispatcher.features.commands.get(event.name) : undefined
    const waiting = command?.wait === 'publicly' ? 'room' : 'private'
    const body = waiting === 'private' ? { body: { flags: MessageFlags.Ephemeral } } : {}
    await acknowledge(interaction, InteractionResponseType.DeferredChannelMessageWithSource, body)
    return waiting
  }

  async function late(
    interaction: Interaction,
    event: Event,
    answer: Answer,
    waiting: Waiting,
  ): Promise<void> {
    const message = await messageOf(event, answer)
    if (!message) return
    const { audience } = message
    const all = drawMessage(message, answer.language)
    const [first, ...more] = all
    if (waiting === audience || (waiting === 'silent' && answer.reply.kind === 'update')) {
      await edit(interaction, first)
      return await follow(interaction, more, audience)
    }
    // What was announced to one audience is not shown to another: a note takes its place, and the answer follows.
    if (waiting !== 'silent') {
      const note = say(t(waiting === 'room' ? 'discord.privately' : 'discord.in-room'))
      await edit(interaction, drawMessage(note, answer.language)[0])
    }
    await follow(interaction, all, audience)
  }

  return {
    /** Rejects when Discord takes the answer no more. */
    async respond(interaction: Interaction, event: Event): Promise<void> {
      const asking = dispatcher.dispatch(event)
      const answer = await within(asking, patience.answer)
      if (answer) return await early(interaction, event, answer)
      const waiting = await defer(interaction, event)
      await late(interaction, event, await asking, waiting)
    },
    async suggest(interaction: Autocomplete): Promise<void> {
      const typing = typingOf(interaction, dispatcher.features)
      const found = typing && (await within(dispatcher.suggest(typing), patience.suggestion))
      const choices = (found?.choices ?? [])
        .filter(({ value }) => value.length <= limits.option)
        .slice(0, limits.options)
        .map(({ value, label }) => ({
          value,
          name: cut(labelIn(label, found?.language ?? 'en'), limits.option),
        }))
      await acknowledge(interaction, InteractionResponseType.ApplicationCommandAutocompleteResult, {
        body: { choices },
      })
    },
    messageOf,
  }
}
export type Answers = ReturnType<typeof createAnswers>
