// What is worth an operator's attention in what was found: pure, so that each sentence can be tested.
import { erasedAt } from '../../care/privacy/removals.ts'
import { coverageOf } from '../../care/safety/duty.ts'
import { linesFor, standingOf, verificationDays } from '../../care/safety/helplines.ts'
import { good, problem, warning, type Finding } from './finding.ts'
import type { ProgramSeen } from '../../store/look.ts'

/** `mode` as `stat` gives it; undefined when there is no file. */
export function aboutKeyFile(path: string, mode: number | undefined, sealedPeople: number): Finding {
  if (mode === undefined && sealedPeople > 0)
    return problem(
      'key-file',
      `The key file ${path} is missing, and what ${sealedPeople} people wrote cannot be opened without it. Put it back from its backup.`,
    )
  if (mode === undefined) return good('key-file', `There is no key file yet; the first start makes ${path}.`)
  if ((mode & 0o077) !== 0)
    return problem('key-file', `Others on this machine can read the key file ${path}. Run: chmod 600 ${path}`)
  return good('key-file', `Only its owner can read the key file ${path}.`)
}

/** `today` like 2026-11-23. */
export function aboutProgram(program: ProgramSeen, today: string): readonly Finding[] {
  const { name, country, facilitators, rooms, reviews } = program
  const found: Finding[] = []
  if (facilitators === 0)
    found.push(
      warning(
        'program',
        `${name} has no facilitator. An admin names one with /setup, so that somebody looks.`,
      ),
    )
  if (rooms === 0)
    found.push(
      warning(
        'program',
        `${name} has no group room. An admin names one with /setup; until then nothing is shared with a group.`,
      ),
    )
  if (found.length === 0) found.push(good('program', `${name} has a facilitator and a group room.`))
  const shown = linesFor(country, reviews)
  if (shown === undefined)
    return [
      ...found,
      warning(
        'crisis-lines',
        `${name} is in ${country}, for which no crisis lines are bundled: people see the international page.`,
      ),
    ]
  const stale = shown.lines.filter((line) => standingOf(line, today).kind !== 'verified')
  const lines =
    stale.length === 0
      ? good('crisis-lines', `${name}: every crisis line was verified in the last ${verificationDays} days.`)
      : warning(
          'crisis-lines',
          `${name}: nobody has verified these crisis lines in the last ${verificationDays} days: ${stale.map((line) => line.name).join(', ')}. An admin calls each, or reads its page, and says so: /setup, “Look at the lines”.`,
        )
  return [...found, lines]
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10)

/** A program whose bot was put out of its server or workspace, and what becomes of it. */
export const aboutRemoval = ({ name, removedAt }: ProgramSeen): readonly Finding[] =>
  removedAt === undefined
    ? []
    : [
        warning(
          'removed',
          `The bot was removed from ${name} on ${dayOf(removedAt)}. Nothing is sent there, and everything of it will be erased on ${dayOf(erasedAt(removedAt))}. Inviting the bot again before then keeps it all.`,
        ),
      ]

const hourMs = 3_600_000
const hoursAhead = 168

/** When nobody is on duty in the week ahead, as spans in milliseconds since 1970. */
function gapsIn(
  { duties }: ProgramSeen,
  now: Date,
): readonly { readonly from: number; readonly to: number }[] {
  const end = now.getTime() + hoursAhead * hourMs
  const gaps: { from: number; to: number }[] = []
  for (let at = now.getTime(); at < end;) {
    const seen = coverageOf(duties, new Date(at))
    const to = Math.min(end, (seen.watched ? seen.until : seen.next)?.getTime() ?? end)
    if (!seen.watched) gaps.push({ from: at, to })
    at = to
  }
  return gaps
}

/** Hours without anybody are a choice of the program, and people are told so; no hour with somebody is not. */
export function aboutRoster(program: ProgramSeen, now: Date): readonly Finding[] {
  const { name, unreachedOnDuty, zone } = program
  const gaps = gapsIn(program, now)
  const open = gaps.reduce((sum, { from, to }) => sum + to - from, 0) / hourMs
  const [longest] = gaps.toSorted((one, other) => other.to - other.from - (one.to - one.from))
  const local = (at: number) =>
    new Date(at).toLocaleString('en-GB', {
      timeZone: zone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
  const roster =
    open >= hoursAhead
      ? warning(
          'roster',
          `${name}: nobody is on duty in the week ahead. An urgent text asks every facilitator at once; /duty makes a roster.`,
        )
      : longest === undefined
        ? good('roster', `${name}: somebody is on duty at every hour of the week ahead.`)
        : good(
            'roster',
            `${name}: nobody is on duty for ${Math.round(open)} of the next ${hoursAhead} hours, at most from ${local(longest.from)} to ${local(longest.to)} (${zone}); people are told so whenever they write. If that is not meant: /duty.`,
          )
  return unreachedOnDuty === 0
    ? [roster]
    : [
        roster,
        problem(
          'roster',
          `${name}: ${unreachedOnDuty} of those on the roster cannot be reached by a direct message. They open direct messages from the server or workspace, and type /home.`,
        ),
      ]
}

const mb = 1_000_000
/** `free` in bytes, for this user. */
export function aboutDisk(folder: string, free: number | undefined): Finding {
  if (free === undefined) return warning('disk', `The machine does not say how much is free at ${folder}.`)
  const says = `${Math.floor(free / mb)} MB are free at ${folder}.`
  if (free < 200 * mb) return problem('disk', `${says} When it is full, nothing can be saved. Make room now.`)
  return free < 2000 * mb
    ? warning('disk', `${says} A backup needs as much again as the database: make room.`)
    : good('disk', says)
}

const slackWindowMs = 5 * 60_000
const driftMs = 30_000
const builtMs = Date.UTC(2026, 0, 1)

/** `theirs` is the hour a platform answered with, in milliseconds since 1970; undefined when none was asked. */
export function aboutClock(ours: number, theirs: number | undefined): Finding {
  if (ours < builtMs)
    return problem(
      'clock',
      'The clock of this machine is years behind. Set it, or prompts come at wrong times.',
    )
  if (theirs === undefined) return good('clock', `This machine says it is ${new Date(ours).toISOString()}.`)
  const seconds = Math.round(Math.abs(ours - theirs) / 1000)
  const says = `The clock of this machine is ${seconds} s away from the platform's.`
  if (Math.abs(ours - theirs) >= slackWindowMs)
    return problem(
      'clock',
      `${says} Slack refuses what is signed 5 minutes off. Turn on time synchronisation.`,
    )
  return Math.abs(ours - theirs) >= driftMs
    ? warning('clock', `${says} Turn on time synchronisation.`)
    : good('clock', says)
}
