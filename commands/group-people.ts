// For those who lead a group: who is in it, who asks, and what is decided about each seat.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { reasons, type Sitting } from '../src/care/groups/leading.ts'
import type { Group, Seat, SeatState } from '../src/care/groups/ports.ts'
import { hasAgreed } from '../src/care/groups/rules.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, list, pick, say, type Message, type Part } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t, type Text } from '../src/words/text.ts'
import { alumniPersonDoor } from './words/alumni-doors.ts'
import { nameWords } from './words/names.ts'
import { backToGroup, groupPeopleDoor, leaderReaders, onGroup, onSeat } from './words/group-doors.ts'
import { newCodeDoor } from './words/invite-doors.ts'

type Asking = Call<App, Person>
/** Discord's menus hold as many. */
const perMenu = 25

function stateWords(group: Group, seat: Seat, turn: number): Text {
  if (seat.state === 'asked')
    return t(seat.seat === 'reading' ? 'groups.is.asked.reading' : 'groups.is.asked')
  if (seat.state === 'waiting') return t('groups.is.waiting', { turn })
  if (seat.state === 'agreeing') return t('groups.is.agreeing')
  if (seat.state !== 'in') return t('groups.is.ended')
  const state = t(`groups.is.in.${seat.seat}`)
  return hasAgreed(group, seat) ? state : t('groups.is.old', { state })
}

const named = ({ name }: Person): Text => nameWords(name)

async function page({ app, actor }: Asking, id: string, ...first: readonly Text[]): Promise<Message> {
  const { group, rows } = await app.groups.people(actor, id)
  const waiting = rows.filter(({ seat }) => seat.state === 'waiting')
  const words = (one: Sitting) =>
    t('groups.people.row', {
      name: named(one.person),
      state: stateWords(group, one.seat, waiting.indexOf(one) + 1),
    })
  // Those who ask first: they wait for an answer.
  const all = [
    ...rows.filter(({ seat }) => seat.state === 'asked'),
    ...rows.filter(({ seat }) => seat.state !== 'asked'),
  ]
  const menus = Array.from({ length: Math.ceil(all.length / perMenu) }, (_, at) => at)
  const isOver = group.state === 'archived'
  return say(
    ...first,
    heading(t('groups.people.title', { name: group.name })),
    all.length === 0 ? t('groups.people.none') : list(all.map(words)),
    ...menus.map((at) =>
      pick(
        t('groups.people.choose'),
        seeSeat,
        { group: id, part: String(at) },
        all
          .slice(at * perMenu, (at + 1) * perMenu)
          .map(({ person }) => ({ value: person.personId, label: named(person) })),
      ),
    ),
    ...(isOver
      ? []
      : [
          button(t('groups.bring'), bringForm, { group: id }),
          button(t('invites.group'), newCodeDoor, { group: id }),
          button(t('groups.facilitator.add'), facilitatorForm, { group: id }),
        ]),
    backToGroup(id),
    leaderReaders,
  )
}

/** One person's seat, with what can be decided about it. */
async function seatPage({ app, actor }: Asking, id: string, who: string): Promise<Message> {
  const { group, rows } = await app.groups.people(actor, id)
  const waiting = rows.filter(({ seat }) => seat.state === 'waiting')
  const one = rows.find(({ person }) => person.personId === who)
  if (!one) throw new Refusal(t('groups.changed'))
  const on = { group: id, who }
  const { seat, person } = one
  const name = named(person)
  const sits = seat.state === 'in' || seat.state === 'agreeing'
  const acts: readonly Part[] =
    seat.state === 'asked'
      ? [button(t('groups.let-in', { name }), letIn, on, 'main'), button(t('groups.decline'), declineAsk, on)]
      : [
          ...(seat.state === 'waiting' ? [button(t('groups.first', { name }), putFirst, on)] : []),
          ...(sits && seat.seat !== 'facilitator'
            ? [
                seat.seat === 'host'
                  ? button(t('groups.end-host', { name }), setSeat, { ...on, as: 'member' })
                  : button(t('groups.make-host', { name }), setSeat, { ...on, as: 'host' }),
              ]
            : []),
          ...(sits && seat.seat !== 'facilitator' ? [button(t('alumni.open'), alumniPersonDoor, on)] : []),
          button(t('groups.remove', { name }), removeWhy, on, 'careful'),
        ]
  return say(
    heading(t('groups.people.row', { name, state: stateWords(group, seat, waiting.indexOf(one) + 1) })),
    ...(group.state === 'archived' ? [] : acts),
    button(t('groups.people'), groupPeopleDoor, { group: id }),
    leaderReaders,
  )
}

const shown = async (message: Promise<Message>) => ({ kind: 'update', message: await message }) as const

export const groupPeople = defineAction({
  ...groupPeopleDoor,
  permit: 'staff',
  run: (call, params) => shown(page(call, params.group)),
})

export const seeSeat = defineAction({
  id: 'gr.who',
  permit: 'staff',
  params: onGroup.extend({ part: z.string().optional() }),
  run: (call, params, chosen) => shown(seatPage(call, params.group, chosen ?? '')),
})

const letInWords = (state: SeatState | undefined, name: Text): Text => {
  if (state === 'agreeing') return t('groups.let-in.agreeing', { name })
  return state === 'waiting' ? t('groups.let-in.waiting', { name }) : t('groups.let-in.already')
}
const nameOf = async ({ app, actor }: Asking, personId: string): Promise<Text> =>
  nameWords(await app.roster.nameOf(actor, personId))

export const letIn = defineAction({
  id: 'gr.in',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    const state = await call.app.groups.letIn(call.actor, group, who, call.now)
    return shown(page(call, group, letInWords(state, await nameOf(call, who))))
  },
})

export const declineAsk = defineAction({
  id: 'gr.no',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    await call.app.groups.decline(call.actor, group, who, call.now)
    return shown(page(call, group, t('groups.declined', { name: await nameOf(call, who) })))
  },
})

export const putFirst = defineAction({
  id: 'gr.first',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    await call.app.groups.putFirst(call.actor, group, who, call.now)
    return shown(page(call, group, t('groups.first.done', { name: await nameOf(call, who) })))
  },
})

export const setSeat = defineAction({
  id: 'gr.host',
  permit: 'staff',
  params: onSeat.extend({ as: z.enum(['member', 'host']) }),
  async run(call, { group, who, as }) {
    await call.app.groups.setSeat(call.actor, group, who, as, call.now)
    return shown(page(call, group, t('groups.seat.changed')))
  },
})

export const removeWhy = defineAction({
  id: 'gr.out',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    await call.app.groups.led(call.actor, group)
    return shown(
      Promise.resolve(
        say(
          t('groups.remove.why', { name: await nameOf(call, who) }),
          pick(
            t('groups.remove.choose'),
            removeNow,
            { group, who },
            reasons.map((why) => ({ value: why, label: t(`groups.why.${why}`) })),
          ),
          button(t('groups.people'), groupPeopleDoor, { group }),
          leaderReaders,
        ),
      ),
    )
  },
})

export const removeNow = defineAction({
  id: 'gr.gone',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }, chosen) {
    const why = reasons.find((one) => one === chosen)
    if (!why) throw new Refusal(t('kit.problem.choice'))
    const name = await nameOf(call, who)
    await call.app.groups.remove(call.actor, group, who, why, call.now)
    return shown(page(call, group, t('groups.removed', { name })))
  },
})

const seats = ['member', 'reading', 'host'] as const

export const bringForm = defineForm({
  id: 'gr.bring',
  title: t('groups.bring'),
  readers: t('groups.people.readers'),
  permit: 'staff',
  params: onGroup,
  fields: {
    person: f.person(t('groups.bring.person')),
    seat: f.choice(
      t('groups.bring.kind'),
      seats.map((value) => ({ value, label: t(`groups.bring.${value}`) })),
      { hint: t('groups.bring.host.hint') },
    ),
  },
  async run(call, { person: user, seat }, params) {
    const kind = seats.find((one) => one === seat) ?? 'member'
    const { person, state } = await call.app.groups.bringIn(call.actor, params.group, user, kind, call.now)
    return page(call, params.group, letInWords(state, named(person)))
  },
})

export const facilitatorForm = defineForm({
  id: 'gr.lead',
  title: t('groups.facilitator.add'),
  readers: t('groups.people.readers'),
  permit: 'staff',
  params: onGroup,
  fields: { person: f.person(t('groups.bring.person')) },
  async run(call, { person: user }, params) {
    const person = await call.app.groups.addFacilitator(call.actor, params.group, user, call.now)
    return page(call, params.group, t('groups.facilitator.added', { name: named(person) }))
  },
})
