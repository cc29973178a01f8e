// Measures about a person: said to them with who, why and until when; they end by themselves, and can be appealed.
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { byStaff, isStaff } from '../audit/by-staff.ts'
import type { Entries } from '../entries/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { GroupsOf } from '../groups/groups.ts'
import type { Group, Groups } from '../groups/ports.ts'
import type { RoomAnswer, RoomKeeper, RoomKeepers, RoomTrouble } from '../groups/room-keeper.ts'
import { isLive } from '../groups/rules.ts'
import { takesPart } from '../members/directory.ts'
import type { Announcement, People, Person, Platform, Programs, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Measure, MeasureKind, MeasureReason, Measures } from './ports.ts'

type Parts = {
  readonly measures: Measures
  readonly people: Pick<People, 'byId'>
  readonly groups: Groups
  readonly leading: Pick<GroupsOf, 'led' | 'remove'>
  readonly programs: Pick<Programs, 'places'>
  readonly entries: Entries
  readonly keepers: RoomKeepers
  readonly when: When
  readonly newId: () => string
}
export type NewMeasure = {
  readonly id: string
  readonly who: string
  readonly reason: MeasureReason
  readonly caseId?: string | undefined
  readonly groupId?: string | undefined
  /** Only the person reads them, and whoever looks at an appeal. */
  readonly words?: string | undefined
}
/** What a platform could not do, so that a person does it by hand; undefined when all was done. */
export type ByHand = RoomTrouble | undefined
/** As the person sees it. */
export type OwnMeasure = { readonly measure: Measure; readonly words?: string }
export type Standing = {
  readonly person: Person
  readonly measures: readonly Measure[]
  /** Groups led by whoever looks in which this person has a seat. */
  readonly led: readonly Group[]
}

const minuteMs = 60_000
const batch = 50
const shape = z.object({ words: z.string() })

export function measuresOf(parts: Parts) {
  const { measures, people, groups, leading, programs, entries, keepers, when, newId } = parts
  const said = keepingOf('measure-words', shape, { entries, when })

  /** Somebody who takes part; staff settle things among themselves by other means. */
  async function target({ programId, personId }: Person, who: string): Promise<Person> {
    const person = await people.byId({ programId, personId: who })
    if (!person || who === personId || isStaff(person) || !person.roles.some(takesPart)) throw notFound()
    return person
  }
  const told = (notice: string, { id, personId }: Measure, dueAt: Date): Announcement => ({
    id: newId(),
    notice,
    params: { measure: id },
    to: { kind: 'person', personId },
    dedupeKey: `${notice}:${id}`,
    dueAt,
    priority: 1,
  })

  /** False when it was sent twice. */
  async function begin(
    staff: Person,
    kind: MeasureKind,
    { id, who, reason, caseId, groupId, words }: NewMeasure,
    now: Date,
    until?: Date,
  ): Promise<Measure | undefined> {
    const measure: Measure = {
      id,
      personId: who,
      kind,
      by: staff.personId,
      reason,
      since: now,
      ...(caseId !== undefined && { caseId }),
      ...(groupId !== undefined && { groupId }),
      ...(until && { until }),
    }
    if (words !== undefined && words.trim() !== '') await said.save(staff, { id, body: { words } }, now)
    const act = kind === 'remove' ? undefined : kind
    const added = await measures.add(staff.programId, measure, {
      // The end of a seat is told and recorded by its group.
      ...(act && { audit: byStaff(staff, act, 'measure', id, { personId: who, why: reason }) }),
      ...(act && { announce: [told('measure', measure, now)] }),
    })
    return added ? measure : undefined
  }

  async function eachRoom(
    self: Self,
    { groupId }: Pick<Measure, 'groupId'>,
    work: (
      keeper: RoomKeeper | undefined,
      group: Group,
      room: string,
      user: string,
    ) => Promise<RoomAnswer<void>>,
  ): Promise<ByHand> {
    let trouble: ByHand
    for (const seat of await groups.seatsOf(self)) {
      if (seat.state !== 'in' || (groupId !== undefined && seat.groupId !== groupId)) continue
      const group = await groups.get(self.programId, seat.groupId)
      if (!group?.room) continue
      const user = (await groups.accounts(self.programId, group.workspace, [self.personId])).get(
        self.personId,
      )
      if (user === undefined) continue
      const answer = await work(keepers(group.platform), group, group.room, user)
      if (!answer.ok) trouble ??= answer.why
    }
    return trouble
  }
  const unable: RoomAnswer<void> = { ok: false, why: 'not-possible' }

  /** Their rooms are put in step with what stands now. */
  const sync = (self: Self, measure: Measure, now: Date) =>
    eachRoom(self, measure, async (_keeper, group) => {
      await groups.change(self.programId, group.id, { syncAt: now }, now)
      return { ok: true, value: undefined }
    })

  async function onAccounts(self: Self, until: Date | undefined): Promise<ByHand> {
    const places = (await programs.places()).filter(({ programId }) => programId === self.programId)
    let trouble: ByHand
    for (const { platform, workspace } of places) {
      const user = (await groups.accounts(self.programId, workspace, [self.personId])).get(self.personId)
      if (user === undefined) continue
      const answer = (await keepers(platform as Platform)?.timeOut(workspace, user, until)) ?? unable
      if (!answer.ok) trouble ??= answer.why
    }
    return trouble
  }

  async function release(self: Self, measure: Measure, now: Date): Promise<ByHand> {
    await sync(self, measure, now)
    return measure.kind === 'time-out' ? onAccounts(self, undefined) : undefined
  }

  return {
    /** Everything that stands and stood, with what whoever looks may do. */
    async of(staff: Person, who: string): Promise<Standing> {
      const person = await target(staff, who)
      const seats = (await groups.seatsOf(person)).filter(isLive)
      const led: Group[] = []
      for (const { groupId } of seats) {
        const found = await leading.led(staff, groupId).catch(() => undefined)
        if (found && found.group.state !== 'archived') led.push(found.group)
      }
      return { person, measures: await measures.of(person, 20), led }
    },

    async warn(staff: Person, one: NewMeasure & { readonly words: string }, now: Date): Promise<void> {
      await target(staff, one.who)
      await begin(staff, 'warn', one, now)
    },

    /** No posts through the bot, and no writing in the rooms where the platform can do that. */
    async coolDown(
      staff: Person,
      one: NewMeasure & { readonly minutes: number },
      now: Date,
    ): Promise<ByHand> {
      const person = await target(staff, one.who)
      const measure = await begin(
        staff,
        'cool-down',
        one,
        now,
        new Date(now.getTime() + one.minutes * minuteMs),
      )
      if (!measure) return undefined
      return eachRoom(person, measure, async (keeper, { workspace }, room, user) =>
        keeper ? keeper.mayWrite(workspace, room, user, false) : unable,
      )
    },

    async timeOut(staff: Person, one: NewMeasure & { readonly hours: number }, now: Date): Promise<ByHand> {
      const person = await target(staff, one.who)
      const until = new Date(now.getTime() + one.hours * 60 * minuteMs)
      const measure = await begin(staff, 'time-out', one, now, until)
      return measure && onAccounts(person, until)
    },

    /** The end of a seat, by whoever leads that group. */
    async remove(
      staff: Person,
      one: NewMeasure & { readonly groupId: string; readonly reason: 'agreement' | 'safety' },
      now: Date,
    ): Promise<void> {
      await target(staff, one.who)
      await leading.led(staff, one.groupId)
      await begin(staff, 'remove', one, now)
      await leading.remove(staff, one.groupId, one.who, one.reason, now, one.id)
    },

    /** Before its time. */
    async endEarly(
      staff: Person,
      id: string,
      now: Date,
    ): Promise<{ readonly measure: Measure; readonly byHand: ByHand }> {
      const measure = await measures.get(staff.programId, id)
      if (!measure || measure.personId === staff.personId) throw notFound()
      if (measure.until === undefined || measure.endedAt) throw new Refusal(t('cases.measure.over.already'))
      const { personId } = measure
      const ended = await measures.end(staff.programId, id, staff.personId, now, {
        audit: byStaff(staff, 'end-measure', 'measure', id, { personId }),
        announce: [told('measure-over', measure, now)],
      })
      if (!ended) throw new Refusal(t('cases.measure.over.already'))
      return { measure, byHand: await release({ programId: staff.programId, personId }, measure, now) }
    },

    /** Those whose time has come, a few at a beat. A platform that ends it by itself may have been faster. */
    async run(now: Date, onError: (error: unknown) => void): Promise<void> {
      for (const { programId, ...measure } of await measures.toEnd(now, batch)) {
        const ended = await measures.end(programId, measure.id, undefined, now, {
          audit: {
            actorId: null,
            actorRole: 'bot',
            act: 'end-measure',
            objectKind: 'measure',
            objectId: measure.id,
            personId: measure.personId,
            why: 'time',
          },
          announce: [told('measure-over', measure, now)],
        })
        if (ended) await release({ programId, personId: measure.personId }, measure, now).catch(onError)
      }
    },
    next: (after: Date) => measures.nextEnd(after),

    /** Who may write nothing in this group just now, in its room or through the bot. */
    async quieted(
      { programId, id }: Pick<Group, 'programId' | 'id'>,
      now: Date,
    ): Promise<ReadonlySet<string>> {
      const all = await measures.standing(programId, now)
      return new Set(
        all.filter(({ groupId }) => groupId === undefined || groupId === id).map(({ personId }) => personId),
      )
    },

    /** What was said to this person, and why. */
    async own(self: Self, id: string): Promise<OwnMeasure> {
      const measure = await measures.get(self.programId, id)
      if (measure?.personId !== self.personId) throw notFound()
      const words = await said.get({ programId: self.programId, personId: measure.by }, id)
      return { measure, ...(words && { words: words.body.words }) }
    },
    ofOwn: async (self: Self, id: string): Promise<Measure | undefined> => {
      const measure = await measures.get(self.programId, id)
      return measure?.personId === self.personId ? measure : undefined
    },
    /** For whoever looks at an appeal: what was said is part of what is appealed. */
    async saidIn(staff: Person, measure: Measure): Promise<string | undefined> {
      return (await said.get({ programId: staff.programId, personId: measure.by }, measure.id))?.body.words
    },
  }
}
export type MeasuresOf = ReturnType<typeof measuresOf>
