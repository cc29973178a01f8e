// Looking a skill up: by words, need, time or name, with what helped this person first.
import type { Language, Text } from '../../words/text.ts'
import type { ProgramSkill } from '../library/offers.ts'
import type { LibraryReader } from '../library/library.ts'
import { notFound } from '../entries/keeping.ts'
import type { People, Person } from '../members/ports.ts'
import { skillBySlug, skills as shipped, type Skill, type SkillNeed } from './content.ts'
import { speaksOfDanger } from './danger.ts'
import { didHelp, effectOf, type Effect } from './effect.ts'
import type { SkillShelf, Standing } from './shelf.ts'
import type { SkillUses } from './uses.ts'

export type SkillFinder = {
  find(
    query: string,
    wanted: { readonly limit: number },
  ): Promise<readonly { readonly slug: string; readonly named: boolean }[]>
  /** Slugs of what may be meant while somebody types. */
  suggest(typed: string): readonly string[]
}

/** A skill as a person meets it: a shipped one, or one of the program's own. */
export type Shown = {
  readonly slug: string
  readonly name: Text
  readonly for: Text
  readonly minutes: number
  readonly steps: readonly { readonly text: Text; readonly seconds: number }[]
  readonly helpsWhen?: Text
  readonly notFor?: Text | undefined
  readonly needs: readonly SkillNeed[]
  readonly instead: readonly string[]
  readonly quiet: boolean
  readonly tradition?: string
  readonly source?: Skill['source']
  /** Name of the member who offered it and wished to be named. */
  readonly writtenBy?: string
  readonly own: boolean
}
export type Wanted = {
  readonly words?: string | undefined
  readonly minutes?: number | undefined
  readonly need?: SkillNeed | undefined
}
export type Hit = { readonly skill: Shown; readonly effect: Effect | undefined; readonly standing: Standing }
export type Hits = {
  readonly hits: readonly Hit[]
  /** The words may speak of danger: help comes before skills. */
  readonly danger: boolean
  /** How many fit, but are not shown in this program. */
  readonly hidden: number
}

type Parts = {
  readonly finder: SkillFinder
  readonly library: LibraryReader
  readonly uses: SkillUses
  readonly shelf: SkillShelf
  readonly people: Pick<People, 'byId'>
}

const dangerSlug = 'self-harm-urge'
/** Of what the search found, the part that still fits the words. */
const near = 8
/** Fewer uses than this say nothing about anybody. */
export const usesForEvidence = 10
export const timesForEvidence = 3

const fold = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const tokens = (words: string): readonly string[] =>
  fold(words)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 3)

/** A program's own skill fits when half of the words that were typed stand in it. */
function fitsWords({ words }: ProgramSkill, typed: string): boolean {
  const said = tokens(typed)
  const there = fold([words.name, words.for, ...words.steps].join(' '))
  return said.length > 0 && said.filter((word) => there.includes(word)).length * 2 >= said.length
}

const ofShipped = (skill: Skill): Shown => ({ ...skill, own: false })
const ofProgram = (
  { words: _words, writtenBy: _id, ...skill }: ProgramSkill,
  writtenBy: string | undefined,
): Shown => ({
  ...skill,
  needs: [],
  instead: [],
  quiet: false,
  own: true,
  ...(writtenBy !== undefined && writtenBy !== '' && { writtenBy }),
})

export function skillsOf({ finder, library, uses, shelf, people }: Parts) {
  const byName = async (programId: string, skill: ProgramSkill): Promise<Shown> =>
    ofProgram(
      skill,
      skill.writtenBy === undefined
        ? undefined
        : (await people.byId({ programId, personId: skill.writtenBy }))?.name,
    )

  /** Undefined when there is none of that name for this program. */
  async function get({ programId }: Person, slug: string): Promise<Shown | undefined> {
    const known = skillBySlug(slug)
    if (known) return (await library.hidden(programId)).has(slug) ? undefined : ofShipped(known)
    const own = await library.skillOf(programId, slug)
    return own && byName(programId, own)
  }
  async function one(person: Person, slug: string): Promise<Shown> {
    const found = await get(person, slug)
    if (!found) throw notFound()
    return found
  }

  /** Counted from the person's own notes; nothing when they do not wish it. */
  async function effects(person: Person): Promise<readonly Effect[]> {
    const { counting, since } = await shelf.of(person)
    if (!counting) return []
    const all = await uses.all(person)
    return effectOf(
      all.filter(({ at }) => since === undefined || at >= new Date(since)).map(({ body }) => body),
    )
  }

  /** What fits, the best first, and the one whose name the words were. */
  async function fitting({ words, minutes = Infinity, need }: Wanted) {
    const inTime = (skill: Skill): boolean =>
      skill.minutes <= minutes && (need === undefined || skill.needs.includes(need))
    if (words === undefined) {
      const all = shipped.filter(inTime)
      const place = ({ needs }: Skill): number => (need === undefined ? 0 : needs.indexOf(need))
      return {
        skills: all.toSorted((a, b) => place(a) - place(b) || a.minutes - b.minutes),
        danger: need === 'self-harm',
        name: undefined,
      }
    }
    const found = await finder.find(words, { limit: shipped.length })
    const [first] = found
    const skills = found.flatMap(({ slug }) => skillBySlug(slug) ?? []).filter(inTime)
    return {
      skills: skills.slice(0, near),
      danger:
        need === 'self-harm' ||
        speaksOfDanger(words) ||
        found.slice(0, 3).some(({ slug }) => slug === dangerSlug),
      name: first?.named ? first.slug : undefined,
    }
  }

  return {
    get,
    one,
    effects,
    reviewOf: ({ programId }: Person, slug: string) => library.reviewOf(programId, slug),

    /** The program's own. */
    async ofProgram({ programId }: Person): Promise<readonly Shown[]> {
      return Promise.all((await library.skillsOf(programId)).map((skill) => byName(programId, skill)))
    },

    async find(person: Person, wanted: Wanted): Promise<Hits> {
      const words = wanted.words?.trim() || undefined
      const [{ skills, danger, name }, concealed, own, counted, { mine, notMine }] = await Promise.all([
        fitting({ ...wanted, words }),
        library.hidden(person.programId),
        words === undefined ? [] : library.skillsOf(person.programId),
        effects(person),
        shelf.of(person),
      ])
      const effectsBySlug = new Map(counted.map((effect) => [effect.slug, effect]))
      const ownFitting = own
        .filter((skill) => words !== undefined && fitsWords(skill, words))
        .filter((skill) => skill.minutes <= (wanted.minutes ?? Infinity))
      const all = [
        ...(await Promise.all(ownFitting.map((skill) => byName(person.programId, skill)))),
        ...skills.filter(({ slug }) => !concealed.has(slug)).map(ofShipped),
      ].map((skill): Hit => {
        const { slug } = skill
        const standing = mine.includes(slug) ? 'mine' : notMine.includes(slug) ? 'not-mine' : 'neither'
        return { skill, effect: effectsBySlug.get(slug), standing }
      })
      const rank = ({ skill, effect, standing }: Hit): number => {
        if (skill.slug === name) return 0
        if (standing === 'not-mine') return 4
        if (effect && didHelp(effect)) return 1
        return standing === 'mine' ? 2 : 3
      }
      return {
        hits: all.toSorted((a, b) => rank(a) - rank(b)),
        danger,
        hidden: skills.filter(({ slug }) => concealed.has(slug)).length,
      }
    },

    /** Names for what somebody is typing, in their language. */
    async suggest(person: Person, typed: string, language: Language): Promise<readonly string[]> {
      const concealed = await library.hidden(person.programId)
      return finder
        .suggest(typed)
        .filter((slug) => !concealed.has(slug))
        .flatMap((slug) => skillBySlug(slug)?.name[language] ?? [])
        .slice(0, 25)
    },

    /** Others for somebody who cannot do this one: the nearest first, what was tried today and what is not for them last. */
    async others(person: Person, slug: string, now: Date): Promise<readonly Shown[]> {
      const skill = skillBySlug(slug)
      const [concealed, tried, { notMine }] = await Promise.all([
        library.hidden(person.programId),
        uses.today(person, now),
        shelf.of(person),
      ])
      const need = skill?.needs[0]
      const more = need === undefined ? shipped : shipped.filter(({ needs }) => needs[0] === need)
      const all = [...(skill?.instead ?? []).flatMap((one) => skillBySlug(one) ?? []), ...more]
      const rank = (one: Skill): number => Number(tried.has(one.slug) || notMine.includes(one.slug))
      return [...new Set(all)]
        .filter((other) => other.slug !== slug && !concealed.has(other.slug))
        .toSorted((a, b) => rank(a) - rank(b))
        .map(ofShipped)
    },

    /** What counting showed, once there is enough of it to say anything. */
    async evidence(person: Person): Promise<readonly Effect[]> {
      const all = await effects(person)
      const times = all.reduce((sum, effect) => sum + effect.times, 0)
      return times < usesForEvidence ? [] : all.filter(({ means }) => (means?.of ?? 0) >= timesForEvidence)
    },
  }
}
