// /pledge: the next 24 hours with one's group. Anyone may join any day; who does not is written down nowhere (feature row 16).
import { z } from 'zod'
import { defineAction, defineCommand, defineNotice } from '../src/bot.ts'
import { button, heading, list, say, sayInRoom, small, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import type { Asking } from './words/case-words.ts'
import { groupDoor, groupsDoor, onGroup } from './words/group-doors.ts'
import { nameWords } from './words/names.ts'
import { pledgeDoor, pledgesDoor } from './words/pledge-doors.ts'
import { dayWords } from './words/days.ts'

const perPage = 20
const groupsPerPage = 8
const readers = small(t('pledges.readers'))

async function page(call: Asking, from: number): Promise<Message> {
  const groups = await call.app.pledges.groups(call.actor)
  const [only] = groups
  if (only && groups.length === 1) return inGroup(call, only.id, 0)
  return say(
    heading(t('pledges.title')),
    t(only ? 'pledges.pick' : 'pledges.none'),
    ...groups
      .slice(from, from + groupsPerPage)
      .map(({ id, name }) => button(t('groups.see', { name }), pledgeDoor, { group: id })),
    ...(groups.length > from + groupsPerPage
      ? [button(t('groups.more'), pledgesDoor, { from: String(from + groupsPerPage) })]
      : []),
    ...(only ? [] : [button(t('groups.title'), groupsDoor, {})]),
    small(t('pledges.readers.own')),
  )
}

async function inGroup(call: Asking, id: string, from: number): Promise<Message> {
  const seen = await call.app.pledges.today(call.actor, id, perPage, from, call.now)
  const { group, day, isIn, mayJoin, who, hasMore } = seen
  const names = await Promise.all(who.map((personId) => call.app.roster.nameOf(call.actor, personId)))
  return say(
    heading(t('pledges.title.in', { name: group.name, day: dayWords(day) })),
    t(isIn ? 'pledges.in' : mayJoin ? 'pledges.ask' : 'pledges.closed', { name: group.name }),
    ...(names.length === 0 ? [t('pledges.nobody')] : [t('pledges.who'), list(names.map(nameWords))]),
    ...(isIn
      ? [button(t('pledges.out'), notToday, { group: id })]
      : mayJoin
        ? [button(t('pledges.join'), joinToday, { group: id }, 'main')]
        : []),
    ...(hasMore ? [button(t('groups.more'), pledgeDoor, { group: id, from: String(from + perPage) })] : []),
    button(t('help.now.button'), helpNowHere, {}),
    button(t('groups.back.one'), groupDoor, { group: id }),
    readers,
  )
}

export const pledge = defineCommand({
  name: 'pledge',
  title: t('pledges.command.title'),
  description: t('pledges.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 0),
})

export const openPledges = defineAction({
  ...pledgesDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const openPledge = defineAction({
  ...pledgeDoor,
  permit: 'known',
  run: async (call, { group, from }) => ({
    kind: 'update',
    message: await inGroup(call, group, Number(from ?? 0)),
  }),
})

export const joinToday = defineAction({
  id: 'pg.in',
  permit: 'known',
  params: onGroup,
  async run(call, { group }) {
    await call.app.pledges.join(call.actor, group, call.now)
    return { kind: 'update', message: await inGroup(call, group, 0) }
  },
})

export const notToday = defineAction({
  id: 'pg.out',
  permit: 'known',
  params: onGroup,
  async run(call, { group }) {
    await call.app.pledges.takeBack(call.actor, group, call.now)
    return { kind: 'update', message: await inGroup(call, group, 0) }
  },
})

/** From the card in the room: the answer is private, and the card stays as it is. */
export const joinFromCard = defineAction({
  id: 'pg.card',
  permit: 'known',
  params: onGroup,
  async run(call, { group }) {
    await call.app.pledges.join(call.actor, group, call.now)
    return inGroup(call, group, 0)
  },
})
export const seeFromCard = defineAction({
  id: 'pg.who',
  permit: 'known',
  params: onGroup,
  run: (call, { group }) => inGroup(call, group, 0),
})

/** In the room, once a day, when the first of the group is in: no name. */
export const pledgeCard = defineNotice({
  id: 'pledge-card',
  permit: 'anyone',
  params: z.object({ group: z.string(), day: z.string() }),
  render: (_call, { group, day }) =>
    sayInRoom(
      heading(t('pledges.card', { day: dayWords(day) })),
      t('pledges.card.says'),
      button(t('pledges.join'), joinFromCard, { group }, 'main'),
      button(t('pledges.card.who'), seeFromCard, { group }),
      small(t('pledges.card.readers')),
    ),
})
