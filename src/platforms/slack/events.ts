// What Slack delivers, as events of the kit. An account and a place come from Slack, never from what somebody wrote.
import type {
  BlockAction,
  KnownEventFromType,
  BlockElementAction,
  MessageShortcut,
  SlashCommand,
  ViewSubmitAction,
} from '@slack/bolt'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import type { Place } from '../../kit/command.ts'
import type { Event } from '../../kit/dispatch.ts'
import type { FetchFile } from '../../kit/upload.ts'
import { codeOf } from './draw.ts'
import { unescapeSlack } from './escape.ts'
import { rawOf } from './form.ts'
import { limits } from './limits.ts'
import { kitName } from './names.ts'
import type { createVisitors } from './visitor.ts'

export const homeCode = 'home'

/** When Slack took the message with this stamp. */
export const stampedAt = (ts: string): Date => new Date(Math.floor(Number(ts) * 1000))

type Body = {
  readonly user: { readonly id: string; readonly name?: string; readonly team_id?: string }
  readonly team?: { readonly id: string } | null
}

/** Direct messages begin with a D. A form and the Home tab are nowhere else. */
const placeOf = (channel: string | undefined, user: string): Place =>
  channel === undefined
    ? { kind: 'direct', room: user }
    : { kind: channel.startsWith('D') ? 'direct' : 'room', room: channel }

export function createEvents(visitor: ReturnType<typeof createVisitors>, home: string, fetchFile: FetchFile) {
  const fromBody = async ({ user, team }: Body, channel?: string) => ({
    visitor: await visitor({
      user: user.id,
      workspace: team?.id ?? user.team_id,
      ...(user.name !== undefined && { name: user.name }),
    }),
    place: placeOf(channel, user.id),
    rows: limits.rows,
  })
  const fromIds = async (user: string, workspace: string, channel: string, name?: string) =>
    await fromBody(
      { user: { id: user, ...(name !== undefined && { name }) }, team: { id: workspace } },
      channel,
    )

  return {
    fromBody,
    async command(body: SlashCommand): Promise<Event> {
      const from = await fromIds(body.user_id, body.team_id, body.channel_id, body.user_name)
      return { ...from, kind: 'words', name: kitName(body.command), words: unescapeSlack(body.text) }
    },
    async home(user: string, workspace: string, channel: string): Promise<Event> {
      return { ...(await fromIds(user, workspace, channel)), kind: 'command', name: home, raw: {} }
    },
    /** In a direct message; `ts` is Slack's stamp of it. */
    async words(
      user: string,
      workspace: string,
      { channel, ts, text = '' }: { channel: string; ts: string; text?: string | undefined },
    ): Promise<Event> {
      const from = await fromIds(user, workspace, channel)
      const saidAt = stampedAt(ts).getTime()
      return { ...from, key: wordsKey(channel, ts), saidAt, kind: 'words', words: unescapeSlack(text) }
    },
    async press(body: BlockAction, element: BlockElementAction): Promise<Event> {
      const from = await fromBody(body, body.channel?.id)
      const code = codeOf(element.action_id)
      if (code === homeCode) return { ...from, kind: 'command', name: home, raw: {} }
      const chosen = element.type === 'static_select' ? element.selected_option.value : undefined
      return { ...from, kind: 'press', code, ...(chosen !== undefined && { chosen }) }
    },
    /** `place` is where the form was opened, when that is known. */
    async submit(body: ViewSubmitAction, place: Place | undefined): Promise<Event> {
      const from = await fromBody(body)
      const said = { code: body.view.private_metadata, raw: rawOf(body.view, fetchFile) }
      return { ...from, ...(place && { place }), kind: 'submit', ...said }
    },
    async menu(body: MessageShortcut): Promise<Event> {
      const { ts } = body.message
      const room = body.channel.id
      const link =
        body.team && `https://${body.team.domain}.slack.com/archives/${room}/p${ts.replace('.', '')}`
      const pointed = { messageId: ts, room, ...(link && { link }) }
      return { ...(await fromBody(body, room)), kind: 'menu', id: body.callback_id, pointed }
    },
  }
}
/** Words that a person said in a private channel, edits too. */
export function saidIn(
  message: KnownEventFromType<'message'>,
  workspace: string,
): (RoomNews & { kind: 'said' }) | undefined {
  if (message.channel_type !== 'group') return undefined
  const said = message.subtype === 'message_changed' ? message.message : message
  if (said.subtype !== undefined || !('user' in said) || said.user === undefined || said.bot_id)
    return undefined
  const { text = '', user, ts } = said
  if (text === '') return undefined
  const at = stampedAt(('edited' in said && said.edited?.ts) || ts)
  return { kind: 'said', workspace, room: message.channel, user, message: ts, words: unescapeSlack(text), at }
}

/** The same for a message that is delivered again as for one that is read back (RE-2). */
export const wordsKey = (channel: string, ts: string): string => `slack:${channel}:${ts}`

export type Events = ReturnType<typeof createEvents>
