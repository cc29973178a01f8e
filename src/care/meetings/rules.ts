// What follows from a meeting's data alone: its dates, its time boxes, whose turn it is and who may run it.
import { z } from 'zod'
import shipped from '../../../content/meetings.json' with { type: 'json' }
import type { Group, Seat } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { When } from '../prompts/when.ts'
import { phases, type Meeting, type Phase, type Series } from './ports.ts'

const said = z.object({ en: z.string(), es: z.string() })
const box = z.object({ phase: z.enum(phases), minutes: z.number().int().positive(), prompt: said })
const boxes = z.array(box).length(phases.length).readonly()
const templates = z
  .object({
    process: boxes,
    psychoeducation: boxes,
    skills: boxes,
    'relapse-prevention': boxes,
    support: boxes,
  })
  .parse(shipped)
export type Box = z.output<typeof box>

const minuteMs = 60_000
export const weeksAhead = 4
const aheadMs = weeksAhead * 7 * 24 * 60 * minuteMs

/** A phase with its prompt, as long as fits this meeting's length. */
export function boxOf(
  { kind }: Pick<Group, 'kind'>,
  { minutes }: Pick<Meeting, 'minutes'>,
  phase: Phase,
): Box {
  const all = templates[kind === 'everyone' ? 'support' : kind]
  const whole = all.reduce((sum, one) => sum + one.minutes, 0)
  const found = all.find((one) => one.phase === phase)
  if (!found) throw new Error(`no phase ${phase} for ${kind}`)
  return { ...found, minutes: Math.max(1, Math.round((found.minutes * minutes) / whole)) }
}

export const nextPhase = (phase: Phase | undefined): Phase | undefined =>
  phases[phase === undefined ? 0 : phases.indexOf(phase) + 1]

export const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * minuteMs)

/** Meetings are planned as far ahead as that. */
export const ahead = (of: Date): Date => new Date(of.getTime() + aheadMs)

/** The dates of a series after `after`, up to `until`. */
export function slotsOf(
  { cron, zone }: Series,
  when: Pick<When, 'nextRun'>,
  after: Date,
  until: Date,
): readonly Date[] {
  const slots: Date[] = []
  for (let at = when.nextRun(cron, zone, after); at && at <= until; at = when.nextRun(cron, zone, at))
    slots.push(at)
  return slots
}

/** Whose week it is in the rota of those who host, in the order in which they came. */
export function hostFor(seats: readonly Seat[], slot: Date): string | undefined {
  const hosts = seats.filter(({ seat, state }) => seat === 'host' && state === 'in')
  const week = Math.floor(slot.getTime() / (7 * 24 * 60 * minuteMs))
  return hosts[week % Math.max(1, hosts.length)]?.personId
}

/** May run a meeting of this group. */
export const mayHost = (group: Group, seat: Seat | undefined, leads: boolean): boolean =>
  leads || (isInside(group, seat) && seat.seat === 'host')

/** Nobody of the staff has a seat in it, so its own people host. */
export const isPeerLed = (seats: readonly Seat[]): boolean =>
  !seats.some(({ seat, state }) => seat === 'facilitator' && state === 'in')
