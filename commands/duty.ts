// /duty: who of the staff is asked when somebody needs a person, on which hours, and how it goes on when nobody answers.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { everyDay } from '../src/care/prompts/cron.ts'
import type { Duty } from '../src/care/safety/duty.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, pick, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { awayLetters } from './away-letter.ts'
import { atTime, dayName } from './words/times.ts'

type Asking = Call<App, Person>
const perPage = 6
/** Discord's menus hold as many. */
const perMenu = 25
const from = z.string().regex(/^\d+$/).optional()

const daysOf = ({ days }: Duty): Text => dayName(everyDay.filter((day) => days.includes(day)))

async function coverage({ app, actor, now }: Asking): Promise<Text> {
  const found = await app.alerts.coverage(actor.programId, now)
  if (found.watched) return t('safety.duty.now', { until: atTime(found.until, actor.zone) })
  return found.next ? t('safety.duty.next', { next: atTime(found.next, actor.zone) }) : t('safety.duty.gap')
}

async function page(call: Asking, start: number): Promise<Message> {
  const { app, actor } = call
  const [lines, ladder] = await Promise.all([app.duties.list(actor), app.duties.ladder(actor.programId)])
  const shown = lines.slice(start, start + perPage)
  const name = (personId: string) => app.roster.nameOf(actor, personId)
  const rows = await Promise.all(
    shown.map(async (one): Promise<readonly Part[]> => {
      const who = await name(one.personId)
      return [
        t('safety.duty.row', {
          name: who,
          rung: one.rung + 1,
          days: daysOf(one),
          from: one.from,
          to: one.to,
          zone: one.zone,
        }),
        button(t('safety.duty.end', { name: who, days: daysOf(one) }), endDuty, { duty: one.id }),
      ]
    }),
  )
  const contact = ladder.contact === undefined ? t('safety.duty.admins') : await name(ladder.contact)
  return say(
    heading(t('safety.duty.title')),
    lines.length === 0 ? t('safety.duty.none') : await coverage(call),
    ...rows.flat(),
    ...(lines.length > start + perPage
      ? [button(t('safety.duty.more'), seeDuty, { from: String(start + perPage) })]
      : []),
    ...(start > 0 ? [button(t('safety.duty.first'), seeDuty, {})] : []),
    t('safety.duty.ladder', {
      rung: ladder.rungMinutes,
      rounds: ladder.rounds,
      again: ladder.againMinutes,
      contact,
    }),
    button(t('safety.duty.add'), chooseDuty, { what: 'duty' }, 'main'),
    button(t('safety.duty.change'), editLadder, {}),
    button(t('safety.duty.contact'), chooseDuty, { what: 'contact' }),
    ...(permits('facilitator', actor.roles) ? [button(t('away-letter.open'), awayLetters, {})] : []),
    small(t('safety.duty.readers')),
  )
}

export const duty = defineCommand({
  name: 'duty',
  title: t('safety.duty.command.title'),
  description: t('safety.duty.command.about'),
  permit: 'staff',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 0),
})

export const seeDuty = defineAction({
  id: 'du',
  permit: 'staff',
  params: z.object({ from }),
  run: async (call, params) => ({ kind: 'update', message: await page(call, Number(params.from ?? 0)) }),
})

export const chooseDuty = defineAction({
  id: 'du.who',
  permit: 'staff',
  params: z.object({ what: z.enum(['duty', 'contact']) }),
  async run({ app, actor }, { what }) {
    const choices = (await app.duties.staff(actor)).map(({ personId, name }) => ({
      value: personId,
      label: name === '' ? t('safety.nobody') : name,
    }))
    const parts = Array.from({ length: Math.ceil(choices.length / perMenu) }, (_, at) => at)
    return {
      kind: 'update',
      message: say(
        t(what === 'duty' ? 'safety.duty.add' : 'safety.duty.contact'),
        ...parts.map((at) =>
          pick(
            t('safety.duty.who'),
            what === 'duty' ? whoDuty : setContact,
            { part: String(at) },
            choices.slice(at * perMenu, (at + 1) * perMenu),
          ),
        ),
        button(t('safety.duty.title'), seeDuty, {}),
      ),
    }
  },
})

export const whoDuty = defineAction({
  id: 'du.new',
  permit: 'staff',
  params: z.object({ part: z.string() }),
  run: ({ app, actor }, _params, chosen) =>
    open(dutyForm, actor, { duty: app.newId(), person: chosen ?? '' }, { rung: 1 }),
})

export const dutyForm = defineForm({
  id: 'du.form',
  title: t('safety.duty.form'),
  readers: t('safety.duty.readers'),
  permit: 'staff',
  hears: 'staff',
  params: z.object({ duty: z.string().min(1), person: z.string() }),
  fields: {
    days: f.choices(
      t('safety.duty.days'),
      everyDay.map((day) => ({ value: String(day), label: t(`reminders.day.${day}`) })),
    ),
    from: f.time(t('safety.duty.from'), { hint: t('reminders.time.hint') }),
    to: f.time(t('safety.duty.to'), { hint: t('safety.duty.to.hint') }),
    rung: f.whole(t('safety.duty.rung'), { min: 1, max: 9, hint: t('safety.duty.rung.hint') }),
  },
  async run(call, { days, rung, ...hours }, { duty: id, person }) {
    const on = everyDay.filter((day) => days.includes(String(day)))
    await call.app.duties.add(call.actor, id, person, { ...hours, days: on, rung: rung - 1 }, call.now)
    return page(call, 0)
  },
})

export const endDuty = defineAction({
  id: 'du.end',
  permit: 'staff',
  params: z.object({ duty: z.string().min(1) }),
  async run(call, params) {
    await call.app.duties.end(call.actor, params.duty, call.now)
    return { kind: 'update', message: await page(call, 0) }
  },
})

export const setContact = defineAction({
  id: 'du.contact',
  permit: 'staff',
  params: z.object({ part: z.string() }),
  async run(call, _params, chosen) {
    await call.app.duties.setContact(call.actor, chosen ?? '', call.now)
    return { kind: 'update', message: await page(call, 0) }
  },
})

export const editLadder = defineAction({
  id: 'du.times',
  permit: 'staff',
  params: z.object({}),
  async run({ app, actor }) {
    const { rungMinutes, rounds, againMinutes, reviewHours } = await app.duties.ladder(actor.programId)
    return open(ladderForm, actor, {}, { rungMinutes, rounds, againMinutes, reviewHours })
  },
})

export const ladderForm = defineForm({
  id: 'du.ladder',
  title: t('safety.duty.ladder.form'),
  readers: t('safety.duty.readers'),
  permit: 'staff',
  hears: 'staff',
  params: z.object({}),
  fields: {
    rungMinutes: f.whole(t('safety.duty.ladder.rung'), { min: 1, max: 60 }),
    rounds: f.whole(t('safety.duty.ladder.rounds'), { min: 1, max: 10 }),
    againMinutes: f.whole(t('safety.duty.ladder.again'), { min: 5, max: 240 }),
    reviewHours: f.whole(t('safety.duty.ladder.review'), { min: 1, max: 72 }),
  },
  async run(call, times) {
    await call.app.duties.setTimes(call.actor, times, call.now)
    return page(call, 0)
  },
})
