// Finds skills by the words a person has: a name wins outright, else three answers are added: what the words were
// learned to mean, what the sense of the sentence was, and what fits the lines nearest to it. The language is never
// asked: both were learned together, and Spanish is also read in English.
import type { Skill, SkillNeed } from '../content.ts'
import { plainEnglish } from './gloss.ts'
import { readModel, scoreSense, scoreWords, sharesNear, sharesOf, type Model } from './model.ts'
import { createNames } from './names.ts'

/** `named`: the words were its name, not what somebody feels. */
export type Found = { readonly slug: string; readonly score: number; readonly named: boolean }
export type Wanted = { readonly limit?: number; readonly maxMinutes?: number; readonly need?: SkillNeed }
/** The vector of a sentence; undefined where none can be had. */
export type Sense = { of(text: string): Promise<readonly number[] | undefined>; close(): Promise<void> }

type Parts = {
  readonly skills: readonly Skill[]
  readonly model?: Model | undefined
  readonly sense?: Sense | undefined
}

/** How much of the answer the sense of a sentence gives, and the lines near it; the words give the rest. Found by
 * learning without some nine hundred lines and asking for them. */
const senseShare = 0.25
const nearShare = 0.25
/** Keeps one of the three from ruling a skill out alone. */
const doubt = 0.001
const sure = (share = 0) => Math.log(share + doubt) - Math.log(doubt)

export function createSkillSearch({ skills, model = readModel(), sense }: Parts) {
  const names = createNames(skills)
  const bySlug = new Map(skills.map((one) => [one.slug, one]))

  async function meant(text: string): Promise<readonly (readonly [slug: string, score: number])[]> {
    const words = sharesOf(scoreWords(model, text))
    const vector = await sense?.of(plainEnglish(text))
    if (vector === undefined) return model.slugs.map((slug, at) => [slug, sure(words[at])])
    const senses = sharesOf(scoreSense(model, vector))
    const near = sharesNear(model, vector)
    return model.slugs.map((slug, at) => [
      slug,
      (1 - senseShare - nearShare) * sure(words[at]) +
        senseShare * sure(senses[at]) +
        nearShare * sure(near[at]),
    ])
  }

  return {
    /** Best first. */
    async find(
      query: string,
      { limit = 10, maxMinutes = Infinity, need }: Wanted = {},
    ): Promise<readonly Found[]> {
      const fitting = (slug: string): boolean => {
        const skill = bySlug.get(slug)
        return (
          skill !== undefined &&
          skill.minutes <= maxMinutes &&
          (need === undefined || skill.needs.includes(need))
        )
      }
      const text = query.trim()
      const named = names.named(text)
      const scores = new Map(skills.map(({ slug }) => [slug, 0]))
      if (text !== '') for (const [slug, score] of await meant(text)) scores.set(slug, score)
      for (const [slug, alike] of named) scores.set(slug, (scores.get(slug) ?? 0) + alike * 20)
      return [...scores]
        .map(([slug, score]) => ({ slug, score, named: named.has(slug) }))
        .filter(({ slug }) => fitting(slug))
        .toSorted((a, b) => b.score - a.score)
        .slice(0, limit)
    },
    suggest: names.suggest,
    close: async () => sense?.close(),
  }
}
export type SkillSearch = ReturnType<typeof createSkillSearch>
