// J1: a journal of many sealed entries opened, searched and taken along, against reading and opening the same rows bare.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { journalOf } from '../../src/care/journal/journal.ts'
import { hardDatesOf } from '../../src/care/plans/hard-dates.ts'
import { lettersOf } from '../../src/care/plans/letters.ts'
import { privacyOf } from '../../src/care/privacy/privacy.ts'
import { afterQuiet, atLocal, localDay, localHour, nextRun } from '../../src/delivery/when.ts'
import { openStore } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { newcomer, someProgram } from '../../test/support/people.ts'
import { timed, type Case } from '../case.ts'

const when = { afterQuiet, atLocal, localDay, localHour, nextRun }
const dayMs = 86_400_000
const start = Date.UTC(2021, 0, 1)

export const journalOfYears: Case = {
  id: 'J1',
  what: 'a journal of 10,000 sealed entries and five years of daily check-ins, in milliseconds',
  target: 'first page at most 50 ms; everything taken along in under 60 s',
  ratios: {
    'search / reading every entry': ({ search = 0, readAll = 0 }) => search / readAll,
    'first page / first page of ten': ({ page = 0, pageOfTen = 0 }) => page / pageOfTen,
  },
  async start(quick) {
    const dataDir = await mkdtemp(join(tmpdir(), 'handrail-bench-'))
    const store = await openStore({ dataDir })
    const program = await someProgram(store)
    const person = await store.people.join(newcomer(program, 'Ana'))
    const few = await store.people.join(newcomer(program, 'Bea'))
    const entries = quick ? 2_000 : 10_000
    const days = quick ? 365 : 5 * 365
    const make = (index: number) => ({
      id: newId(),
      kind: 'journal',
      forDay: new Date(start + index * dayMs).toISOString().slice(0, 10),
      at: new Date(start + index * dayMs),
      body: {
        text: `Entry ${index}: a walk along the river, then the call I had put off. `.repeat(6),
        win: false,
      },
    })
    const checkIns = Array.from({ length: days }, (_, index) => ({
      ...make(index),
      kind: 'answered' as const,
      late: false,
      answers: { mood: index % 10, urge: index % 7, note: 'a line for the day' },
    }))
    const written = Array.from({ length: entries }, (_, index) => make(index))
    await store.wholePerson.bring(person, { checkIns, entries: written })
    await store.wholePerson.bring(few, {
      checkIns: [],
      entries: written.slice(0, 10).map((one) => ({ ...one, id: newId() })),
    })
    const parts = { ...store, newId, when }
    const journal = journalOf(parts)
    const privacy = privacyOf({
      ...parts,
      directory: { forget: () => {} },
      letters: lettersOf(parts),
      hardDates: hardDatesOf(parts),
    })
    const readAll = async () => {
      let length = 0
      for await (const { body } of store.entries.each(person, 'journal'))
        length += JSON.stringify(body).length
      return length
    }
    await readAll()
    return {
      round: async () => ({
        pageOfTen: await timed(() => journal.list(few, 6)),
        page: await timed(() => journal.list(person, 6)),
        readAll: await timed(readAll),
        search: await timed(() => journal.search(person, 'nowhere to be found', 5, new Date())),
        export: await timed(() => privacy.export(person, 'en', new Date())),
      }),
      async stop() {
        await store.close()
        await rm(dataDir, { recursive: true, force: true })
      },
    }
  },
}
