// /group: my groups and those open to ask, and one group with all that one may do in it.
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Listed } from '../src/care/groups/groups.ts'
import type { Group, Seat } from '../src/care/groups/ports.ts'
import { isInside, isLive, mustAgree } from '../src/care/groups/rules.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { leaveGroup } from './group-goodbye.ts'
import {
  archiveGroup,
  changeGroup,
  editAgreement,
  newGroup,
  pauseGroup,
  quietOfGroup,
  reopenGroup,
} from './group-make.ts'
import { groupPeople } from './group-people.ts'
import { planMeeting } from './meeting-plan.ts'
import { agreementOf, askToJoin, listenOnly, readAgreement, takeAskBack } from './group-seat.ts'
import { groupDoor, groupsDoor, kindWords, ownReaders, standing } from './words/group-doors.ts'
import { worriedDoor } from './words/doors.ts'
import { buddiesDoor, buddiesOfGroupDoor } from './words/buddy-doors.ts'
import { pledgeDoor } from './words/pledge-doors.ts'
import { postsDoor } from './words/post-doors.ts'
import { meetingsDoor } from './words/meeting-doors.ts'

type Asking = Call<App, Person>
const perPage = 6

function row({ group, seat, leads }: Listed): readonly Part[] {
  const said = { name: group.name, kind: kindWords(group) }
  return [
    isLive(seat)
      ? t('groups.row.state', { ...said, state: standing(seat) })
      : leads
        ? t('groups.row.state', { ...said, state: t('groups.seat.leads') })
        : t('groups.row', said),
    button(t('groups.see', { name: group.name }), groupDoor, { group: group.id }),
  ]
}

async function page({ app, actor }: Asking, from: number): Promise<Message> {
  const { mine, open } = await app.groups.listFor(actor)
  const all = [...mine, ...open]
  const shown = all.slice(from, from + perPage)
  const first = (rows: readonly Listed[]) => rows[0] !== undefined && shown.includes(rows[0])
  return say(
    heading(t('groups.title')),
    ...(mine.length === 0 ? [t('groups.none')] : []),
    ...shown.flatMap((one): readonly Part[] => [
      ...(one === mine[0] ? [heading(t('groups.mine'))] : []),
      ...(one === open[0] ? [heading(t('groups.open'))] : []),
      ...row(one),
    ]),
    ...(open.length === 0 && (all.length === 0 || first(mine)) ? [t('groups.open.none')] : []),
    ...(all.length > from + perPage
      ? [button(t('groups.more'), groupsDoor, { from: String(from + perPage) })]
      : []),
    ...(from > 0 ? [button(t('groups.back'), groupsDoor, {})] : []),
    ...(permits('staff', actor.roles) ? [button(t('groups.new'), newGroup, {})] : []),
    ownReaders,
  )
}

export const group = defineCommand({
  name: 'group',
  title: t('groups.command.title'),
  description: t('groups.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 0),
})

export const listGroups = defineAction({
  ...groupsDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

async function about({ app, actor }: Asking, one: Group): Promise<readonly Part[]> {
  const { taken } = await app.groups.places(one, actor.personId)
  return [
    heading(t('groups.row', { name: one.name, kind: kindWords(one) })),
    t('groups.about', {
      kind: kindWords(one),
      how: t(`groups.how.${one.openness}`),
      taken,
      capacity: one.capacity,
    }),
    ...(one.phase === 'alumni' ? [t('groups.for.alumni')] : []),
    ...(one.ageBand === 'teen' ? [t('groups.for.teen')] : []),
    ...(one.zone === undefined ? [] : [small(t('groups.zone', { zone: one.zone }))]),
    ...(one.quiet === undefined ? [] : [small(t('groups.quiet.is', { ...one.quiet }))]),
    ...(one.state === 'open' ? [] : [t(`groups.state.${one.state}`)]),
  ]
}

const inside = (one: Group, { seat }: Seat): readonly Part[] => {
  const on = { group: one.id }
  const only = seat === 'reading'
  return [
    ...(one.roomState === 'made' ? [] : [small(t(`groups.room.${one.roomState}`))]),
    button(t('groups.agreement.read'), readAgreement, on),
    ...(seat === 'member' || only
      ? [
          button(t(only ? 'groups.listen.part' : 'groups.listen.only'), listenOnly, {
            ...on,
            only: only ? 'n' : 'y',
          }),
        ]
      : []),
    button(t('buddies.title'), buddiesDoor, {}),
    button(t('cases.worry.open'), worriedDoor, {}),
    button(t('groups.leave'), leaveGroup, on),
  ]
}

const asking = (one: Group): readonly Part[] => [
  button(t('groups.ask'), askToJoin, { group: one.id, as: 'member' }, 'main'),
  button(t('groups.ask.reading'), askToJoin, { group: one.id, as: 'reading' }),
]

/** Where a person stands, and what they can do about it. */
async function own({ app, actor }: Asking, one: Group, seat: Seat | undefined): Promise<readonly Part[]> {
  const on = { group: one.id }
  if (one.state === 'archived') return []
  if (seat?.state === 'agreeing') return agreementOf(one, seat)
  if (mustAgree(one, seat)) return [...agreementOf(one, seat), button(t('groups.leave'), leaveGroup, on)]
  if (seat?.state === 'asked') return [t('groups.asked.now'), button(t('groups.take-back'), takeAskBack, on)]
  if (seat?.state === 'waiting') {
    const { turn } = await app.groups.places(one, actor.personId)
    return [t('groups.waiting.now', { turn }), button(t('groups.off-list'), takeAskBack, on)]
  }
  if (seat?.state === 'removed') return [t('groups.removed.talk')]
  if (seat?.state === 'left')
    return [t('groups.left.now'), button(t('groups.ask.back'), askToJoin, { ...on, as: 'member' }, 'main')]
  if (seat?.state === 'in') return [small(t('groups.you', { state: standing(seat) })), ...inside(one, seat)]
  return one.openness === 'open' && permits('member', actor.roles) ? asking(one) : []
}

const leading = (one: Group): readonly Part[] => {
  const on = { group: one.id }
  return [
    button(t('groups.people'), groupPeople, on, 'main'),
    button(t('buddies.title'), buddiesOfGroupDoor, on),
    ...(one.state === 'archived'
      ? []
      : [
          button(t('groups.change'), changeGroup, on),
          button(t('meetings.plan.title'), planMeeting, on),
          button(t('groups.agreement.change'), editAgreement, on),
          button(t('groups.quiet.change'), quietOfGroup, on),
          one.state === 'open'
            ? button(t('groups.pause'), pauseGroup, on)
            : button(t('groups.reopen'), reopenGroup, on),
          button(t('groups.archive'), archiveGroup, on, 'careful'),
        ]),
  ]
}

export const seeGroup = defineAction({
  ...groupDoor,
  permit: 'known',
  async run(call, params) {
    const { group: one, seat, leads } = await call.app.groups.see(call.actor, params.group)
    return {
      kind: 'update',
      message: say(
        ...(await about(call, one)),
        ...(await own(call, one, seat)),
        ...(leads ? leading(one) : []),
        ...(leads || isInside(one, seat) ? [button(t('posts.title'), postsDoor, params)] : []),
        ...(leads || isInside(one, seat) ? [button(t('pledges.home'), pledgeDoor, params)] : []),
        ...(leads || isInside(one, seat) ? [button(t('meetings.title'), meetingsDoor, {})] : []),
        button(t('groups.back'), groupsDoor, {}),
        ownReaders,
      ),
    }
  },
})
