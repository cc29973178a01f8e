// Recording how a day is: saved at once, edited, late, passed, shared by choice.
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { mayMeet } from '../members/ages.ts'
import type { Announcement, Audience, People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { CalendarDay } from '../insight/calendar.ts'
import { daysUpTo, summarise, type Day, type Summary } from '../insight/days.ts'
import type { Reminders } from '../prompts/ports.ts'
import type { CheckIn, CheckInAnswers, CheckIns, Readings } from './ports.ts'
import { isScale, questionsOf } from './questions.ts'

type Parts = {
  readonly checkIns: CheckIns
  readonly readings: Readings
  readonly people: Pick<People, 'byId'>
  readonly reminders: Pick<Reminders, 'aways'>
  readonly newId: () => string
  readonly when: When
}

export type NewCheckIn = {
  /** The id of the form or prompt it came from: sent twice, it is one check-in. */
  readonly id: string
  readonly answers: CheckInAnswers
  readonly forDay?: string | undefined
  readonly audience?: Audience | undefined
  readonly occurrence?: string | undefined
}

export type Progress = {
  readonly days: readonly Day[]
  readonly summary: Summary
  readonly questions: readonly string[]
}
export type SharedCheckIn = CheckIn & { readonly personId: string }

const notFound = () => new Refusal(t('kit.stale'))
const dayBefore = (day: string, days: number): string =>
  Temporal.PlainDate.from(day).subtract({ days }).toString()

export function checkInsOf({ checkIns, readings, people, reminders, newId, when }: Parts) {
  /** Today or yesterday: late is welcome, and said; the future is not a day one can speak of. */
  const dayFor = (person: Person, said: string | undefined, now: Date): { forDay: string; late: boolean } => {
    const today = when.localDay(now, person.zone)
    const forDay = said ?? today
    if (forDay > today) throw new Refusal(t('checkins.day.future'), 'day')
    if (forDay < dayBefore(today, 1)) throw new Refusal(t('checkins.day.old'), 'day')
    return { forDay, late: forDay < today }
  }

  /** A pointer in the room: no name, no answer. It opens only while the check-in is shared. */
  const announce = (
    person: Person,
    checkIn: CheckIn,
    before: CheckIn | undefined,
    now: Date,
  ): readonly Announcement[] => {
    const room = person.program.group
    if (checkIn.audience !== 'group' || before?.audience === 'group' || !room) return []
    const id = newId()
    return [
      {
        id,
        notice: 'shared-check-in',
        params: { checkIn: checkIn.id },
        to: { kind: 'room', room },
        dedupeKey: `share:${checkIn.id}`,
        dueAt: now,
        priority: 1,
      },
    ]
  }

  async function put(
    person: Person,
    checkIn: CheckIn,
    before: CheckIn | undefined,
    now: Date,
    occurrence?: string,
  ): Promise<CheckIn> {
    const more = {
      announce: announce(person, checkIn, before, now),
      ...(occurrence !== undefined && { occurrence }),
    }
    if (!(await checkIns.put(person, checkIn, more))) throw notFound()
    return checkIn
  }

  const own = async (person: Person, id: string): Promise<CheckIn> => {
    const found = await checkIns.get(person, id)
    if (!found) throw notFound()
    return found
  }

  return {
    own,

    async record(person: Person, input: NewCheckIn, now: Date): Promise<CheckIn> {
      const before = await checkIns.get(person, input.id)
      const audience = input.audience ?? before?.audience ?? person.defaultAudience
      if (audience === 'group' && !person.program.group)
        throw new Refusal(t('checkins.audience.no-group'), 'audience')
      const day = before && input.forDay === undefined ? before : dayFor(person, input.forDay, now)
      const checkIn: CheckIn = {
        id: input.id,
        forDay: day.forDay,
        late: day.late,
        at: before?.at ?? now,
        kind: 'answered',
        answers: input.answers,
        audience,
        ...(before && { editedAt: now }),
      }
      return put(person, checkIn, before, now, input.occurrence)
    },

    /** One answer at a time, as buttons give them; what was answered before stays. */
    async answer(
      person: Person,
      id: string,
      question: string,
      value: CheckInAnswers[string],
      now: Date,
      occurrence?: string,
    ): Promise<CheckIn> {
      const before = await checkIns.get(person, id)
      const base: CheckIn = before ?? {
        id,
        ...dayFor(person, undefined, now),
        at: now,
        kind: 'answered',
        answers: {},
        audience: person.defaultAudience === 'group' && !person.program.group ? 'me' : person.defaultAudience,
      }
      return put(
        person,
        { ...base, kind: 'answered', answers: { ...base.answers, [question]: value } },
        before,
        now,
        occurrence,
      )
    },

    /** Passing takes part. */
    async pass(person: Person, id: string, now: Date, occurrence?: string): Promise<CheckIn> {
      const before = await checkIns.get(person, id)
      if (before?.kind === 'answered') return before
      return put(
        person,
        { id, ...dayFor(person, undefined, now), at: now, kind: 'pass', answers: {}, audience: 'me' },
        before,
        now,
        occurrence,
      )
    },

    async share(person: Person, id: string, audience: Audience, now: Date): Promise<CheckIn> {
      const before = await own(person, id)
      if (audience === 'group' && !person.program.group) throw new Refusal(t('checkins.audience.no-group'))
      return put(person, { ...before, audience }, before, now)
    },

    /** The newest first, from before the one of that id. */
    recent: (person: Person, limit: number, before?: string) =>
      checkIns.recent(person, { limit, ...(before !== undefined && { before }) }),

    /** The last `length` days up to today, with the plain numbers for words. */
    async progress(person: Person, length: 7 | 30 | 90, now: Date): Promise<Progress> {
      const today = when.localDay(now, person.zone)
      const from = dayBefore(today, 2 * length - 1)
      const [rows, aways] = await Promise.all([
        checkIns.between(person, from, today),
        reminders.aways(person, from),
      ])
      const marked = rows.map(({ forDay, answers }) => ({
        forDay,
        values: Object.fromEntries(
          Object.entries(answers).filter((pair): pair is [string, number] => typeof pair[1] === 'number'),
        ),
      }))
      const days = daysUpTo(today, length, marked, aways)
      const before = daysUpTo(dayBefore(today, length), length, marked, aways)
      const questions = questionsOf(person.program.questions)
        .filter(isScale)
        .map(({ id }) => id)
      return { days, summary: summarise(questions, days, before), questions }
    },

    /** What each of the last `length` days was, up to today: a check-in, a pass, away, or nothing. */
    async calendar(person: Person, length: number, now: Date): Promise<readonly CalendarDay[]> {
      const today = when.localDay(now, person.zone)
      const from = dayBefore(today, length - 1)
      const [rows, aways] = await Promise.all([
        checkIns.between(person, from, today),
        reminders.aways(person, from),
      ])
      return Array.from({ length }, (_, index) => {
        const day = dayBefore(today, length - 1 - index)
        const own = rows.filter(({ forDay }) => forDay === day)
        const away = aways.some(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
        const mark = own.some(({ kind }) => kind === 'answered')
          ? 'part'
          : own.length > 0
            ? 'pass'
            : away
              ? 'away'
              : 'none'
        return { day, mark }
      })
    },

    /** For facilitators: what was shared, a page at a time. Opening one is what gets recorded. */
    sharedSince: (facilitator: Person, days: number, before: string | undefined, now: Date) =>
      checkIns.shared(facilitator.programId, {
        sinceDay: dayBefore(when.localDay(now, facilitator.zone), days - 1),
        limit: 10,
        ...(before !== undefined && { before }),
      }),

    /** One shared check-in in another's eyes; the reading is kept for its author to see. Same words for "not yours" and "not there". */
    async read(reader: Person, id: string, now: Date): Promise<SharedCheckIn> {
      const found = await checkIns.sharedOne(reader.programId, id)
      const facilitates = reader.roles.includes('facilitator')
      if (!found || (found.audience === 'facilitator' && !facilitates && found.personId !== reader.personId))
        throw notFound()
      if (!mayMeet(reader, await people.byId({ ...reader, personId: found.personId }))) throw notFound()
      if (found.personId !== reader.personId) {
        const readerRole = facilitates ? 'facilitator' : (reader.roles[0] ?? 'member')
        await readings.add({
          id: newId(),
          programId: reader.programId,
          readerId: reader.personId,
          readerRole,
          personId: found.personId,
          what: 'check-in',
          rowId: id,
          at: now,
        })
      }
      return found
    },
  }
}
