// What skills did for one person, counted from their own notes.

export type Helped = 'yes' | 'little' | 'no'
export type Use = {
  readonly slug: string
  /** From 0 to 10. */
  readonly before?: number | undefined
  readonly after?: number | undefined
  readonly helped?: Helped | undefined
}
export type Effect = {
  readonly slug: string
  /** Uses of which anything was said. */
  readonly times: number
  readonly helped: Readonly<Record<Helped, number>>
  /** Of the uses with a number before and after. */
  readonly means?: {
    readonly before: number
    readonly after: number
    readonly of: number
    /** How often the number went down. */
    readonly lower: number
  }
}

/** Less than this is no change that anybody would notice. */
export const noticed = 1

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

function oneEffect(slug: string, uses: readonly Use[]): Effect {
  const rated = uses.flatMap(({ before, after }) =>
    before === undefined || after === undefined ? [] : [{ before, after }],
  )
  const count = (said: Helped): number => uses.filter(({ helped }) => helped === said).length
  return {
    slug,
    times: uses.length,
    helped: { yes: count('yes'), little: count('little'), no: count('no') },
    ...(rated.length > 0 && {
      means: {
        before: mean(rated.map(({ before }) => before)),
        after: mean(rated.map(({ after }) => after)),
        of: rated.length,
        lower: rated.filter(({ before, after }) => after < before).length,
      },
    }),
  }
}

/** How far the number went down on average. */
export const dropOf = ({ means }: Effect): number => (means ? means.before - means.after : 0)

export function didHelp(effect: Effect): boolean {
  const { yes, little, no } = effect.helped
  return yes + little + no > 0 ? yes + little > no : dropOf(effect) >= noticed
}

/** What helped most stands first. */
export function effectOf(uses: readonly Use[]): readonly Effect[] {
  const said = uses.filter(
    ({ before, after, helped }) => helped !== undefined || (before !== undefined && after !== undefined),
  )
  return [...new Set(said.map(({ slug }) => slug))]
    .map((slug) =>
      oneEffect(
        slug,
        said.filter((one) => one.slug === slug),
      ),
    )
    .toSorted(
      (a, b) =>
        Number(didHelp(b)) - Number(didHelp(a)) ||
        dropOf(b) - dropOf(a) ||
        b.helped.yes - a.helped.yes ||
        b.times - a.times,
    )
}
