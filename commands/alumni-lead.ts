// For those who lead a group: who may go on as an alum, and which alum may lead with peers.
import { z } from 'zod'
import { defineAction } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Graduation } from '../src/care/alumni/graduations.ts'
import { terms, waits, type PeerLead } from '../src/care/alumni/peer-leads.ts'
import type { Group } from '../src/care/groups/ports.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, list, pick, say, type Message, type Part } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t, type Text } from '../src/words/text.ts'
import { alumniDoor, alumniGroupDoor, alumniPersonDoor, alumniStaffReaders } from './words/alumni-doors.ts'
import { dayWords } from './words/days.ts'
import { nameWords } from './words/names.ts'
import { onGroup, onSeat } from './words/group-doors.ts'

type Asking = Call<App, Person>
/** Discord's menus hold as many. */
const perMenu = 25
const shown = async (message: Promise<Message>) => ({ kind: 'update', message: await message }) as const

const proposalWords = (one: Graduation | undefined): Text => t(`alumni.is.${one?.body.state ?? 'none'}`)
function leadWords(one: PeerLead | undefined): Text {
  if (!one) return t('alumni.lead.is.none')
  const { state, until, renew } = one.body
  if (state !== 'on' || until === undefined) return t(`alumni.lead.is.${state === 'on' ? 'none' : state}`)
  return t(renew ? 'alumni.lead.is.renew' : 'alumni.lead.is.on', { day: dayWords(until) })
}

async function rowsOf(
  { app, actor }: Asking,
  id: string,
): Promise<{ readonly group: Group; readonly rows: readonly { person: Person; state: Text }[] }> {
  const { group } = await app.groups.led(actor, id)
  const rows =
    group.phase === 'program'
      ? (await app.graduations.list(actor, id)).rows.map(({ person, graduation }) => ({
          person,
          state: proposalWords(graduation),
        }))
      : (await app.peerLeads.list(actor, id)).rows.map(({ person, lead }) => ({
          person,
          state: leadWords(lead),
        }))
  return { group, rows }
}

async function everybody(call: Asking, id: string): Promise<Message> {
  const { group, rows } = await rowsOf(call, id)
  const menus = Array.from({ length: Math.ceil(rows.length / perMenu) }, (_, at) => at)
  return say(
    heading(t(`alumni.list.${group.phase}`, { name: group.name })),
    rows.length === 0
      ? t('alumni.list.none')
      : list(rows.map(({ person, state }) => t('alumni.list.row', { name: nameWords(person.name), state }))),
    ...menus.map((at) =>
      pick(
        t('alumni.list.choose'),
        chooseForAlumni,
        { group: id, part: String(at) },
        rows
          .slice(at * perMenu, (at + 1) * perMenu)
          .map(({ person }) => ({ value: person.personId, label: nameWords(person.name) })),
      ),
    ),
    button(t('alumni.back'), alumniDoor, {}),
    alumniStaffReaders,
  )
}

async function proposing({ app, actor }: Asking, group: string, who: string): Promise<readonly Part[]> {
  const { person, graduation, chosen, open } = await app.graduations.proposal(actor, group, who)
  const name = nameWords(person.name)
  const on = { group, who }
  const menu = (label: Text): readonly Part[] =>
    open.length === 0
      ? []
      : [
          pick(
            label,
            proposeWith,
            on,
            open.slice(0, perMenu).map((one) => ({ value: one.id, label: one.name })),
          ),
        ]
  if (graduation?.body.state === 'asked')
    return [
      t('alumni.proposed', { name }),
      ...(chosen.length === 0
        ? [t('alumni.proposed.no-groups')]
        : [
            t('alumni.proposed.groups'),
            list(chosen.map((one) => t('alumni.list.group', { name: one.name }))),
          ]),
      ...menu(t('alumni.add-group')),
      button(t('alumni.undo'), undoProposal, on, 'careful'),
    ]
  return [
    t('alumni.list.row', { name, state: proposalWords(graduation) }),
    ...(person.roles.includes('member')
      ? [
          t('alumni.propose.about', { name }),
          ...(open.length === 0 ? [t('alumni.propose.no-groups')] : menu(t('alumni.propose.choose'))),
          button(t('alumni.propose.bare'), proposeBare, on),
        ]
      : []),
  ]
}

async function asking({ app, actor }: Asking, id: string, who: string): Promise<readonly Part[]> {
  const { group, person, lead } = await app.peerLeads.seen(actor, id, who)
  const name = nameWords(person.name)
  const on = { group: id, who }
  const isOn = lead?.body.state === 'on'
  return [
    t('alumni.list.row', { name, state: leadWords(lead) }),
    ...(lead && waits(lead)
      ? [t('alumni.lead.asked.staff', { name, days: lead.body.days })]
      : [
          t('alumni.lead.about', { name, group: group.name }),
          pick(
            t(isOn ? 'alumni.lead.more' : 'alumni.lead.choose'),
            askToLead,
            on,
            terms.map((days) => ({ value: String(days), label: t('alumni.lead.days', { days }) })),
          ),
        ]),
    ...(isOn ? [button(t('alumni.lead.end'), endLead, on, 'careful')] : []),
  ]
}

async function one(call: Asking, id: string, who: string, ...first: readonly Text[]): Promise<Message> {
  const { group } = await call.app.groups.led(call.actor, id)
  return say(
    ...first,
    heading(t(`alumni.list.${group.phase}`, { name: group.name })),
    ...(await (group.phase === 'program' ? proposing : asking)(call, id, who)),
    button(t('alumni.back'), alumniGroupDoor, { group: id }),
    alumniStaffReaders,
  )
}

export const alumniOfGroup = defineAction({
  ...alumniGroupDoor,
  permit: 'staff',
  run: (call, { group }) => shown(everybody(call, group)),
})

export const alumniPerson = defineAction({
  ...alumniPersonDoor,
  permit: 'staff',
  run: (call, { group, who }) => shown(one(call, group, who)),
})

export const chooseForAlumni = defineAction({
  id: 'gd.pick',
  permit: 'staff',
  params: onGroup.extend({ part: z.string() }),
  run: (call, { group }, chosen) => shown(one(call, group, chosen ?? '')),
})

const nameOf = async ({ app, actor }: Asking, who: string): Promise<Text> =>
  nameWords(await app.roster.nameOf(actor, who))

export const proposeWith = defineAction({
  id: 'gd.to',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }, chosen) {
    if (chosen === undefined) throw new Refusal(t('kit.problem.choice'))
    await call.app.graduations.propose(call.actor, group, who, chosen, call.now)
    return shown(one(call, group, who))
  },
})

export const proposeBare = defineAction({
  id: 'gd.bare',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    await call.app.graduations.propose(call.actor, group, who, undefined, call.now)
    return shown(one(call, group, who))
  },
})

export const undoProposal = defineAction({
  id: 'gd.undo',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    await call.app.graduations.undo(call.actor, group, who, call.now)
    return shown(one(call, group, who, t('alumni.undo.done', { name: await nameOf(call, who) })))
  },
})

export const askToLead = defineAction({
  id: 'gd.lead',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }, chosen) {
    const days = terms.find((term) => String(term) === chosen)
    if (days === undefined) throw new Refusal(t('kit.problem.choice'))
    await call.app.peerLeads.ask(call.actor, group, who, days, call.now)
    return shown(one(call, group, who))
  },
})

export const endLead = defineAction({
  id: 'gd.end',
  permit: 'staff',
  params: onSeat,
  async run(call, { group, who }) {
    await call.app.peerLeads.endFor(call.actor, group, who, call.now)
    return shown(one(call, group, who, t('alumni.lead.ended.staff', { name: await nameOf(call, who) })))
  },
})
