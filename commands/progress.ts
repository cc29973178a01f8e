// /progress: the last 7, 30 or 90 days as a picture, and the same in words.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { Call } from '../src/kit/command.ts'
import type { App } from '../src/app.ts'
import { questionById } from '../src/care/checkins/questions.ts'
import { drawCalendar } from '../src/care/insight/calendar.ts'
import { drawChart } from '../src/care/insight/chart.ts'
import type { Trend } from '../src/care/insight/days.ts'
import type { Person } from '../src/care/members/ports.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, list, picture, say, small, type Message } from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t, type Language, type Text } from '../src/words/text.ts'

const lengths = ['7', '30', '90'] as const
type Length = (typeof lengths)[number]
const daysIn = { '7': 7, '30': 30, '90': 90 } as const
/** A picture with more lines than this cannot be told apart. */
const linesAtMost = 4

const dayLabel = (day: string, language: Language, long: boolean): string =>
  new Intl.DateTimeFormat(language, {
    timeZone: 'UTC',
    ...(long ? { day: 'numeric', month: 'short' } : { weekday: 'short', day: 'numeric' }),
  }).format(new Date(`${day}T12:00:00Z`))
const rounded = (value: number): number => Math.round(value * 10) / 10

function sentence(id: string, trend: Trend | undefined): Text[] {
  const one = questionById(id)
  if (!one || trend?.now === undefined) return []
  const now = rounded(trend.now)
  if (trend.before === undefined) return [t('progress.average', { label: one.label, now })]
  const before = rounded(trend.before)
  const way = now === before ? 'same' : now > before ? 'up' : 'down'
  return [t(`progress.average.${way}`, { label: one.label, now, before })]
}

async function show({ app, actor, now, language }: Call<App, Person>, length: Length): Promise<Message> {
  const { days, summary, questions } = await app.checkIns.progress(actor, daysIn[length], now)
  const facts = { tookPart: summary.tookPart, of: summary.of }
  const others = lengths
    .filter((one) => one !== length)
    .map((one) => button(t('progress.other', { days: Number(one) }), seeWeek, { days: one }))
  const words = questions.flatMap((id) => sentence(id, summary.trends[id]))
  if (summary.tookPart === 0)
    return say(t('progress.none', { days: summary.of }), ...others, small(t('progress.readers')))
  const lines = questions.filter((id) => summary.trends[id]?.now !== undefined).slice(0, linesAtMost)
  const png = await drawChart({
    title: render(t('progress.title', { days: summary.of }), language),
    caption: render(t('progress.took-part', facts), language),
    empty: render(t('progress.no-numbers'), language),
    days: days.map(({ day, tookPart }) => ({ label: dayLabel(day, language, length !== '7'), tookPart })),
    lines: lines.map((id) => ({
      name: render(questionById(id)?.label ?? t('progress.title', { days: 0 }), language),
      values: days.map(({ values }) => values[id]),
    })),
  })
  return say(
    heading(t('progress.title', { days: summary.of })),
    picture(
      'progress.png',
      png,
      t('progress.alt', { ...facts, words: words.map((one) => render(one, language)).join(' ') }),
    ),
    t('progress.took-part', facts),
    ...(words.length > 0 ? [list(words)] : []),
    ...others,
    button(t('progress.calendar'), seeCalendar, { days: '35' }),
    small(t('progress.readers')),
  )
}

export const progress = defineCommand({
  name: 'progress',
  title: t('progress.command.title'),
  description: t('progress.command.about'),
  permit: 'member',
  wait: 'privately',
  options: {
    days: f.optional(
      f.choice(
        t('progress.days.label'),
        lengths.map((value) => ({ value, label: t('progress.other', { days: Number(value) }) })),
      ),
    ),
  },
  run: (call, { days }) => show(call, lengths.find((one) => one === days) ?? '7'),
})

export const seeWeek = defineAction({
  id: 'progress.see',
  permit: 'member',
  params: z.object({ days: z.enum(lengths) }),
  run: (call, { days }) => show(call, days),
})

const marks = ['part', 'pass', 'away', 'none'] as const
/** Monday first: the 1st of January 2024 was one. */
const weekdays = (language: Language) =>
  Array.from({ length: 7 }, (_, day) =>
    new Intl.DateTimeFormat(language, { timeZone: 'UTC', weekday: 'short' }).format(
      new Date(Date.UTC(2024, 0, 1 + day)),
    ),
  )

async function calendar({ app, actor, now, language }: Call<App, Person>, length: 35 | 90): Promise<Message> {
  const days = await app.checkIns.calendar(actor, length, now)
  const count = (mark: (typeof marks)[number]) => days.filter((one) => one.mark === mark).length
  const words = t('progress.calendar.words', {
    of: days.length,
    ...Object.fromEntries(marks.map((mark) => [mark, count(mark)])),
  })
  const said = render(words, language)
  const title = t('progress.calendar.title', { days: days.length })
  const png = await drawCalendar({
    title: render(title, language),
    caption: render(
      t('progress.took-part', { tookPart: days.length - count('none'), of: days.length }),
      language,
    ),
    weekdays: weekdays(language),
    legend: {
      part: render(t('progress.calendar.part'), language),
      pass: render(t('progress.calendar.pass'), language),
      away: render(t('progress.calendar.away'), language),
      none: render(t('progress.calendar.none'), language),
    },
    days,
    month: (day) =>
      new Intl.DateTimeFormat(language, { timeZone: 'UTC', month: 'short' }).format(
        new Date(`${day}T12:00:00Z`),
      ),
  })
  const other = length === 35 ? ('90' as const) : ('35' as const)
  return say(
    heading(title),
    picture('calendar.png', png, t('progress.calendar.alt', { words: said })),
    words,
    button(t('progress.calendar.longer', { days: Number(other) }), seeCalendar, { days: other }),
    button(t('progress.other', { days: 7 }), seeWeek, { days: '7' }),
    small(t('progress.readers')),
  )
}

export const seeCalendar = defineAction({
  id: 'progress.days',
  permit: 'member',
  params: z.object({ days: z.enum(['35', '90']) }),
  run: (call, { days }) => calendar(call, days === '35' ? 35 : 90),
})
