// /cases: for staff. What waits, the most urgent first, and from there each one.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { CaseKind } from '../src/care/cases/ports.ts'
import type { SeenCase } from '../src/care/cases/sight.ts'
import { button, heading, pick, say, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { openAlert } from './alerts.ts'
import { nameIn, staffReaders, type Asking } from './words/case-words.ts'
import { caseDoor, casesDoor, readyAnswersDoor } from './words/doors.ts'
import { atTime } from './words/times.ts'

const perPage = 5
const filters = ['all', 'mine', 'report', 'question', 'worry', 'appeal', 'alert', 'held'] as const
type Filter = (typeof filters)[number]

async function row(call: Asking, one: SeenCase, number: number): Promise<readonly Part[]> {
  const { actor } = call
  const by = one.claimedBy
  const isAlert = one.kind === 'alert' || one.kind === 'drill'
  const said = {
    number,
    kind: t(`safety.kind.${one.kind}`),
    at: atTime(one.createdAt, actor.zone),
    state:
      by === undefined
        ? t('cases.free')
        : by === actor.personId
          ? t('cases.taken.you')
          : t('cases.taken', { name: await nameIn(call, by) }),
  }
  return [
    one.level === 'normal'
      ? t('cases.row', said)
      : t('cases.row.level', { ...said, level: t(`cases.level.${one.level}`) }),
    button(t('cases.ask.open', { number }), isAlert ? openAlert : caseDoor, { case: one.id }),
  ]
}

const wanted = (filter: Filter): { readonly mine?: true; readonly kind?: CaseKind } =>
  filter === 'all' ? {} : filter === 'mine' ? { mine: true } : { kind: filter }

async function page(call: Asking, filter: Filter, after?: string, from = 0): Promise<Message> {
  const found = await call.app.cases.waiting(call.actor, wanted(filter), perPage + 1, after)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const rows = await Promise.all(shown.map((one, at) => row(call, one, from + at + 1)))
  return say(
    heading(t('cases.title')),
    ...(filter === 'all' ? [] : [t(`cases.filter.${filter}`)]),
    ...(shown.length === 0 ? [t('cases.none')] : rows.flat()),
    ...(found.length > perPage && last
      ? [button(t('cases.more'), casesDoor, { show: filter, after: last.id, from: String(from + perPage) })]
      : []),
    ...(after === undefined ? [] : [button(t('cases.back'), casesDoor, {})]),
    pick(
      t('cases.filter'),
      filterCases,
      {},
      filters.map((value) => ({ value, label: t(`cases.filter.${value}`) })),
    ),
    button(t('cases.ready'), readyAnswersDoor, {}),
    staffReaders,
  )
}

export const cases = defineCommand({
  name: 'cases',
  title: t('cases.command.title'),
  description: t('cases.command.about'),
  permit: 'staff',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 'all'),
})

const filterOf = (said: string | undefined): Filter => filters.find((one) => one === said) ?? 'all'

export const listCases = defineAction({
  ...casesDoor,
  permit: 'staff',
  run: async (call, { show, after, from }) => ({
    kind: 'update',
    message: await page(call, filterOf(show), after, Number(from ?? 0)),
  }),
})

export const filterCases = defineAction({
  id: 'ca.show',
  permit: 'staff',
  params: z.object({}),
  run: async (call, _params, chosen) => ({ kind: 'update', message: await page(call, filterOf(chosen)) }),
})
