// When a wall-clock schedule is due. Instants in, instants out; nothing here asks the clock.
//
// croner walks the calendar of a cron expression without any zone ("floating" time, held as if it were UTC), and
// Temporal places each wall-clock time in its zone. Asked with a zone, croner says only the instant: where a
// gap swallows midnight (Nuuk springs from 23:00 to 24:00) the instant lies on the day after the one it stands for.
import { Cron } from 'croner'
import { Temporal } from 'temporal-polyfill'

export type LocalDay = string

/** One run of a schedule: the instant, and the local day that it stands for. */
export type Slot = { readonly at: Date; readonly day: LocalDay }

const dayMs = 86_400_000

const placed = new Map<string, Date>()

/** The first pass of a time that occurs twice; the end of the gap for a time that does not exist. */
export function atLocal(day: LocalDay, time: string, zone: string): Date {
  const key = `${day} ${time} ${zone}`
  const known = placed.get(key)
  if (known) return known
  if (placed.size > 10_000) placed.clear()
  const at = place(day, time, zone)
  placed.set(key, at)
  return at
}

function place(day: LocalDay, time: string, zone: string): Date {
  const wanted = Temporal.PlainDateTime.from(`${day}T${time}`)
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'compatible' })
  if (found.toPlainDateTime().equals(wanted)) return new Date(found.epochMilliseconds)
  // In a gap "compatible" lands as far behind its end as the wanted time was behind its start.
  const gapEnd = found.getTimeZoneTransition('previous')
  return new Date((gapEnd ?? found).epochMilliseconds)
}

type LocalTime = { readonly day: LocalDay; readonly time: string }

// A formatter takes 100 us to make and 15 us to use, and Temporal here takes longer than either.
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(zone: string): Intl.DateTimeFormat {
  const known = formatters.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    dateStyle: 'short',
    timeStyle: 'short',
  })
  formatters.set(zone, made)
  return made
}

/** Wall-clock day and time of an instant, like 2026-11-23 and 09:00. */
export function local(instant: Date, zone: string): LocalTime {
  const [day = '', time = ''] = formatterOf(zone).format(instant).split(', ')
  return { day, time }
}

export const localDay = (instant: Date, zone: string): LocalDay => local(instant, zone).day

export const localHour = (instant: Date, zone: string): number =>
  Number(local(instant, zone).time.slice(0, 2))

export const nextDay = (day: LocalDay): LocalDay =>
  new Date(Date.parse(`${day}T00:00Z`) + dayMs).toISOString().slice(0, 10)

const calendars = new Map<string, Cron>()

/** Throws on anything but a five-part expression. */
function calendarOf(cron: string): Cron {
  const known = calendars.get(cron)
  if (known) return known
  const made = new Cron(cron, { mode: '5-part', timezone: 'UTC', paused: true })
  calendars.set(cron, made)
  return made
}

function findNext(cron: string, zone: string, after: Date): Slot | undefined {
  const calendar = calendarOf(cron)
  const from = local(after, zone)
  // Start a day early: a gap moves a slot to an instant that is later than its wall-clock time.
  let floating: Date | null = new Date(Date.parse(`${from.day}T${from.time}Z`) - dayMs)
  while ((floating = calendar.nextRun(floating)) !== null) {
    const [day = '', time = ''] = floating.toISOString().slice(0, 16).split('T')
    const at = atLocal(day, time, zone)
    if (at > after) return { at, day }
  }
  return undefined
}

type Answer = { readonly after: Date; readonly slot: Slot | undefined }
const answers = new Map<string, Answer[]>()

/**
 * The first run strictly after an instant. In a rush thousands of schedules ask the same thing about the slot
 * that is due and the one behind it, so the last answers for each expression and zone are kept.
 */
export function nextSlot(cron: string, zone: string, after: Date): Slot | undefined {
  const key = `${cron} ${zone}`
  const kept = answers.get(key) ?? []
  const known = kept.find((answer) => answer.after <= after && answer.slot && after < answer.slot.at)
  if (known) return known.slot
  const slot = findNext(cron, zone, after)
  if (answers.size > 10_000) answers.clear()
  answers.set(key, [{ after, slot }, ...kept.slice(0, 3)])
  return slot
}

/** The first instant strictly after another, for what needs no more. */
export const nextRun = (cron: string, zone: string, after: Date): Date | undefined =>
  nextSlot(cron, zone, after)?.at

/** The first run at or after an instant. */
export const slotFrom = (cron: string, zone: string, from: Date): Slot | undefined =>
  nextSlot(cron, zone, new Date(from.getTime() - 1))

export type Quiet = { readonly from: string; readonly to: string }

const within = (time: string, { from, to }: Quiet): boolean =>
  from <= to ? from <= time && time < to : time >= from || time < to

/** The instant itself, or the end of the quiet hours that it falls in. */
export function afterQuiet(instant: Date, zone: string, quiet: Quiet | undefined): Date {
  if (!quiet) return instant
  const { day, time } = local(instant, zone)
  if (!within(time, quiet)) return instant
  return atLocal(time < quiet.to ? day : nextDay(day), quiet.to, zone)
}

/** When the next quiet hours begin, at or after an instant. */
export function nextQuiet(instant: Date, zone: string, quiet: Quiet): Date {
  const { day } = local(instant, zone)
  const today = atLocal(day, quiet.from, zone)
  return today >= instant ? today : atLocal(nextDay(day), quiet.from, zone)
}
