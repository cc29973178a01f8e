// How late prompts get at the peak of a day, and how many senders, shards and sockets that takes.
import { paces } from '../../delivery/pace.ts'
import { assumed, makeFleet, randomFrom, type SimulatedProgram } from './fleet.ts'
import type { Measured } from './measure.ts'
import { createLateness, dueOnce, rowsOf, sendAll } from './queue.ts'

/** What others set: no code of ours changes it. */
export const limits = {
  guildsAShard: 2_500,
  socketsAnApp: 10,
} as const
/** The bot's own: it opens so many, so that one may break. */
export const socketsAProcess = 2
/** Of what a machine does when it does nothing else, what it is planned for. */
const headroom = 0.5
/** What nobody minds. */
const promptlySeconds = 300
const graceSeconds = 3 * 3600
const dayMs = 86_400_000
/** A Monday before the clocks change in America and Europe. */
const begins = Date.UTC(2027, 2, 8)

type PlatformName = SimulatedProgram['platform']
export type OnPlatform = {
  readonly platform: PlatformName
  readonly programs: number
  readonly members: number
  /** Tokens, each with a sender of its own. */
  readonly senders: number
  readonly prompts: number
  readonly secondsLate: {
    readonly half: number
    readonly most: number
    readonly p99: number
    readonly worst: number
  }
  /** Later than the hours within which a prompt still makes sense: skipped by the bot, and recorded as missed. */
  readonly tooLate: number
  readonly busiestMinute: number
}
export type Plan = {
  readonly platform: PlatformName
  /** So many senders bring 99 of 100 prompts within five minutes. */
  readonly senders: number
  readonly programsASender: number
  /** Discord: gateway shards. Slack: sockets. */
  readonly connections: number
  readonly p99Seconds: number
}
export type Simulated = {
  readonly seed: number
  readonly members: number
  readonly days: number
  readonly asItIs: readonly OnPlatform[]
  readonly plan: readonly Plan[]
  readonly processes: number
  readonly sendsASecond: number
  readonly deliveriesASecond: number
  readonly measured: Measured
}

export type Wanted = {
  readonly members: number
  readonly days: number
  readonly seed: number
  /** Applications, each with a token and a sender of its own. */
  readonly senders: number
  readonly measured: Measured
  readonly progress: (what: string, done: number, of: number) => void
}

/** Programs in turn, as an operator who divides them would. */
const divided = (programs: readonly SimulatedProgram[], parts: number): readonly SimulatedProgram[][] => {
  const out: SimulatedProgram[][] = Array.from({ length: parts }, () => [])
  for (const [at, program] of programs.entries()) out[at % parts]?.push(program)
  return out
}

type Days = readonly { readonly from: Date; readonly to: Date }[]

/** The whole run of days for some programs on so many senders. */
function run(
  platform: PlatformName,
  programs: readonly SimulatedProgram[],
  senders: number,
  days: Days,
  tick: () => void = () => {},
) {
  const pace = paces[platform]
  const late = createLateness()
  const minutes = new Map<number, number>()
  const windows = new Map<number, number>()
  const free = Array.from({ length: senders }, () => 0)
  const parts = divided(programs, senders)
  for (const { from, to } of days) {
    const due = dueOnce(from, to)
    for (const [at, part] of parts.entries())
      free[at] = sendAll(rowsOf(part, due, pace), pace, free[at] ?? 0, (dueAt, sentAt) => {
        late.add(sentAt - dueAt)
        const minute = Math.floor(sentAt / 60_000)
        minutes.set(minute, (minutes.get(minute) ?? 0) + 1)
        const window = Math.floor(minute / assumed.answerMinutes)
        windows.set(window, (windows.get(window) ?? 0) + 1)
      })
    tick()
  }
  return {
    late,
    busiestMinute: Math.max(0, ...minutes.values()),
    busiestWindow: Math.max(0, ...windows.values()),
  }
}

/** The fewest senders with which nearly all are prompt. */
function fewest(platform: PlatformName, programs: readonly SimulatedProgram[], day: Days): number {
  const isPrompt = (senders: number) =>
    run(platform, programs, senders, day).late.within(0.99) <= promptlySeconds
  let enough = 1
  while (!isPrompt(enough) && enough < programs.length) enough *= 2
  let tooFew = Math.floor(enough / 2)
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2)
    if (isPrompt(middle)) enough = middle
    else tooFew = middle
  }
  return enough
}

const connectionsOf = (platform: PlatformName, programs: number, senders: number): number =>
  platform === 'discord'
    ? senders * Math.ceil(programs / senders / limits.guildsAShard)
    : senders * socketsAProcess

export function simulate({ members, days, seed, senders, measured, progress }: Wanted): Simulated {
  const fleet = makeFleet(members, randomFrom(seed))
  const all = Array.from({ length: days }, (_, at) => ({
    from: new Date(begins + at * dayMs),
    to: new Date(begins + (at + 1) * dayMs),
  }))
  const [first] = all
  const names: readonly PlatformName[] = ['discord', 'slack']
  const asItIs: OnPlatform[] = []
  const plan: Plan[] = []
  let sendsASecond = 0
  let deliveriesASecond = 0
  for (const platform of names) {
    const programs = fleet.filter((one) => one.platform === platform)
    if (programs.length === 0 || !first) continue
    let done = 0
    const seen = run(platform, programs, senders, all, () => progress(platform, ++done, days))
    asItIs.push({
      platform,
      programs: programs.length,
      members: programs.reduce((sum, one) => sum + one.members, 0),
      senders,
      prompts: seen.late.total,
      secondsLate: {
        half: seen.late.within(0.5),
        most: seen.late.within(0.95),
        p99: seen.late.within(0.99),
        worst: seen.late.worst,
      },
      tooLate: seen.late.beyond(graceSeconds),
      busiestMinute: seen.busiestMinute,
    })
    const needed = fewest(platform, programs, [first])
    const planned = run(platform, programs, needed, [first])
    plan.push({
      platform,
      senders: needed,
      programsASender: Math.ceil(programs.length / needed),
      connections: connectionsOf(platform, programs.length, needed),
      p99Seconds: planned.late.within(0.99),
    })
    sendsASecond += planned.busiestMinute / 60
    deliveriesASecond +=
      (planned.busiestWindow * assumed.answered * assumed.eventsAnAnswer) / (assumed.answerMinutes * 60)
  }
  const busiest = Math.max(
    sendsASecond / (measured.sends * headroom),
    deliveriesASecond / (measured.deliveries * headroom),
  )
  return {
    seed,
    members,
    days,
    asItIs,
    plan,
    // One process has one token of each platform.
    processes: Math.max(Math.ceil(busiest), ...plan.map((one) => one.senders)),
    sendsASecond: Math.ceil(sendsASecond),
    deliveriesASecond: Math.ceil(deliveriesASecond),
    measured: { sends: Math.round(measured.sends), deliveries: Math.round(measured.deliveries) },
  }
}

/** Where each figure comes from, so that nobody takes a guess for a fact. */
export const sources: readonly (readonly [kind: 'limit' | 'own' | 'measured' | 'assumed', says: string])[] = [
  [
    'limit',
    `Discord: 50 requests a second for one bot; the bot keeps to ${paces.discord.limit} in ${paces.discord.windowMs} ms`,
  ],
  ['limit', `Discord: ${limits.guildsAShard} servers for one gateway shard`],
  ['limit', `Slack: one message a second for one conversation, ${limits.socketsAnApp} sockets for one app`],
  ['own', `Slack: ${paces.slack.limit} messages a second for one sender, and ${socketsAProcess} sockets`],
  ['own', `processes are planned for ${headroom * 100} % of what was measured`],
  [
    'measured',
    'messages and deliveries a second: on this machine just now, SQLite, a platform that answers at once',
  ],
  [
    'assumed',
    `programs of ${assumed.smallest} to ${assumed.largest} members, half of them on Discord; ${assumed.keepsHour * 100} % keep the program’s hour, mostly 09:00; ${assumed.asksTwice * 100} % are asked twice`,
  ],
  [
    'assumed',
    `${assumed.answered * 100} % of prompts are answered within ${assumed.answerMinutes} minutes, by ${assumed.eventsAnAnswer} presses and forms each`,
  ],
]
