// `handrail simulate`: measures this machine, runs the days, and says what it takes.
import { measureHere } from './measure.ts'
import { simulate, sources, type Simulated } from './simulate.ts'

const show = (seconds: number): string =>
  seconds < 120
    ? `${seconds} s`
    : seconds < 7200
      ? `${Math.round(seconds / 60)} min`
      : `${(seconds / 3600).toFixed(1)} h`
const count = (value: number): string => value.toLocaleString('en-US')
const names = { discord: 'Discord', slack: 'Slack' } as const

export function reportOf(found: Simulated): string {
  const asItIs = found.asItIs.map(
    ({ platform, programs, members, senders, prompts, secondsLate: late, tooLate, busiestMinute }) =>
      `  ${names[platform]}: ${count(members)} members of ${count(programs)} programs on ${senders} sender${senders === 1 ? '' : 's'}, ${count(prompts)} prompts, ${count(busiestMinute)} in the busiest minute
    late by: half ${show(late.half)}, 95 % ${show(late.most)}, 99 % ${show(late.p99)}, the last ${show(late.worst)}; ${count(tooLate)} would be skipped as too late`,
  )
  const plan = found.plan.map(
    ({ platform, senders, programsASender, connections, p99Seconds }) =>
      `  ${names[platform]}: ${count(senders)} ${platform === 'discord' ? 'token' : 'sender'}${senders === 1 ? '' : 's'} with ${count(programsASender)} programs each, ${count(connections)} ${platform === 'discord' ? 'shard' : 'socket'}${connections === 1 ? '' : 's'}; 99 % within ${show(p99Seconds)}`,
  )
  return [
    `${count(found.members)} members, ${found.days} days, seed ${found.seed}`,
    '',
    'As asked:',
    ...asItIs,
    '',
    'To bring 99 of 100 prompts within 5 minutes:',
    ...plan,
    `  ${count(found.sendsASecond)} messages and ${count(found.deliveriesASecond)} deliveries a second at the peak, of ${count(found.measured.sends)} and ${count(found.measured.deliveries)} that this machine does: ${count(found.processes)} process${found.processes === 1 ? '' : 'es'}`,
    '',
    'Where the figures come from:',
    ...sources.map(([kind, says]) => `  ${kind.padEnd(8)}  ${says}`),
  ].join('\n')
}

export type SimulateOptions = {
  readonly members: number
  readonly days: number
  readonly senders: number
  readonly seed: number
  readonly json?: boolean
}

/** Progress and the seed go to standard error, the result to standard output. */
export async function runSimulation({ json, ...wanted }: SimulateOptions): Promise<void> {
  const tell = (words: string) => process.stderr.write(`${words}\n`)
  tell(`seed ${wanted.seed}; measuring this machine …`)
  const measured = await measureHere()
  const progress = (what: string, done: number, of: number) => tell(`${what}: day ${done} of ${of}`)
  const found = simulate({ ...wanted, measured, progress })
  process.stdout.write(`${json ? JSON.stringify({ ...found, sources }, null, 2) : reportOf(found)}\n`)
}
