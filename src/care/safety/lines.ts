// Which crisis lines somebody sees, without asking the database: help must not wait for it (CR-1).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Person, Platform, Programs } from '../members/ports.ts'
import { helpline, linesFor, standingOf, type Helpline, type Lines } from './helplines.ts'
import type { LineReview, LineReviews } from './ports.ts'

export type Place = {
  readonly platform: Platform
  readonly workspace: string
  readonly programId: string
  readonly country: string
  readonly reviews: readonly LineReview[]
}
/** A copy beside the process of what help needs: countries of programs and their admins' word on the lines. */
export type Places = { all(): readonly Place[]; write(places: readonly Place[]): Promise<void> }

type Parts = {
  readonly programs: Pick<Programs, 'places'>
  readonly lineReviews: LineReviews
  readonly places: Places
  readonly newId: () => string
}
type Where = { readonly platform: Platform; readonly workspace: string | undefined }
export type LineChanges = { readonly name: string; readonly call: string; readonly source: string }

export function linesOf({ programs, lineReviews, places, newId }: Parts) {
  const placeOf = (where: Where): Place | undefined =>
    places.all().find((one) => one.platform === where.platform && one.workspace === where.workspace)

  async function placesChanged(): Promise<void> {
    const known = await programs.places()
    const reviews = new Map<string, readonly LineReview[]>()
    for (const { programId } of known) reviews.set(programId, await lineReviews.of(programId))
    await places.write(known.map((one) => ({ ...one, reviews: reviews.get(one.programId) ?? [] })))
  }

  async function review(
    admin: Person,
    line: string,
    more: { readonly replacement?: string },
    now: Date,
  ): Promise<void> {
    const found = linesFor(admin.country)
    if (![...(found?.lines ?? []), ...(found?.more ?? [])].some((one) => one.id === line))
      throw new Refusal(t('kit.stale'))
    await lineReviews.put(admin.programId, {
      id: newId(),
      country: admin.country,
      line,
      verifiedBy: admin.personId,
      verifiedAt: now,
      ...more,
    })
    await placesChanged()
  }

  return {
    placesChanged,

    /** Undefined when the country is not known: then the person is asked, never guessed at. */
    countryFor: (person: Pick<Person, 'country'> | undefined, where: Where): string | undefined =>
      person?.country ?? placeOf(where)?.country,

    /** The lines of a country as the program here shows them. */
    in(country: string | undefined, programId: string | undefined, where: Where): Lines | undefined {
      const place =
        programId === undefined ? placeOf(where) : places.all().find((one) => one.programId === programId)
      return linesFor(country, place?.reviews)
    },

    /** Lines of the program's country that nobody has checked in the last 90 days. */
    stale(admin: Person, today: string): readonly Helpline[] {
      const shown = linesFor(
        admin.program.country,
        places.all().find((one) => one.programId === admin.programId)?.reviews,
      )
      return (shown?.lines ?? []).filter((line) => standingOf(line, today).kind !== 'verified')
    },

    /** An admin called the line, or looked at its page, and found it right. */
    verify: (admin: Person, line: string, now: Date): Promise<void> => review(admin, line, {}, now),

    /** An admin's own line in the place of a bundled one, with where it comes from. */
    async replace(admin: Person, line: string, to: LineChanges, now: Date): Promise<void> {
      const before = linesFor(admin.country)?.lines.find((one) => one.id === line)
      const read = helpline.safeParse({
        ...before,
        name: to.name,
        how: [{ by: 'call', to: to.call }],
        source: to.source,
        lastVerified: null,
      })
      if (!read.success)
        throw new Refusal(
          t('help.lines.unreadable'),
          read.error.issues.some(({ path }) => path[0] === 'source') ? 'source' : 'call',
        )
      await review(admin, line, { replacement: JSON.stringify(read.data) }, now)
    },
  }
}
