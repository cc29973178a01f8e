// What comes of a sentence that needs a person: help for its author at once, and a page where they agreed to one (CR-3 to CR-8).
import type { Case, Cases, Level, NewLine } from '../cases/ports.ts'
import type { Consents } from '../members/ports.ts'
import type { Person } from '../members/ports.ts'
import type { Duties } from './ports.ts'
import { pageOf, type WaysOf } from './ways.ts'

/** What the local screen finds in one text. There is no "all clear": `none` says that nothing was found. */
export type Finding = {
  readonly level: 'none' | 'concern' | 'urgent'
  readonly reason: string
  /** Of a first answer while the screen is starting: reads the text again, with all it has. */
  readonly again?: () => Promise<Finding>
}
/** Rejects, or takes too long, when it cannot look: that becomes an item for people (CR-19). */
export type Screen = (text: string) => Promise<Finding>
/** Who hears the text: its author alone, staff, staff in a case that is raised from it with its level, a group, or nobody. */
export type Hearer = 'private' | 'staff' | 'case' | 'group' | 'unkept'

/** Staff are asked now, look at it later, or do not know of it. */
export type Told = 'told' | 'review' | 'not-told'

/** What the author is shown. */
export type Shown =
  | { readonly kind: 'nothing' }
  /** Crisis lines and their own plan; and what staff know. */
  | { readonly kind: 'card'; readonly level: 'concern' | 'urgent'; readonly told: Told }
  /** A card was shown a short while ago: one line is enough. */
  | { readonly kind: 'line' }
  /** The screen could not look: help is offered, and people look where the text was meant for people. */
  | { readonly kind: 'unscreened' }

type Parts = {
  readonly screen: Screen
  readonly cases: Cases
  readonly duties: Duties
  readonly ways: Pick<WaysOf, 'begin' | 'reviewBy'>
  /** Whether words that nobody else reads may page: asked at consent, default no (CR-4). */
  readonly mayPage: Consents
  readonly newId: () => string
}
export type Heard = {
  readonly texts: readonly string[]
  readonly hearer: Hearer
  /** `form`, `direct`, `room`. */
  readonly source: string
  readonly groupId?: string
  /** When it was written, by the platform's clock. */
  readonly saidAt?: Date
  /** Ids of where it stands, as the room and the message. */
  readonly pointer?: Readonly<Record<string, string>>
}

const cardAgainMs = 30 * 60_000
/** A thread that is starting, or a queue before it, may take this long; then people look instead. */
const patienceMs = 10_000
/** Nobody waits for a second look, which is taken when the screen has started. */
const againMs = 90_000
const rank = { none: 0, concern: 1, urgent: 2 } as const

/** A platform delivers within seconds, and clocks differ a little. */
const lateMinutes = 2
/** By how many minutes, for the case. */
function lateness({ saidAt }: Heard, now: Date): { readonly late?: string } {
  const minutes = saidAt ? Math.round((now.getTime() - saidAt.getTime()) / 60_000) : 0
  return minutes >= lateMinutes ? { late: String(minutes) } : {}
}

/** The highest finding; rejects when any text could not be looked at and none is urgent. */
async function highest(screen: Screen, texts: readonly string[], patienceMs: number): Promise<Finding> {
  const late = new Promise<never>((_resolve, reject) => {
    setTimeout(() => reject(new Error('the screen took too long')), patienceMs).unref()
  })
  const found = await Promise.allSettled(texts.map((text) => Promise.race([screen(text), late])))
  const read = found.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  const top = read.toSorted((one, other) => rank[other.level] - rank[one.level])[0]
  const failed = found.find((one) => one.status === 'rejected')
  if (failed && top?.level !== 'urgent') throw failed.reason
  const again = read.find((one) => one.again)?.again
  return { level: 'none', reason: '', ...top, ...(again && { again }) }
}

export function screeningOf({ screen, cases, duties, ways, mayPage, newId }: Parts) {
  /** When somebody was last shown the card; forgotten at a restart, which shows it once more. */
  const shownAt = new Map<string, number>()

  function isFresh(personId: string, level: string, now: Date): boolean {
    const key = `${personId}:${level}`
    const last = shownAt.get(key)
    if (last !== undefined && now.getTime() - last < cardAgainMs) return false
    shownAt.set(key, now.getTime())
    if (shownAt.size > 10_000) shownAt.delete(shownAt.keys().next().value ?? '')
    return true
  }

  /** An urgent one that nobody has finished takes further words of the same person, and tells whoever has it. */
  async function addedTo(person: Person, line: NewLine | undefined, now: Date): Promise<boolean> {
    const newest = await cases.about(person.programId, person.personId, { limit: 5 })
    const open = newest.find(
      ({ kind, level, state }) => kind === 'alert' && level === 'urgent' && state !== 'closed',
    )
    if (!open) return false
    const announce =
      open.claimedBy === undefined ? [] : [pageOf(newId(), open.id, open.claimedBy, now, newId())]
    if (line) await cases.add(person.programId, open.id, line, { announce })
    return true
  }

  async function raise(person: Person, heard: Heard, level: Level, reason: string, now: Date): Promise<void> {
    const { reviewHours } = await duties.ladder(person.programId)
    const one: Case = {
      id: newId(),
      kind: 'alert',
      level,
      personId: person.personId,
      anonymous: false,
      source: heard.source,
      state: 'open',
      ...(heard.groupId !== undefined && { groupId: heard.groupId }),
      pointer: { ...heard.pointer, ...lateness(heard, now), reason, hearer: heard.hearer },
      createdAt: now,
      dueAt: new Date(now.getTime() + reviewHours * 3_600_000),
    }
    // Words that only their author reads stay theirs: staff are told that, and not what, they wrote.
    const words = heard.hearer === 'private' ? undefined : heard.texts.join('\n\n').slice(0, 6000)
    const line =
      words === undefined
        ? undefined
        : { id: newId(), writer: person, side: 'person' as const, words, at: now }
    const more = { ...(line && { line }) }
    if (await addedTo(person, line, now)) return
    if (level !== 'urgent') {
      const announce = await ways.reviewBy(person.programId, one)
      return void (await cases.open(person.programId, one, { ...more, announce }))
    }
    const { way, announce } = await ways.begin(person.programId, one)
    await cases.open(person.programId, one, { ...more, way, announce })
  }

  /** After a first answer that came early: what turns out graver, or cannot be read, is raised once that is known. */
  async function lookAgain(person: Person, heard: Heard, first: Finding, now: Date): Promise<void> {
    const whole: Screen = async (text) => {
      const found = await screen(text)
      return found.again ? found.again() : found
    }
    const found = await highest(whole, heard.texts, againMs).catch(
      () => ({ level: 'concern', reason: 'unscreened' }) as const,
    )
    if (found.level !== 'none' && rank[found.level] > rank[first.level])
      await raise(person, heard, found.level, found.reason, now)
  }

  return {
    /**
     * An urgent alert that no words were read for: somebody said by a choice of theirs that they are not safe, and agreed
     * that staff hear of it. Twice with one id is once.
     */
    async said(person: Person, { id, source }: { id: string; source: string }, now: Date): Promise<void> {
      const pointer = { reason: 'said', hearer: 'private' }
      const one: Case = {
        id,
        kind: 'alert',
        level: 'urgent',
        personId: person.personId,
        anonymous: false,
        source,
        state: 'open',
        pointer,
        createdAt: now,
      }
      const { way, announce } = await ways.begin(person.programId, one)
      await cases.open(person.programId, one, { way, announce })
    },

    /** Before anything else is done with the words. Rejects only when an alert could not be stored. */
    async take(person: Person, heard: Heard, now: Date): Promise<Shown> {
      const texts = heard.texts.filter((text) => text.trim() !== '')
      if (texts.length === 0) return { kind: 'nothing' }
      const forPeople = heard.hearer === 'staff' || heard.hearer === 'group'
      const pages =
        forPeople ||
        (heard.hearer === 'private' && (await mayPage.given(person, 'private-alert').catch(() => false)))
      let found: Finding
      try {
        found = await highest(screen, texts, patienceMs)
      } catch {
        if (forPeople) await raise(person, { ...heard, texts }, 'concern', 'unscreened', now)
        return { kind: 'unscreened' }
      }
      if (found.again && pages) void lookAgain(person, { ...heard, texts }, found, now).catch(() => undefined)
      if (found.level === 'none') return { kind: 'nothing' }
      if (pages) await raise(person, { ...heard, texts }, found.level, found.reason, now)
      if (!isFresh(person.personId, found.level, now)) return { kind: 'line' }
      return {
        kind: 'card',
        level: found.level,
        told: !pages && heard.hearer !== 'case' ? 'not-told' : found.level === 'urgent' ? 'told' : 'review',
      }
    },

    /** The level of a case that is raised from these words; what could not be looked at is looked at by people. */
    async levelOf(texts: readonly string[]): Promise<Level> {
      const said = texts.filter((text) => text.trim() !== '')
      if (said.length === 0) return 'normal'
      const found = await highest(screen, said, patienceMs).catch(() => ({ level: 'concern' }) as const)
      return found.level === 'none' ? 'normal' : found.level
    },
  }
}
export type ScreeningOf = ReturnType<typeof screeningOf>
