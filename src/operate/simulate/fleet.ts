// Programs that do not exist, of the size somebody asks about: where they are, when they ask, on which platform.
import type { Quiet } from '../../delivery/when.ts'

/** Members whose prompts fall due alike. */
export type Habit = {
  readonly cron: string
  readonly zone: string
  readonly quiet?: Quiet
}
export type SimulatedProgram = {
  readonly platform: 'discord' | 'slack'
  readonly members: number
  readonly habits: ReadonlyMap<string, Habit & { readonly members: number }>
}

/** What nobody measured: the shape of the fleet, as plain shares. */
export const assumed = {
  discordShare: 0.5,
  smallest: 8,
  largest: 120,
  /** Zone and weight. In none of them do quiet hours end on another day of UTC. */
  zones: [
    ['America/New_York', 40],
    ['America/Chicago', 25],
    ['America/Los_Angeles', 18],
    ['America/Denver', 10],
    ['America/Phoenix', 3],
    ['Europe/London', 2],
    ['America/Anchorage', 1],
    ['Pacific/Honolulu', 1],
  ],
  /** The hour at which a program asks its members, and weight. */
  hours: [
    ['09:00', 50],
    ['08:00', 20],
    ['18:00', 20],
    ['10:00', 10],
  ],
  /** Of the members, who keeps the program's hour; the others choose a quarter of an hour of their own. */
  keepsHour: 0.7,
  asksTwice: 0.2,
  quietHours: 0.1,
  quiet: { from: '22:00', to: '08:00' },
  /** Of the prompts, how many are answered, with how many presses and forms, within how many minutes. */
  answered: 0.6,
  eventsAnAnswer: 4,
  answerMinutes: 20,
} as const

/** Numbers from 0 to 1 that are the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

function weighted(
  choices: readonly (readonly [value: string, weight: number])[],
  random: () => number,
): string {
  let left = random() * choices.reduce((sum, [, weight]) => sum + weight, 0)
  for (const [value, weight] of choices) if ((left -= weight) < 0) return value
  return choices[0]?.[0] ?? ''
}

const daily = (time: string): string => `${Number(time.slice(3))} ${Number(time.slice(0, 2))} * * *`

function programOf(members: number, random: () => number): SimulatedProgram {
  const platform = random() < assumed.discordShare ? 'discord' : 'slack'
  const zone = weighted(assumed.zones, random)
  const hour = weighted(assumed.hours, random)
  const habits = new Map<string, Habit & { members: number }>()
  const add = (cron: string, isQuiet: boolean) => {
    const key = `${cron} ${isQuiet}`
    const known = habits.get(key)
    if (known) known.members += 1
    else habits.set(key, { cron, zone, members: 1, ...(isQuiet && { quiet: assumed.quiet }) })
  }
  for (let member = 0; member < members; member++) {
    const isQuiet = random() < assumed.quietHours
    const quarter = Math.floor(random() * 64)
    const own = `${String(6 + Math.floor(quarter / 4)).padStart(2, '0')}:${String((quarter % 4) * 15).padStart(2, '0')}`
    add(daily(random() < assumed.keepsHour ? hour : own), isQuiet)
    if (random() < assumed.asksTwice) add(daily('20:00'), isQuiet)
  }
  return { platform, members, habits }
}

export function makeFleet(members: number, random: () => number): readonly SimulatedProgram[] {
  const programs: SimulatedProgram[] = []
  for (let left = members; left > 0;) {
    const size = assumed.smallest + Math.floor(random() * (assumed.largest - assumed.smallest + 1))
    const program = programOf(Math.min(size, left), random)
    programs.push(program)
    left -= program.members
  }
  return programs
}
