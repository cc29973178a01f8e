// A person's own data: seen, taken along, brought from elsewhere, erased.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t, type Language } from '../../words/text.ts'
import type { CheckIns } from '../checkins/ports.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import { entryKinds, type Entries, type EntryKind } from '../entries/ports.ts'
import type { PersonDirectory } from '../members/directory.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { portable } from './portable.ts'
import type { Brought, Receipt, Signer, WholePerson } from './ports.ts'
import { readablePage } from './readable.ts'
import { packed, unpacked, type Files } from './signed-folder.ts'

type ComesByItself = { dueAt(person: Person, body: unknown, now: Date): Date | undefined }
type Parts = {
  readonly entries: Entries
  readonly checkIns: Pick<CheckIns, 'unshareAll'>
  readonly wholePerson: WholePerson
  readonly signer: Signer
  readonly directory: Pick<PersonDirectory, 'forget'>
  readonly letters: ComesByItself
  readonly hardDates: ComesByItself
  readonly newId: () => string
  readonly when: When
}

const graceMs = 24 * 3_600_000
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const erasureShape = z.object({ askedAt: z.string() })

const eachOnce = (rows: readonly { readonly id: string }[]): boolean =>
  new Set(rows.map(({ id }) => id)).size === rows.length

const importShape = z.object({
  Entry: z
    .array(
      z.object({
        id: z.string().min(1),
        kind: z.string(),
        forDay: z.iso.date(),
        at: z.coerce.date(),
        body: z.unknown(),
      }),
    )
    .max(200_000)
    .refine(eachOnce)
    .default([]),
  CheckIn: z
    .array(
      z.object({
        id: z.string().min(1),
        forDay: z.iso.date(),
        at: z.coerce.date(),
        kind: z.enum(['answered', 'pass']),
        late: z.boolean(),
        answers: z
          .record(z.string(), z.union([z.number(), z.string(), z.array(z.string())]))
          .nullable()
          .default(null),
      }),
    )
    .max(200_000)
    .refine(eachOnce)
    .default([]),
})

/** A whole and signed file may still hold what nobody here could read again: then none of it comes in. */
function readImport(files: Files) {
  const read = (name: string): unknown => {
    const file = files[`data/${name}.json`]
    return file === undefined ? undefined : JSON.parse(new TextDecoder().decode(file))
  }
  try {
    const { Entry, CheckIn } = importShape.parse({ Entry: read('Entry'), CheckIn: read('CheckIn') })
    const entries = Entry.flatMap(({ kind: said, body, ...one }) => {
      const kind = entryKinds.find((known) => known === said)
      const shape = kind && portable[kind]
      return shape ? [{ ...one, kind, body: shape.parse(body) }] : []
    })
    return { entries, checkIns: CheckIn }
  } catch {
    throw new Refusal(t('mydata.import.foreign'), 'file')
  }
}

export type Imported = {
  readonly added: number
  readonly found: number
  readonly fingerprint: string
  readonly at: Date
}

export function privacyOf(parts: Parts) {
  const { entries, checkIns, wholePerson, signer, directory, newId, when } = parts
  const comesByItself: Partial<Record<EntryKind, ComesByItself>> = {
    letter: parts.letters,
    'hard-date': parts.hardDates,
  }
  const erasures = keepingOf('erasure', erasureShape, { entries, when })
  /** The same thing brought twice has the same id here, and nobody else's. */
  const idHere = (person: Person, id: string): string =>
    createHash('sha256').update(`${person.personId} ${id}`).digest('base64url').slice(0, 22)

  const erase = async (person: Person, id: string, askedAt: Date, now: Date): Promise<Receipt> => {
    const receipt = await wholePerson.erase(person, { id, askedAt }, now)
    directory.forget(person)
    return receipt
  }

  const whenDue: WhenDue = async (person, due, now) => {
    await erase(person, due.id, new Date(erasureShape.parse(due.body).askedAt), now)
    return 'done'
  }

  return {
    count: (person: Person) => wholePerson.count(person),
    shares: (person: Person) => wholePerson.shares(person),
    async unshareAll(person: Person): Promise<void> {
      await entries.unshareAll(person)
      await checkIns.unshareAll(person)
    },
    whenDue,

    /** A zip of a folder that reads without software. Made anew each time and kept nowhere. */
    async export(person: Person, language: Language, now: Date): Promise<Uint8Array> {
      const told = await wholePerson.tell(person)
      const data = Object.entries(told).map(
        ([table, rows]) => [`data/${table}.json`, bytes(JSON.stringify(rows, null, 2))] as const,
      )
      const page = readablePage(person, told, language, now)
      return packed({ 'index.html': bytes(page), ...Object.fromEntries(data) }, signer, now)
    },

    /** All of it or nothing. Everything that comes is the person's alone, whoever saw it elsewhere. */
    async import(person: Person, zip: Uint8Array, now: Date): Promise<Imported> {
      const { files, fingerprint, at } = unpacked(zip)
      const read = readImport(files)
      const brought: Brought = {
        entries: read.entries.map((one) => ({
          ...one,
          id: idHere(person, one.id),
          dueAt: comesByItself[one.kind]?.dueAt(person, one.body, now),
        })),
        checkIns: read.checkIns.map((one) => ({
          ...one,
          id: idHere(person, one.id),
          answers: one.answers ?? {},
        })),
      }
      const added = await wholePerson.bring(person, brought)
      return { added, found: brought.entries.length + brought.checkIns.length, fingerprint, at }
    },

    /** The receipt's number is known from now on; what happens at the end of the grace can still be called off. */
    async askErasure(
      person: Person,
      id: string,
      now: Date,
    ): Promise<{ readonly receipt: string; readonly at: Date }> {
      const [running] = await erasures.list(person, 1)
      if (running?.dueAt) return { receipt: running.id, at: running.dueAt }
      const dueAt = new Date(now.getTime() + graceMs)
      await erasures.save(
        person,
        {
          id,
          body: { askedAt: now.toISOString() },
          dueAt,
          announce: [
            {
              id: newId(),
              notice: 'erasing',
              params: { erasure: id },
              to: { kind: 'person', personId: person.personId },
              dedupeKey: `erasing:${id}`,
              dueAt: now,
              priority: 1,
              expiresAt: dueAt,
            },
          ],
        },
        now,
      )
      return { receipt: id, at: dueAt }
    },

    async erasureAsked(person: Person): Promise<{ readonly receipt: string; readonly at: Date } | undefined> {
      const [running] = await erasures.list(person, 1)
      return running?.dueAt && { receipt: running.id, at: running.dueAt }
    },

    async keepAll(person: Person): Promise<void> {
      for (const { id } of await erasures.all(person)) await erasures.remove(person, id)
    },

    async eraseNow(person: Person, id: string, now: Date): Promise<Receipt> {
      const [running] = await erasures.list(person, 1)
      return erase(person, running?.id ?? id, running?.at ?? now, now)
    },
  }
}
