// The program's own calendar, and what a member asked for around it: an agenda before, a question after (S12, C4).
import { createHash } from 'node:crypto'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { GroupKind } from '../journal/content.ts'
import type { Person, Self } from '../members/ports.ts'
import { cronOf } from '../prompts/cron.ts'
import type { Weekday } from '../prompts/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Session, SessionPrompt, Sessions } from './ports.ts'
import { shifted } from './times.ts'

type Parts = { readonly sessions: Sessions; readonly when: When }

/** The agenda comes this long before. */
const before = -60
const most = 30

export type SessionInput = {
  readonly id: string
  readonly name: string
  readonly kind: GroupKind
  readonly time: string
  readonly days: readonly Weekday[]
  readonly minutes: number
  readonly topic?: string | undefined
}

/** The same each time, so that of two presses at once one is written. */
const promptId = (...of: readonly string[]): string =>
  createHash('sha256').update(of.join(' ')).digest('base64url').slice(0, 22)

export function sessionsOf({ sessions, when }: Parts) {
  const timesOf = ({ cron, zone, minutes }: Pick<Session, 'cron' | 'zone' | 'minutes'>, now: Date) => {
    const at = (shift: number) => {
      const own = shifted(cron, shift)
      const next = when.nextRun(own, zone, now)
      return { cron: own, ...(next && { nextRunAt: next }) }
    }
    return { 'before-session': at(before), 'after-session': at(minutes) }
  }
  const own = async (person: Self, id: string): Promise<Session> => {
    const found = await sessions.get(person.programId, id)
    if (!found) throw notFound()
    return found
  }

  return {
    own,
    list: (person: Self) => sessions.list(person.programId),
    ofSchedule: (person: Self, schedule: string) => sessions.ofSchedule(person, schedule),
    next: ({ cron, zone }: Session, now: Date) => when.nextRun(cron, zone, now),

    async save(editor: Person, input: SessionInput, now: Date): Promise<Session> {
      const { id, name, kind, time, days, minutes, topic } = input
      if (days.length === 0) throw new Refusal(t('sessions.no-days'), 'days')
      const known = await sessions.list(editor.programId)
      const old = known.find((one) => one.id === id)
      if (!old && known.length >= most) throw new Refusal(t('sessions.too-many', { most }))
      const session: Session = {
        id,
        name,
        kind,
        cron: cronOf({ time, days }),
        zone: editor.program.zone,
        minutes,
        ...(topic !== undefined && { topic }),
        createdAt: old?.createdAt ?? now,
      }
      if (!(await sessions.put(editor.programId, session, timesOf(session, now)))) throw notFound()
      return session
    },

    async end(editor: Person, id: string, now: Date): Promise<void> {
      if (!(await sessions.end(editor.programId, id, now))) throw notFound()
    },

    /** Which of the two the person asked for, by session. */
    async asked(person: Person): Promise<ReadonlySet<string>> {
      return new Set(
        (await sessions.promptsOf(person)).map(({ sessionId, notice }) => `${notice} ${sessionId}`),
      )
    },

    async ask(
      person: Person,
      sessionId: string,
      notice: SessionPrompt['notice'],
      wanted: boolean,
      now: Date,
    ): Promise<void> {
      if (!wanted) return sessions.removePrompts(person, sessionId, notice)
      const session = await own(person, sessionId)
      const time = timesOf(session, now)[notice]
      await sessions.addPrompt(person, {
        id: promptId(person.personId, sessionId, notice),
        notice,
        sessionId,
        zone: session.zone,
        createdAt: now,
        ...time,
      })
    },
  }
}
