// The way of an alert to a human: asked in turn until somebody takes it, asked again until it is finished (CR-9, CR-10).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { roleOfStaff } from '../audit/by-staff.ts'
import type { Readings } from '../checkins/ports.ts'
import type { Case, CaseLine, Cases, NewWay, Step, Way, Ways } from '../cases/ports.ts'
import type { Groups } from '../groups/ports.ts'
import type { Announcement, People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { coverageOf, rungsNow, type Coverage } from './duty.ts'
import { nextStep, type NextStep, type Staff } from './ladder.ts'
import type { Duties } from './ports.ts'

type Parts = {
  readonly ways: Ways
  readonly cases: Cases
  readonly duties: Duties
  readonly people: Pick<People, 'list' | 'byId'>
  readonly readings: Pick<Readings, 'add'>
  readonly groups: Pick<Groups, 'seats'>
  readonly when: Pick<When, 'afterQuiet'>
  readonly newId: () => string
}

/** Why an alert is finished; `not-a-concern` is a false alarm (CR-16). */
export const endings = ['safe', 'services', 'plan', 'not-a-concern', 'drill'] as const
export type Ending = (typeof endings)[number]

export type Looked = {
  readonly one: Case
  readonly lines: readonly CaseLine[]
  readonly steps: readonly Step[]
  readonly way?: Way
  readonly person?: Person
}
export type Taken =
  | { readonly won: true; readonly againMinutes: number }
  /** Somebody else was faster. */
  | { readonly won: false; readonly by: string }

const batch = 50
const hourMs = 3_600_000
const manyStaff = 500

/** A pointer to a case, before everything else that is sent; `turn` tells one asking from the next. */
export const pageOf = (
  id: string,
  caseId: string,
  personId: string,
  now: Date,
  turn: string,
): Announcement => ({
  id,
  notice: 'page',
  params: { case: caseId },
  to: { kind: 'person', personId },
  dedupeKey: `page:${turn}:${personId}`,
  dueAt: now,
  priority: 0,
})

export function waysOf({ readings, groups, when, ways, cases, duties, people, newId }: Parts) {
  async function staffOf(programId: string, now: Date): Promise<Staff> {
    const [roster, facilitators, admins, { contact }] = await Promise.all([
      duties.of(programId),
      people.list(programId, { role: 'facilitator', limit: manyStaff }),
      people.list(programId, { role: 'admin', limit: manyStaff }),
      duties.ladder(programId),
    ])
    const everyone = facilitators.map(({ personId }) => personId)
    const isStaff = new Set([...everyone, ...admins.map(({ personId }) => personId)])
    return {
      // Somebody who lost the role is asked no more, whatever the roster says (SE-7).
      rungs: rungsNow(roster, now)
        .map((rung) => rung.filter((person) => isStaff.has(person)))
        .filter((rung) => rung.length > 0),
      everyone,
      contacts:
        contact !== undefined && isStaff.has(contact) ? [contact] : admins.map(({ personId }) => personId),
    }
  }

  const pages = (
    id: string,
    version: number,
    one: Pick<Case, 'id'>,
    step: NextStep,
    now: Date,
  ): Announcement[] =>
    step.ask.map((personId) => {
      const page = pageOf(newId(), one.id, personId, now, `${id}:${version}`)
      return step.what === 'contact' ? { ...page, notice: 'page-loud' } : page
    })
  const stepsOf = (step: NextStep, rung: number, now: Date): Step[] =>
    step.ask.length === 0
      ? [{ id: newId(), at: now, what: 'nobody', rung }]
      : step.ask.map((personId) => ({ id: newId(), at: now, what: step.what, personId, rung }))

  const told = (one: Case, notice: string, dueAt: Date, personId: string): Announcement => ({
    id: newId(),
    notice,
    params: { case: one.id },
    to: { kind: 'person', personId },
    dedupeKey: `${notice}:${one.id}:${personId}`,
    dueAt,
    priority: 1,
  })

  /** Everybody else who could read in a group's room what the alert is about, some time later, each in their own hours. */
  async function careForWitnesses(
    one: Case,
    { programId, personId: helper }: Person,
    now: Date,
  ): Promise<readonly Announcement[]> {
    const { groupId } = one
    if (one.source !== 'room' || groupId === undefined) return []
    const seats = await groups.seats(programId, groupId, ['in'])
    const ids = seats.map(({ personId }) => personId).filter((id) => id !== one.personId && id !== helper)
    const found = await Promise.all(ids.map((personId) => people.byId({ programId, personId })))
    const later = new Date(now.getTime() + hourMs)
    return found.flatMap((who) =>
      who ? [told(one, 'care-witness', when.afterQuiet(later, who.zone, who.quiet), who.personId)] : [],
    )
  }

  /** Those on duty now, or every facilitator: told once that something waits, without haste. */
  async function reviewers(programId: string, now: Date): Promise<readonly string[]> {
    const { rungs, everyone, contacts } = await staffOf(programId, now)
    return rungs[0] ?? (everyone.length > 0 ? everyone : contacts)
  }
  const review = (caseId: string, turn: string, personIds: readonly string[], now: Date): Announcement[] =>
    personIds.map((personId) => ({
      id: newId(),
      notice: 'review',
      params: { case: caseId },
      to: { kind: 'person', personId },
      dedupeKey: `review:${caseId}:${turn}:${personId}`,
      dueAt: now,
      priority: 1,
    }))

  /** Nobody looked in time at what was not urgent: everybody is told, and again the next day. */
  async function remind(one: Case & { readonly programId: string }, now: Date): Promise<void> {
    const { everyone, contacts } = await staffOf(one.programId, now)
    const dueAt = new Date(now.getTime() + 24 * hourMs)
    const announce = review(one.id, now.toISOString(), [...new Set([...everyone, ...contacts])], now)
    await cases.change(one.programId, one.id, ['open', 'claimed'], { dueAt }, now, { announce })
  }

  async function advance(way: Way, now: Date): Promise<boolean> {
    const [staff, ladder] = await Promise.all([staffOf(way.programId, now), duties.ladder(way.programId)])
    const step = nextStep(way, staff, ladder, now)
    const announce = pages(way.id, way.version, { id: way.caseId }, step, now)
    return ways.change(way, step.change, stepsOf(step, way.rung, now), { announce }, now)
  }

  const found = async (
    staff: Person,
    caseId: string,
  ): Promise<{ readonly one: Case; readonly way: Way | undefined }> => {
    const [one, way] = await Promise.all([
      cases.get(staff.programId, caseId),
      ways.of(staff.programId, caseId),
    ])
    if (!one) throw new Refusal(t('kit.stale'))
    return { one, way }
  }

  /** The first step, to be written in the transaction of the case itself (CR-3). */
  async function begin(
    programId: string,
    one: Case,
  ): Promise<{ way: NewWay; announce: readonly Announcement[] }> {
    const now = one.createdAt
    const [staff, ladder] = await Promise.all([staffOf(programId, now), duties.ladder(programId)])
    const step = nextStep({ state: 'notifying', rung: 0, round: 0 }, staff, ladder, now)
    const id = newId()
    return {
      way: { id, change: step.change, steps: stepsOf(step, 0, now) },
      announce: pages(id, -1, one, step, now),
    }
  }

  return {
    begin,

    /** For a case that can wait: those on duty hear that it is there. */
    reviewBy: async (programId: string, one: Case): Promise<readonly Announcement[]> =>
      review(one.id, 'new', await reviewers(programId, one.createdAt), one.createdAt),

    case: (programId: string, id: string) => cases.get(programId, id),

    /** What is due at `now`, until nothing is. */
    async run(now: Date, onError: (error: unknown) => void): Promise<void> {
      for (const one of await cases.due(now, batch)) await remind(one, now).catch(onError)
      for (;;) {
        const due = await ways.due(now, batch)
        let moved = 0
        for (const way of due) {
          const isMoved = await advance(way, now).catch((error: unknown) => {
            onError(error)
            return false
          })
          if (isMoved) moved += 1
        }
        // Those that failed are tried again at the next beat.
        if (due.length < batch || moved === 0) return
      }
    },
    async next(after: Date): Promise<Date | undefined> {
      const [way, one] = await Promise.all([ways.nextDue(after), cases.nextDue(after)])
      return way && one ? (way < one ? way : one) : (way ?? one)
    },

    /** Everything about one, for staff; that they read a person's words is on record, where that person sees it too. */
    async look(staff: Person, caseId: string, now: Date): Promise<Looked> {
      const one = await cases.get(staff.programId, caseId)
      if (!one || (one.kind !== 'alert' && one.kind !== 'drill')) throw new Refusal(t('kit.stale'))
      const way = await ways.of(staff.programId, caseId)
      const [lines, steps] = await Promise.all([
        cases.lines(staff.programId, caseId),
        way ? ways.steps(staff.programId, way.id) : [],
      ])
      const { personId } = one
      if (personId !== undefined) {
        const [actorId, actorRole] = [staff.personId, roleOfStaff(staff)]
        await readings.add({
          id: newId(),
          programId: staff.programId,
          readerId: actorId,
          readerRole: actorRole,
          personId,
          what: 'alert',
          rowId: caseId,
          at: now,
        })
      }
      const person =
        personId === undefined ? undefined : await people.byId({ programId: staff.programId, personId })
      return { one, lines, steps, ...(way && { way }), ...(person && { person }) }
    },

    /** Pages the roster with a made-up case. */
    async drill(staff: Person, id: string, now: Date): Promise<void> {
      const one: Case = {
        id,
        kind: 'drill',
        level: 'urgent',
        raisedBy: staff.personId,
        anonymous: false,
        source: 'drill',
        state: 'open',
        pointer: {},
        createdAt: now,
      }
      const { way, announce } = await begin(staff.programId, one)
      const audit = {
        actorId: staff.personId,
        actorRole: roleOfStaff(staff),
        act: 'drill',
        objectKind: 'case',
        objectId: id,
      } as const
      await cases.open(staff.programId, one, { way, announce, audit })
    },
    /** Seconds from the beginning until somebody was asked, took it, and finished it. */
    async times(programId: string, caseId: string) {
      const way = await ways.of(programId, caseId)
      const steps = way ? await ways.steps(programId, way.id) : []
      const until = (what: Step['what']): number | undefined => {
        const at = steps.find((step) => step.what === what)?.at
        return way && at && Math.round((at.getTime() - way.startedAt.getTime()) / 1000)
      }
      return { asked: until('notified'), taken: until('acknowledged'), finished: until('resolved') }
    },
    /** The newest first. */
    drills: (staff: Person, limit: number) => cases.ofKind(staff.programId, 'drill', { limit }),
    /** How many alerts there were since then, and how many of them the screen was wrong about (CR-16). */
    figures: (staff: Person, since: Date) => cases.countAlerts(staff.programId, since),

    /** One wins; the others hear who did. */
    async take(staff: Person, caseId: string, now: Date): Promise<Taken> {
      const { againMinutes } = await duties.ladder(staff.programId)
      for (;;) {
        const { one, way } = await found(staff, caseId)
        if (one.state === 'closed') throw new Refusal(t('safety.over'))
        // Somebody has it, unless it is being asked about again because they did not finish.
        const isHeld = way ? way.state === 'acknowledged' : one.state === 'claimed'
        if (isHeld && one.claimedBy === staff.personId) return { won: true, againMinutes }
        if (isHeld) return { won: false, by: one.claimedBy ?? '' }
        const tell =
          one.personId !== undefined && one.kind === 'alert'
            ? [told(one, 'seen-by-human', now, one.personId)]
            : []
        const audit = {
          actorId: staff.personId,
          actorRole: roleOfStaff(staff),
          act: 'acknowledge',
          objectKind: 'case',
          objectId: caseId,
          ...(one.personId !== undefined && { personId: one.personId }),
        } as const
        const claimed = { state: 'claimed', claimedBy: staff.personId, claimedAt: now } as const
        const isMine = await (way
          ? ways.change(
              way,
              {
                state: 'acknowledged',
                ackBy: staff.personId,
                ackAt: now,
                dueAt: new Date(now.getTime() + againMinutes * 60_000),
              },
              [{ id: newId(), at: now, what: 'acknowledged', personId: staff.personId, rung: way.rung }],
              { announce: tell, audit, case: claimed },
              now,
            )
          : cases.change(staff.programId, caseId, ['open'], claimed, now, { announce: tell, audit }))
        if (isMine) return { won: true, againMinutes }
      }
    },

    /** Asks one other person first; until they take it, the way goes on as if nobody had. */
    async handOver(staff: Person, caseId: string, to: string, now: Date): Promise<void> {
      const { way } = await found(staff, caseId)
      const other = await people.byId({ programId: staff.programId, personId: to })
      if (!other?.roles.some((role) => role === 'facilitator' || role === 'admin'))
        throw new Refusal(t('safety.hand-over.nobody'), 'to')
      if (way?.state !== 'acknowledged' || way.ackBy !== staff.personId)
        throw new Refusal(t('safety.hand-over.not-yours'))
      const { rungMinutes } = await duties.ladder(staff.programId)
      const step: NextStep = {
        change: {
          state: 'notifying',
          rung: 0,
          round: 0,
          dueAt: new Date(now.getTime() + rungMinutes * 60_000),
        },
        what: 'handed-over',
        ask: [to],
      }
      const isDone = await ways.change(
        way,
        step.change,
        stepsOf(step, 0, now),
        {
          announce: pages(way.id, way.version, { id: caseId }, step, now),
          audit: {
            actorId: staff.personId,
            actorRole: roleOfStaff(staff),
            act: 'hand-over',
            objectKind: 'case',
            objectId: caseId,
          },
          case: { state: 'open', claimedBy: null, claimedAt: null },
        },
        now,
      )
      if (!isDone) throw new Refusal(t('kit.stale'))
    },

    /** Only whoever took it finishes it. Care comes after: the person in a day, the others in an hour (C15). */
    async resolve(staff: Person, caseId: string, ending: Ending, now: Date): Promise<void> {
      const { one, way } = await found(staff, caseId)
      if (one.state === 'closed') throw new Refusal(t('safety.over'))
      if (one.claimedBy !== staff.personId || (way && way.state !== 'acknowledged'))
        throw new Refusal(t('safety.resolve.first'))
      const isReal = ending !== 'not-a-concern' && one.kind === 'alert'
      const care = isReal
        ? [
            told(one, 'care-helper', new Date(now.getTime() + hourMs), staff.personId),
            ...(one.personId === undefined
              ? []
              : [told(one, 'care-person', new Date(now.getTime() + 24 * hourMs), one.personId)]),
            ...(await careForWitnesses(one, staff, now)),
          ]
        : []
      const audit = {
        actorId: staff.personId,
        actorRole: roleOfStaff(staff),
        act: 'resolve',
        objectKind: 'case',
        objectId: caseId,
        why: ending,
        ...(one.personId !== undefined && { personId: one.personId }),
      } as const
      const closed = {
        state: 'closed',
        closedAt: now,
        closedBy: staff.personId,
        closed: ending,
        dueAt: null,
      } as const
      const isDone = await (way
        ? ways.change(
            way,
            { state: 'resolved', resolvedBy: staff.personId, resolvedAt: now, dueAt: null },
            [{ id: newId(), at: now, what: 'resolved', personId: staff.personId, rung: way.rung }],
            { announce: care, audit, case: closed },
            now,
          )
        : cases.change(staff.programId, caseId, ['claimed'], closed, now, { announce: care, audit }))
      if (!isDone) throw new Refusal(t('kit.stale'))
    },

    /** Whether anybody on duty watches now. */
    async coverage(programId: string, now: Date): Promise<Coverage> {
      return coverageOf(await duties.of(programId), now)
    },
  }
}
export type WaysOf = ReturnType<typeof waysOf>
