// /today: for staff. Who needs a reply first, then only what members chose to share (feature rows 123, 125).
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { SeenCase } from '../src/care/cases/sight.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { openAlert } from './alerts.ts'
import { seeDuty } from './duty.ts'
import { rosterPage } from './roster.ts'
import { readShared } from './shared.ts'
import { coverageWords } from './words/coverage.ts'
import { caseDoor, casesDoor } from './words/doors.ts'
import { atTime } from './words/times.ts'

type Asking = Call<App, Person>
const perPage = 5
const weekMs = 7 * 86_400_000

async function rowOf({ app, actor }: Asking, one: SeenCase, number: number): Promise<readonly Part[]> {
  const said = {
    level: t(`safety.alert.${one.level}`),
    kind: t(`safety.kind.${one.kind}`),
    at: atTime(one.createdAt, actor.zone),
  }
  const by = one.claimedBy
  const isAlert = one.kind === 'alert' || one.kind === 'drill'
  return [
    by === undefined
      ? t('safety.today.row', said)
      : t('safety.today.row.taken', { ...said, name: await app.roster.nameOf(actor, by) }),
    button(t('safety.today.open', { number }), isAlert ? openAlert : caseDoor, { case: one.id }),
  ]
}

async function shared({ app, actor, now }: Asking): Promise<readonly Part[]> {
  const found = await app.roster.sharedLately(actor, now, perPage)
  if (found.length === 0) return [t('safety.today.shared.none')]
  const rows = await Promise.all(
    found.map(async ({ id, personId }) =>
      button(t('safety.today.read', { name: await app.roster.nameOf(actor, personId) }), readShared, {
        ci: id,
      }),
    ),
  )
  return [t('safety.today.shared'), ...rows]
}

async function page(call: Asking, after?: string, from = 0): Promise<Message> {
  const { app, actor, now } = call
  const found = await app.cases.waiting(actor, {}, perPage + 1, after)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const [rows, figures, coverage, unreached] = await Promise.all([
    Promise.all(shown.map((one, at) => rowOf(call, one, from + at + 1))),
    app.alerts.figures(actor, new Date(now.getTime() - weekMs)),
    app.alerts.coverage(actor.programId, now),
    app.roster.unreached(actor),
  ])
  return say(
    heading(t('safety.today.title', { program: actor.program.name })),
    t(shown.length === 0 ? 'safety.today.none' : 'safety.today.waiting'),
    ...rows.flat(),
    ...(found.length > perPage && last
      ? [button(t('safety.today.more'), moreToday, { after: last.id, from: String(from + perPage) })]
      : []),
    ...(after === undefined ? await shared(call) : []),
    ...(unreached > 0 ? [small(t('safety.today.unreached', { count: unreached }))] : []),
    button(t('cases.title'), casesDoor, {}),
    button(t('safety.today.roster'), rosterPage, {}),
    button(t('safety.duty.title'), seeDuty, {}),
    small(t('safety.today.figures', figures)),
    small(coverageWords(coverage, actor.zone, undefined)),
    small(t('safety.today.readers')),
  )
}

export const today = defineCommand({
  name: 'today',
  title: t('safety.today.command.title'),
  description: t('safety.today.command.about'),
  permit: 'facilitator',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const moreToday = defineAction({
  id: 'td',
  permit: 'facilitator',
  params: z.object({ after: z.string().optional(), from: z.string().regex(/^\d+$/) }),
  run: async (call, { after, from }) => ({
    kind: 'update',
    message: await page(call, after, Number(from)),
  }),
})
