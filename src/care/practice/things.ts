// What can be given as practice: shipped skills, the program's own, and scales, by slug or by what people call them.
import type { Content, Text } from '../../words/text.ts'
import type { ProgramSkill } from '../library/offers.ts'
import { scaleNamed, scales } from '../scales/content.ts'
import { skillBySlug, skills } from '../skills/content.ts'

export type Thing = {
  readonly kind: 'skill' | 'scale'
  /** For one of the program's own, its id. */
  readonly slug: string
  readonly name: Text
}
type Called = Thing & { readonly called: readonly string[] }

const fold = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
const both = ({ en, es }: Content): string[] => [en, es]

const shipped: readonly Called[] = [
  ...skills.map(({ slug, name, also }) => ({
    kind: 'skill' as const,
    slug,
    name,
    called: [slug, ...both(name), ...also.en, ...also.es].map(fold),
  })),
  ...scales.map(({ slug, name }) => ({
    kind: 'scale' as const,
    slug,
    name,
    called: [slug, ...both(name)].map(fold),
  })),
]

type Parts = {
  readonly skillsOf: (programId: string) => Promise<readonly ProgramSkill[]>
  readonly skillOf: (programId: string, id: string) => Promise<ProgramSkill | undefined>
}

export function thingsOf({ skillsOf, skillOf }: Parts) {
  return {
    async named(programId: string, slug: string): Promise<Thing | undefined> {
      const known = skillBySlug(slug)
      if (known) return { kind: 'skill', slug, name: known.name }
      const scale = scaleNamed(slug)
      if (scale) return { kind: 'scale', slug, name: scale.name }
      const own = await skillOf(programId, slug)
      return own && { kind: 'skill', slug, name: own.name }
    },

    /** The one that is called so, or failing that those whose name holds the words. */
    async like(programId: string, typed: string, limit: number): Promise<readonly Thing[]> {
      const said = fold(typed)
      const own = (await skillsOf(programId)).map(({ slug, name, words }): Called => ({
        kind: 'skill',
        slug,
        name,
        called: [slug, fold(words.name)],
      }))
      const all = [...own, ...shipped]
      const exact = all.filter(({ called }) => called.includes(said))
      return (
        exact.length > 0 ? exact : all.filter(({ called }) => called.some((one) => one.includes(said)))
      ).slice(0, limit)
    },
  }
}
