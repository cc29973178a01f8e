// /alumni: life after the program. For a person what is proposed, agreed to and led; for staff the way to their groups.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { PeerLead } from '../src/care/alumni/peer-leads.ts'
import type { Group } from '../src/care/groups/ports.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, list, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { alumniDoor, alumniGroupDoor, alumniReaders, stopDoor } from './words/alumni-doors.ts'
import { buddiesDoor } from './words/buddy-doors.ts'
import { askDoor } from './words/doors.ts'
import { groupsDoor } from './words/group-doors.ts'
import { taperDoor } from './words/taper-row.ts'
import { dayWords } from './words/days.ts'

type Asking = Call<App, Person>
const perPage = 6
const back = button(t('alumni.back'), alumniDoor, {})
const onProposal = z.object({ grad: z.string().min(1) })
const onLead = z.object({ lead: z.string().min(1) })

/** What changes with a yes, and the three answers. */
async function proposed({ app, actor }: Asking, id: string, to: readonly string[]): Promise<readonly Part[]> {
  const groups = await app.graduations.groupsNamed(actor.programId, to)
  return [
    heading(t('alumni.asked.title')),
    t('alumni.asked.about'),
    heading(t('alumni.asked.changes')),
    list([
      t('alumni.asked.who'),
      t('alumni.asked.ends'),
      t('alumni.asked.stays'),
      t('alumni.asked.watch'),
      ...(groups.length === 0
        ? [t('alumni.asked.no-group')]
        : groups.map(({ name }) => t('alumni.asked.group', { name }))),
    ]),
    t('alumni.consent'),
    button(t('alumni.asked.yes'), agreeToGraduate, { grad: id }, 'main'),
    button(t('alumni.asked.stay'), stayInProgram, { grad: id }),
    button(t('cases.ask.title'), askDoor, {}),
    button(t('alumni.asked.leave'), stopDoor, {}, 'careful'),
    small(t('alumni.asked.either')),
  ]
}

const powers = ({ name }: Group): readonly Part[] => [
  t('alumni.lead.powers'),
  list([t('alumni.lead.can.host', { name }), t('alumni.lead.can.handover'), t('alumni.lead.can.ask')]),
  t('alumni.lead.limits'),
  list([t('alumni.lead.not.seats'), t('alumni.lead.not.words'), t('alumni.lead.not.duty')]),
]

async function leading({ app, actor }: Asking, { id, body }: PeerLead): Promise<readonly Part[]> {
  const [group] = await app.graduations.groupsNamed(actor.programId, [body.group])
  if (!group) return []
  const { state, days, until, renew } = body
  const on = { lead: id }
  return [
    ...(state === 'on' && until !== undefined
      ? [t('alumni.lead.own.on', { name: group.name, day: dayWords(until) })]
      : []),
    ...(state === 'asked' || renew
      ? [
          t('alumni.lead.own.asked', { name: group.name, days }),
          ...powers(group),
          button(t('alumni.lead.yes'), answerLead, { ...on, yes: 'y' }, 'main'),
          button(t('alumni.lead.no'), answerLead, { ...on, yes: 'n' }),
        ]
      : powers(group)),
    ...(state === 'on' ? [button(t('alumni.lead.step-down'), stepDown, on, 'careful')] : []),
  ]
}

async function own(call: Asking): Promise<readonly Part[]> {
  const { app, actor } = call
  if (!permits('member', actor.roles)) return []
  const [graduation, leads] = await Promise.all([app.graduations.latest(actor), app.peerLeads.mine(actor)])
  const isAlum = actor.roles.includes('alum')
  const led = await Promise.all(leads.map((one) => leading(call, one)))
  return [
    ...(graduation?.body.state === 'asked' && actor.roles.includes('member')
      ? await proposed(call, graduation.id, graduation.body.to)
      : [t(isAlum ? 'alumni.alum.about' : 'alumni.member.about')]),
    ...led.flat(),
    button(t('taper.title'), taperDoor, {}),
    button(t('buddies.title'), buddiesDoor, {}),
    button(t('groups.title'), groupsDoor, {}),
    ...(isAlum ? [button(t('alumni.leave'), stopDoor, {}, 'careful')] : []),
  ]
}

/** The groups that this person leads, each with what can be done there. */
async function led({ app, actor }: Asking, from: number): Promise<readonly Part[]> {
  if (!permits('staff', actor.roles)) return []
  const groups = (await app.groups.listFor(actor)).mine.filter((one) => one.leads)
  if (groups.length === 0) return [t('alumni.staff.none')]
  return [
    t('alumni.staff.about'),
    ...groups
      .slice(from, from + perPage)
      .map(({ group: { id, name, phase } }) =>
        button(t(`alumni.staff.${phase}`, { name }), alumniGroupDoor, { group: id }),
      ),
    ...(groups.length > from + perPage
      ? [button(t('alumni.more'), alumniDoor, { from: String(from + perPage) })]
      : []),
    ...(from > 0 ? [back] : []),
  ]
}

const page = async (call: Asking, from: number): Promise<Message> =>
  say(
    heading(t('alumni.title')),
    ...(await own(call)),
    ...(await led(call, from)),
    button(t('help.now.button'), helpNowHere, {}),
    alumniReaders,
  )

export const alumni = defineCommand({
  name: 'alumni',
  title: t('alumni.command.title'),
  description: t('alumni.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 0),
})

export const openAlumni = defineAction({
  ...alumniDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const agreeToGraduate = defineAction({
  id: 'gd.yes',
  permit: 'member',
  params: onProposal,
  async run({ app, actor, visitor, language, now }, { grad }) {
    await app.graduations.agree(actor, grad, { language, method: visitor.platform }, now)
    return update(
      t('alumni.yes.done'),
      button(t('groups.title'), groupsDoor, {}, 'main'),
      back,
      alumniReaders,
    )
  },
})

export const stayInProgram = defineAction({
  id: 'gd.stay',
  permit: 'member',
  params: onProposal,
  async run({ app, actor, now }, { grad }) {
    await app.graduations.stay(actor, grad, now)
    return update(t('alumni.stay.done'), back, alumniReaders)
  },
})

export const answerLead = defineAction({
  id: 'gd.answer',
  permit: 'member',
  params: onLead.extend({ yes: z.enum(['y', 'n']) }),
  async run({ app, actor, now }, { lead, yes }) {
    await app.peerLeads.answer(actor, lead, yes === 'y', now)
    return update(t(yes === 'y' ? 'alumni.lead.own.yes' : 'alumni.lead.own.no'), back, alumniReaders)
  },
})

export const stepDown = defineAction({
  id: 'gd.down',
  permit: 'member',
  params: onLead,
  async run({ app, actor, now }, { lead }) {
    await app.peerLeads.stepDown(actor, lead, now)
    return update(t('alumni.lead.stepped-down'), back, alumniReaders)
  },
})
