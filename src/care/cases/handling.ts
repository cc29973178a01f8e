// What staff do with what was brought to them: look, take, answer, note, close. Everything is on record, and nothing is changed later.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { byStaff, isStaff, roleOfStaff } from '../audit/by-staff.ts'
import type { Audits } from '../audit/ports.ts'
import type { Readings } from '../checkins/ports.ts'
import { notFound } from '../entries/keeping.ts'
import type { Group, Groups } from '../groups/ports.ts'
import type { RoomKeepers, RoomTrouble } from '../groups/room-keeper.ts'
import { leads } from '../groups/rules.ts'
import type { Measure, Measures } from '../measures/ports.ts'
import type { Announcement, Announcements, People, Person, Platform } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Taken, WaysOf } from '../safety/ways.ts'
import type { Case, CaseKind, Cases, NewLine, Ways } from './ports.ts'
import { closingsOf, type Closing } from './reasons.ts'
import { asSeen, lineAsSeen, type SeenCase, type SeenLine, type Sight } from './sight.ts'

type Parts = {
  readonly cases: Cases
  readonly ways: Ways
  readonly alerts: Pick<WaysOf, 'take'>
  readonly sight: Sight
  readonly groups: Groups
  readonly measures: Measures
  readonly people: Pick<People, 'byId'>
  readonly keepers: RoomKeepers
  readonly audits: Pick<Audits, 'add'>
  readonly readings: Pick<Readings, 'add'>
  readonly announcements: Pick<Announcements, 'put'>
  readonly when: When
  readonly newId: () => string
}

/** The message that was reported, or why it cannot be shown here. */
export type Reported =
  | { readonly kind: 'words'; readonly words: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'elsewhere' }
export type Looked = {
  readonly one: SeenCase
  readonly lines: readonly SeenLine[]
  readonly reported?: Reported
  readonly measure?: Measure
  readonly group?: Group
  /** Whether whoever looks leads that group. */
  readonly leads: boolean
}
export type Wanted = { readonly mine?: true; readonly kind?: CaseKind }

const everyWaiting = 10_000
const answerable: readonly CaseKind[] = ['report', 'question', 'worry', 'appeal']

export function handlingOf(parts: Parts) {
  const { cases, ways, alerts, sight, groups, measures, people, keepers, audits, readings } = parts
  const { announcements, when, newId } = parts

  async function held(staff: Person, id: string): Promise<Case> {
    const one = await sight.case(staff, id)
    if (one.state === 'closed') throw new Refusal(t('cases.closed.already'))
    if (one.claimedBy !== staff.personId) throw new Refusal(t('cases.take.first'))
    return one
  }
  /** Never names somebody who wrote without a name. */
  const whose = (one: Case) => {
    const { raisedBy } = asSeen(one)
    return raisedBy === undefined ? {} : { personId: raisedBy }
  }
  /** At a good hour for them. */
  async function told(
    staff: Person,
    one: Case,
    personId: string | undefined,
    notice: string,
    turn: string,
    now: Date,
  ): Promise<readonly Announcement[]> {
    const person = personId && (await people.byId({ programId: staff.programId, personId }))
    if (!person) return []
    return [
      {
        id: newId(),
        notice,
        params: { case: one.id },
        to: { kind: 'person', personId: person.personId },
        dedupeKey: `${notice}:${one.id}:${turn}`,
        dueAt: when.afterQuiet(now, person.zone, person.quiet),
        priority: 1,
      },
    ]
  }
  const heardIn = (one: Case) => (answerable.includes(one.kind) ? one.raisedBy : undefined)
  const lineOf = (writer: Person, side: NewLine['side'], words: string, at: Date): NewLine => ({
    id: newId(),
    writer,
    side,
    words,
    at,
  })

  /** A room that the bot keeps for this program; other rooms are not read, whatever a pointer says. */
  async function placeOf(staff: Person, { pointer }: Case) {
    const { platform, room, message } = pointer
    if (platform === undefined || room === undefined || message === undefined) return undefined
    const group = await groups.byRoom(platform as Platform, room)
    const keeper = keepers(platform as Platform)
    if (group?.programId !== staff.programId || !keeper) return undefined
    return { keeper, workspace: group.workspace, room, message }
  }
  async function reportedIn(staff: Person, one: Case): Promise<Reported | undefined> {
    if (one.kind !== 'report') return undefined
    const place = await placeOf(staff, one)
    const found = await place?.keeper.read(place.workspace, place.room, place.message).catch(() => undefined)
    if (found?.ok) return { kind: 'words', words: found.value.words }
    return { kind: found?.why === 'gone' ? 'gone' : 'elsewhere' }
  }

  return {
    mayHandle: sight.mayHandle,

    /** What waits, the most urgent first and then the oldest; alerts among them. */
    async waiting(
      staff: Person,
      wanted: Wanted,
      limit: number,
      after?: string,
    ): Promise<readonly SeenCase[]> {
      const [all, led] = await Promise.all([
        cases.waiting(staff.programId, {
          limit: everyWaiting,
          ...(wanted.kind && { kinds: [wanted.kind] }),
        }),
        sight.ledBy(staff),
      ])
      const mine = all.filter(({ claimedBy }) => wanted.mine !== true || claimedBy === staff.personId)
      const start = after === undefined ? 0 : mine.findIndex(({ id }) => id === after) + 1
      const found: SeenCase[] = []
      for (const one of mine.slice(start)) {
        const isAlert = one.kind === 'alert' || one.kind === 'drill'
        if (isAlert || (await sight.mayHandle(staff, one, led))) found.push(asSeen(one))
        if (found.length === limit) break
      }
      return found
    },

    /** What was brought about one person, newest first. */
    async about(staff: Person, personId: string, limit: number): Promise<readonly SeenCase[]> {
      const all = await cases.about(staff.programId, personId, { limit: 50 })
      const found: SeenCase[] = []
      for (const one of all)
        if (one.kind !== 'alert' && (await sight.mayHandle(staff, one))) found.push(asSeen(one))
      return found.slice(0, limit)
    },

    /** That somebody read it is on record before it is shown. */
    async look(staff: Person, id: string, now: Date): Promise<Looked> {
      const one = await sight.case(staff, id)
      if (one.raisedBy === undefined)
        await audits.add(staff.programId, byStaff(staff, 'read', one.kind, id, whose(one)), now)
      else
        await readings.add({
          id: newId(),
          programId: staff.programId,
          readerId: staff.personId,
          readerRole: roleOfStaff(staff),
          personId: one.raisedBy,
          what: one.kind,
          rowId: id,
          at: now,
          nameless: one.anonymous,
        })
      const { groupId, pointer } = one
      const [lines, reported, measure, group, seat] = await Promise.all([
        cases.lines(staff.programId, id),
        reportedIn(staff, one),
        pointer['measure'] === undefined ? undefined : measures.get(staff.programId, pointer['measure']),
        groupId === undefined ? undefined : groups.get(staff.programId, groupId),
        groupId === undefined ? undefined : groups.seat(staff, groupId),
      ])
      return {
        one: asSeen(one),
        lines: lines.map((line) => lineAsSeen(one, line)),
        ...(reported && { reported }),
        ...(measure && { measure }),
        ...(group && { group }),
        leads: group !== undefined && leads(staff, seat),
      }
    },

    /** One takes it; the others hear who. */
    async take(staff: Person, id: string, now: Date): Promise<Pick<Taken, 'won'> & { readonly by: string }> {
      const one = await sight.case(staff, id)
      const me = { won: true, by: staff.personId }
      if (await ways.of(staff.programId, id)) {
        const taken = await alerts.take(staff, id, now)
        return taken.won ? me : taken
      }
      if (one.state === 'closed') throw new Refusal(t('cases.closed.already'))
      const claimed = { state: 'claimed', claimedBy: staff.personId, claimedAt: now } as const
      const audit = byStaff(staff, 'claim-case', 'case', id)
      if (await cases.change(staff.programId, id, ['open'], claimed, now, { audit })) return me
      const { claimedBy } = await sight.case(staff, id)
      return { won: claimedBy === staff.personId, by: claimedBy ?? '' }
    },

    /** From somebody who is away or asked for it; they see who has it now. */
    async takeOver(staff: Person, id: string, now: Date): Promise<void> {
      const one = await sight.case(staff, id)
      if (one.state !== 'claimed' || (await ways.of(staff.programId, id)))
        throw new Refusal(t('cases.changed'))
      const claimed = { claimedBy: staff.personId, claimedAt: now }
      const audit = byStaff(staff, 'hand-over', 'case', id)
      if (!(await cases.change(staff.programId, id, ['claimed'], claimed, now, { audit })))
        throw new Refusal(t('cases.changed'))
    },

    /** To the person, who reads it by a pointer. */
    async answer(staff: Person, id: string, words: string, now: Date): Promise<void> {
      const one = await held(staff, id)
      if (heardIn(one) === undefined) throw new Refusal(t('cases.nobody'))
      const line = lineOf(staff, 'staff', words, now)
      const announce = await told(staff, one, heardIn(one), 'case-answer', line.id, now)
      const audit = byStaff(staff, 'answer-case', 'case', id, whose(one))
      if (
        !(await cases.change(staff.programId, id, ['claimed'], { dueAt: null }, now, {
          line,
          announce,
          audit,
        }))
      )
        throw new Refusal(t('cases.changed'))
    },

    /** For staff alone; at any time, closed or not. */
    async note(staff: Person, id: string, words: string, now: Date): Promise<void> {
      await sight.case(staff, id)
      const audit = byStaff(staff, 'note-case', 'case', id)
      await cases.add(staff.programId, id, lineOf(staff, 'note', words, now), { audit })
    },

    async close(staff: Person, id: string, why: Closing, now: Date): Promise<void> {
      const one = await held(staff, id)
      if (!closingsOf(one.kind).includes(why)) throw new Refusal(t('kit.problem.choice'))
      const closed = {
        state: 'closed',
        closedAt: now,
        closedBy: staff.personId,
        closed: why,
        dueAt: null,
      } as const
      const announce = await told(staff, one, heardIn(one), 'case-closed', String(now.getTime()), now)
      const audit = byStaff(staff, 'close-case', 'case', id, { why, ...whose(one) })
      const way = await ways.of(staff.programId, id)
      const step = way && {
        id: newId(),
        at: now,
        what: 'resolved' as const,
        personId: staff.personId,
        rung: way.rung,
      }
      const resolved = {
        state: 'resolved',
        resolvedBy: staff.personId,
        resolvedAt: now,
        dueAt: null,
      } as const
      const isDone = await (way && step
        ? ways.change(way, resolved, [step], { announce, audit, case: closed }, now)
        : cases.change(staff.programId, id, ['claimed'], closed, now, { announce, audit }))
      if (!isDone) throw new Refusal(t('cases.changed'))
    },

    /** Undefined when it is done; else why the platform does not let a bot do it, and a person has to. */
    async removeMessage(staff: Person, id: string, now: Date): Promise<RoomTrouble | undefined> {
      const one = await held(staff, id)
      const place = await placeOf(staff, one)
      if (!place) return 'not-possible'
      const { keeper, workspace, room, message } = place
      const answer = await keeper.remove(workspace, room, message)
      if (!answer.ok) return answer.why
      const more = one.personId === undefined ? {} : { personId: one.personId }
      await audits.add(staff.programId, byStaff(staff, 'remove-message', 'case', id, more), now)
      const say = await told(staff, one, one.personId, 'message-removed', 'once', now)
      await announcements.put(staff.programId, say, now)
      return undefined
    },

    /** Seconds between two messages of one person in the room of its group. Undefined when it is done. */
    async slow(staff: Person, id: string, seconds: number, now: Date): Promise<RoomTrouble | undefined> {
      const { groupId } = await sight.case(staff, id)
      const group = groupId === undefined ? undefined : await groups.get(staff.programId, groupId)
      if (!group || !leads(staff, await groups.seat(staff, group.id))) throw notFound()
      if (group.room === undefined) return 'gone'
      const answer = await keepers(group.platform)?.slow(group.workspace, group.room, seconds)
      if (answer?.ok !== true) return answer?.why ?? 'not-possible'
      const audit = byStaff(staff, 'change-group', 'group', group.id, { why: `slow-${seconds}` })
      await audits.add(staff.programId, audit, now)
      return undefined
    },

    /** Somebody of the staff with the same program: for what is told about a case. */
    async staffCase(staff: Person, id: string): Promise<SeenCase | undefined> {
      if (!isStaff(staff)) return undefined
      const one = await sight.case(staff, id).catch(() => undefined)
      return one && asSeen(one)
    },
  }
}
