// Leaving a group: what goes and what stays, a few words seen before they go, and the way back (feature row 66).
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import { isInside } from '../src/care/groups/rules.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import {
  button,
  heading,
  list,
  quote,
  say,
  sayInRoom,
  small,
  update,
  type Message,
  type OpenForm,
} from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { askToJoin } from './group-seat.ts'
import { backToGroup, groupDoor, groupsDoor, onGroup, ownReaders } from './words/group-doors.ts'

const onWords = onGroup.extend({ bye: z.string().min(1) })

export const leaveGroup = defineAction({
  id: 'gr.leave',
  permit: 'known',
  params: onGroup,
  async run({ app, actor }, params) {
    const { group, seat } = await app.groups.see(actor, params.group)
    const maySay = isInside(group, seat) && group.room !== undefined && group.state === 'open'
    return update(
      heading(t('groups.leave.title', { name: group.name })),
      list([t('groups.leave.goes'), t('groups.leave.stays'), t('groups.leave.told'), t('groups.leave.back')]),
      ...(maySay
        ? [button(t('groups.leave.words'), goodbyeForm, { ...params, bye: app.newId() }, 'main')]
        : []),
      button(t('groups.leave.quiet'), leaveForSure, params, 'careful'),
      button(t('groups.leave.stay'), groupDoor, params),
      ownReaders,
    )
  },
})

export const goodbyeForm = defineForm({
  id: 'gr.bye',
  title: t('groups.goodbye.title'),
  readers: t('groups.goodbye.readers'),
  permit: 'known',
  hears: 'group',
  params: onWords,
  fields: {
    words: f.paragraph(t('groups.goodbye.label'), { max: 1000, hint: t('groups.goodbye.hint') }),
  },
  async run({ app, actor, now }, { words }, { group, bye }): Promise<Message> {
    const kept = await app.groups.goodbyes.write(actor, group, bye, words, now)
    return say(
      t('groups.goodbye.preview'),
      quote(kept.body.words),
      button(t('groups.goodbye.send'), leaveForSure, { group, bye }, 'careful'),
      button(t('groups.goodbye.change'), changeGoodbye, { group, bye }),
      button(t('groups.leave.quiet'), leaveForSure, { group }, 'careful'),
      button(t('groups.leave.stay'), groupDoor, { group }),
      small(t('groups.goodbye.readers')),
    )
  },
})

export const changeGoodbye = defineAction({
  id: 'gr.rebye',
  permit: 'known',
  params: onWords,
  async run({ app, actor }, params): Promise<OpenForm> {
    const { body } = await app.groups.goodbyes.own(actor, params.bye)
    return open(goodbyeForm, actor, params, { words: body.words })
  },
})

export const leaveForSure = defineAction({
  id: 'gr.left',
  permit: 'known',
  params: onGroup.extend({ bye: z.string().optional() }),
  async run({ app, actor, now }, { group: id, bye }) {
    const { name } = await app.groups.leave(actor, id, bye, now)
    return update(
      t('groups.left', { name }),
      t('groups.leave.back'),
      button(t('groups.ask.back'), askToJoin, { group: id, as: 'member' }),
      button(t('groups.back'), groupsDoor, {}),
      ownReaders,
    )
  },
})

/** In the room: that there are words, and not whose or which. */
export const goodbyeCard = defineNotice({
  id: 'group-goodbye',
  permit: 'anyone',
  params: z.object({ group: z.string(), goodbye: z.string() }),
  render: (_call, { group, goodbye }) =>
    sayInRoom(
      t('groups.goodbye.card'),
      button(t('groups.goodbye.read'), readGoodbye, { group, bye: goodbye }),
      small(t('groups.goodbye.card.readers')),
    ),
})

export const readGoodbye = defineAction({
  id: 'gr.byes',
  permit: 'known',
  params: onWords,
  async run({ app, actor, now }, { group, bye }) {
    const found = await app.groups.goodbyes.read(actor, group, bye, now)
    const name = await app.roster.nameOf(actor, found.personId)
    return say(
      heading(t('groups.goodbye.from', { name })),
      quote(found.body.words),
      backToGroup(group),
      small(t('groups.goodbye.seen')),
    )
  },
})
