// Whether anybody is watching now, in words that stand wherever somebody writes (C1, CR-12).
import type { App } from '../../src/app.ts'
import type { Person } from '../../src/care/members/ports.ts'
import type { Coverage } from '../../src/care/safety/duty.ts'
import type { Call } from '../../src/kit/command.ts'
import { t, type Text } from '../../src/words/text.ts'
import { atTime } from './times.ts'

const patienceMs = 500
/** What is not known in time is said as the careful truth. */
const unknown: Coverage = { watched: false }

async function soon(work: Promise<Coverage>): Promise<Coverage> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Coverage>((resolve) => {
    timer = setTimeout(resolve, patienceMs, unknown)
  })
  try {
    return await Promise.race([work.catch(() => unknown), late])
  } finally {
    clearTimeout(timer)
  }
}

export function coverageWords(coverage: Coverage, zone: string, number: string | undefined): Text {
  const call = number === undefined ? {} : { number }
  const ending = number === undefined ? '.bare' : ''
  if (coverage.watched) return t(`safety.watched${ending}`, { until: atTime(coverage.until, zone), ...call })
  return coverage.next
    ? t(`safety.unwatched.next${ending}`, { next: atTime(coverage.next, zone), ...call })
    : t(`safety.unwatched${ending}`, call)
}

/** Fast, and never rejects. */
export async function watched({ app, actor, visitor, now }: Call<App, Person>): Promise<Text> {
  const where = { platform: visitor.platform, workspace: visitor.workspace }
  const lines = app.lines.in(app.lines.countryFor(actor, where), actor.programId, where)
  const coverage = await soon(app.alerts.coverage(actor.programId, now))
  return coverageWords(coverage, actor.zone, lines?.emergency[0]?.number)
}
