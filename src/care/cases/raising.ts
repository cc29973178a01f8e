// What a person brings to staff and how it goes on for them: a report, a question, an appeal, with a name or without.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { Groups } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { RoomKeepers } from '../groups/room-keeper.ts'
import type { Measures } from '../measures/ports.ts'
import type { Announcement, People, Person, Platform, Self } from '../members/ports.ts'
import type { Duties } from '../safety/ports.ts'
import type { ScreeningOf } from '../safety/screening.ts'
import type { WaysOf } from '../safety/ways.ts'
import type { Case, CaseKind, CaseLine, Cases, Level, NewLine } from './ports.ts'
import { namingOf, type Naming, type Sight } from './sight.ts'
import type { ReportReason } from './reasons.ts'

type Parts = {
  readonly cases: Cases
  readonly sight: Sight
  readonly groups: Groups
  readonly measures: Measures
  readonly people: Pick<People, 'byAccount' | 'byId'>
  readonly keepers: RoomKeepers
  readonly duties: Pick<Duties, 'ladder'>
  readonly ways: Pick<WaysOf, 'begin' | 'reviewBy'>
  readonly screening: Pick<ScreeningOf, 'levelOf'>
  readonly newId: () => string
}
type New = { readonly id: string; readonly words?: string | undefined; readonly nameless: boolean }
export type NewReport = New & {
  readonly platform: Platform
  readonly workspace: string | undefined
  readonly room: string
  readonly message: string
  readonly link?: string
  readonly reason: ReportReason
}
export type NewWorry = New & {
  /** Somebody of the same group; undefined for anybody else, who is then named in the words. */
  readonly about: string | undefined
  /** It cannot wait. */
  readonly isNow: boolean
}
/** As the person who raised it sees it. */
export type OwnCase = {
  readonly one: Case
  /** Without what staff noted for one another. */
  readonly lines: readonly CaseLine[]
  readonly naming?: Naming
}

const own: readonly CaseKind[] = ['report', 'question', 'worry', 'appeal']
const hourMs = 3_600_000

export function raisingOf(parts: Parts) {
  const { cases, sight, groups, measures, people, keepers, duties, ways, screening, newId } = parts

  /** A pointer for those who may handle it. */
  async function pointers(programId: string, one: Case, turn: string): Promise<readonly Announcement[]> {
    const [usual, leading, others] = await Promise.all([
      ways.reviewBy(programId, one),
      sight.leadersOf(programId, one),
      sight.othersFor(programId, one),
    ])
    const may = new Set(others.map(({ personId }) => personId))
    const told =
      leading?.map(({ personId }) => personId) ??
      usual.flatMap(({ to }) => (to.kind === 'person' ? [to.personId] : []))
    const right = told.filter((personId) => may.has(personId))
    return (right.length > 0 ? right : [...may]).map((personId) => review(one, personId, turn, one.createdAt))
  }
  const review = ({ id }: Case, personId: string, turn: string, dueAt: Date): Announcement => ({
    id: newId(),
    notice: 'review',
    params: { case: id },
    to: { kind: 'person', personId },
    dedupeKey: `review:${id}:${turn}:${personId}`,
    dueAt,
    priority: 1,
  })

  type Raised = Pick<Case, 'id' | 'kind' | 'level' | 'source' | 'pointer' | 'anonymous'> &
    Partial<Pick<Case, 'personId' | 'groupId'>>
  /** Opened twice with one id, it is one. */
  async function raise(person: Person, raised: Raised, words: string | undefined, now: Date): Promise<Case> {
    const { programId } = person
    const { reviewHours } = await duties.ladder(programId)
    const one: Case = {
      ...raised,
      raisedBy: person.personId,
      state: 'open',
      createdAt: now,
      dueAt: new Date(now.getTime() + reviewHours * hourMs),
    }
    const line = words === undefined || words.trim() === '' ? undefined : lineOf(person, words, now)
    if (one.level === 'urgent') {
      const { way, announce } = await ways.begin(programId, one)
      await cases.open(programId, one, { ...(line && { line }), way, announce })
    } else {
      const announce = await pointers(programId, one, 'new')
      await cases.open(programId, one, { ...(line && { line }), announce })
    }
    return one
  }
  const lineOf = (writer: Person, words: string, at: Date): NewLine => ({
    id: newId(),
    writer,
    side: 'person',
    words,
    at,
  })

  /** Whose message it is, where the bot keeps the room and can read it. */
  async function authorOf(
    person: Person,
    { platform, workspace, room, message }: NewReport,
  ): Promise<string | undefined> {
    if (workspace === undefined) return undefined
    const found = await keepers(platform)?.read(workspace, room, message)
    if (!found?.ok) return undefined
    const author = await people.byAccount({ platform, workspace, user: found.value.user })
    return author?.programId === person.programId ? author.personId : undefined
  }

  async function ownCase(self: Self, id: string): Promise<Case> {
    const one = await cases.get(self.programId, id)
    if (one?.raisedBy !== self.personId || !own.includes(one.kind)) throw notFound()
    return one
  }
  const levels: Readonly<Record<Level, number>> = { urgent: 0, concern: 1, normal: 2 }
  const higher = (one: Level, other: Level): Level => (levels[one] <= levels[other] ? one : other)

  /** Those who sit in a group with this person, by name. */
  async function near(person: Person): Promise<readonly Person[]> {
    const { programId, personId } = person
    const seats = (await groups.seatsOf(person)).filter(({ state }) => state === 'in')
    const ids = await Promise.all(
      seats.map(async (seat) => {
        const group = await groups.get(programId, seat.groupId)
        if (!group || !isInside(group, seat)) return []
        const others = await groups.seats(programId, group.id, ['in'])
        return others.filter((other) => isInside(group, other)).map((other) => other.personId)
      }),
    )
    const others = [...new Set(ids.flat())].filter((id) => id !== personId)
    const found = await Promise.all(others.map((id) => people.byId({ programId, personId: id })))
    return found
      .filter((one): one is Person => one !== undefined)
      .toSorted((one, other) => one.name.localeCompare(other.name))
  }

  return {
    near,

    /** One person is worried about another (feature row 96). Who it is about is not told. */
    async worry(person: Person, { id, about, words, isNow, nameless }: NewWorry, now: Date): Promise<Case> {
      if (about === undefined && (words ?? '').trim() === '') throw new Refusal(t('cases.worry.who'))
      if (about !== undefined && !(await near(person)).some(({ personId }) => personId === about))
        throw notFound()
      const level = await screening.levelOf(words === undefined ? [] : [words])
      return raise(
        person,
        {
          id,
          kind: 'worry',
          level: isNow ? 'urgent' : higher(level, 'concern'),
          ...(about !== undefined && { personId: about }),
          anonymous: nameless,
          source: 'direct',
          pointer: {},
        },
        words,
        now,
      )
    },

    /** Points to the message by its ids; who wrote it is not told who did. */
    async report(person: Person, report: NewReport, now: Date): Promise<Case> {
      const { id, platform, room, message, link, reason, words, nameless } = report
      const found = await groups.byRoom(platform, room)
      const group = found?.programId === person.programId ? found : undefined
      const [author, level] = await Promise.all([
        group && authorOf(person, report).catch(() => undefined),
        screening.levelOf(words === undefined ? [] : [words]),
      ])
      return raise(
        person,
        {
          id,
          kind: 'report',
          level: higher(level, reason === 'danger' ? 'urgent' : 'normal'),
          ...(author !== undefined && { personId: author }),
          ...(group && group.kind !== 'everyone' && { groupId: group.id }),
          anonymous: nameless,
          source: group ? 'room' : 'elsewhere',
          pointer: {
            platform,
            ...(group && { workspace: group.workspace }),
            room,
            message,
            ...(link !== undefined && { link }),
            reason,
          },
        },
        words,
        now,
      )
    },

    async ask(
      person: Person,
      { id, words, nameless }: New & { readonly words: string },
      now: Date,
    ): Promise<Case> {
      const level = await screening.levelOf([words])
      return raise(
        person,
        { id, kind: 'question', level, anonymous: nameless, source: 'direct', pointer: {} },
        words,
        now,
      )
    },

    /** To somebody other than who decided. While one is open about the same measure, it is that one. */
    async appeal(
      person: Person,
      {
        id,
        measure: measureId,
        words,
      }: { readonly id: string; readonly measure: string; readonly words: string },
      now: Date,
    ): Promise<Case> {
      const measure = await measures.get(person.programId, measureId)
      if (measure?.personId !== person.personId) throw notFound()
      const before = await cases.raised(person, { limit: 50 })
      const open = before.find(({ pointer, state }) => pointer['measure'] === measureId && state !== 'closed')
      if (open) {
        if (open.id !== id) await cases.add(person.programId, open.id, lineOf(person, words, now))
        return open
      }
      const level = await screening.levelOf([words])
      return raise(
        person,
        {
          id,
          kind: 'appeal',
          level,
          personId: person.personId,
          anonymous: false,
          source: 'direct',
          pointer: { measure: measureId, by: measure.by },
        },
        words,
        now,
      )
    },

    /** What somebody brought, newest first. */
    async mine(self: Self, limit: number, before?: string): Promise<readonly Case[]> {
      const all = await cases.raised(self, { limit: 100, ...(before !== undefined && { before }) })
      return all.filter(({ kind }) => own.includes(kind)).slice(0, limit)
    },
    async thread(self: Self, id: string): Promise<OwnCase> {
      const one = await ownCase(self, id)
      const lines = await cases.lines(self.programId, id)
      const naming = namingOf(one)
      return { one, lines: lines.filter(({ side }) => side !== 'note'), ...(naming && { naming }) }
    },
    /** For what is told about it without being asked. */
    ofOwn: (self: Self, id: string): Promise<Case | undefined> => ownCase(self, id).catch(() => undefined),

    /** More words of theirs: opens it again, and words that need a person at once begin one of their own. */
    async write(
      person: Person,
      { id, words, next }: { readonly id: string; readonly words: string; readonly next: string },
      now: Date,
    ): Promise<Case> {
      const one = await ownCase(person, id)
      const level = await screening.levelOf([words])
      if (level === 'urgent') {
        const { anonymous } = one
        return raise(
          person,
          { id: next, kind: 'question', level, anonymous, source: 'direct', pointer: { before: id } },
          words,
          now,
        )
      }
      const { reviewHours } = await duties.ladder(person.programId)
      const dueAt = new Date(now.getTime() + reviewHours * hourMs)
      const line = lineOf(person, words, now)
      const holder = one.claimedBy
      const announce =
        holder === undefined || one.state === 'closed'
          ? await pointers(person.programId, { ...one, createdAt: now }, line.id)
          : [review(one, holder, line.id, now)]
      const reopened = {
        state: 'open',
        claimedBy: null,
        claimedAt: null,
        closedAt: null,
        closedBy: null,
        closed: null,
      } as const
      const isDone =
        one.state === 'closed'
          ? await cases.change(person.programId, id, ['closed'], { ...reopened, dueAt }, now, {
              line,
              announce,
            })
          : await cases.change(person.programId, id, ['open', 'claimed'], { dueAt }, now, { line, announce })
      if (!isDone) throw new Refusal(t('cases.changed'))
      return one
    },
  }
}
export type RaisingOf = ReturnType<typeof raisingOf>
