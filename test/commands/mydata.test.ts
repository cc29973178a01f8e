// One's own data as the member meets it: seen, taken to another Handrail, erased with a day to think.
import { beforeAll, expect, it } from 'vitest'
import { unzipSync } from 'fflate'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { castOn, messageOf, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { packed } from '../../src/care/privacy/signed-folder.ts'
import { someSigner } from '../support/signer.ts'
import type { Store } from '../../src/store/connect.ts'

const hours = (from: Date, count: number) => new Date(from.getTime() + count * 3_600_000)
const fileIn = (who: Speaker): Uint8Array => {
  const block = messageOf(who.shown())?.blocks.find((one) => one.kind === 'file')
  if (block?.kind !== 'file') throw new Error('there is no file')
  return block.bytes
}
const upload = (bytes: Uint8Array) => ({
  name: 'mine.zip',
  size: bytes.length,
  read: () => Promise.resolve(bytes),
})

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    await cast.program()
    ana = await cast.member('ana')
    await ana.slash('journal', { words: 'A quiet evening by the harbour' })
    await ana.slash('checkin', { mood: 6, note: 'steady' })
    await ana.slash('urge', { strength: 4 })
  })

  it('says what is kept, how much and since when, and who looked', async () => {
    const said = await ana.slash('mydata')
    expect(said).toContain('Journal entries: 1')
    expect(said).toContain('Check-ins: 1')
    expect(await ana.press('Who looked')).toContain('Nobody has opened')
    await ana.press('Back to my data')
    expect(await ana.press('What I agreed to')).toContain('agreed to taking part')
  })

  it('takes every share back at once', async () => {
    await ana.slash('checkin', { mood: 5, audience: 'facilitator' })
    await ana.slash('mydata')
    expect(await ana.press('What I agreed to')).toContain('one thing')
    expect(await ana.press('Take every share back')).toContain('yours alone')
    await ana.slash('mydata')
    expect(await ana.press('What I agreed to')).toContain('nothing')
  })

  it('goes along as a folder that reads without software and comes to another Handrail, once', async () => {
    await ana.slash('mydata')
    await ana.press('Take my data along')
    const zip = fileIn(ana)
    const page = new TextDecoder().decode(unzipSync(zip)['index.html'])
    expect(page).toContain('A quiet evening by the harbour')
    expect(page).not.toContain('<script')
    const elsewhere = castOn(await open())
    await elsewhere.program()
    const there = await elsewhere.member('ana-elsewhere')
    await there.slash('mydata')
    await there.press('Bring data from elsewhere')
    const { code } = there.form()
    expect(await there.submit(code, { file: upload(zip) })).toMatch(/\d things were added/)
    expect(await there.submit(code, { file: upload(zip) })).toContain('Nothing new')
    expect(await there.slash('journal', { search: 'harbour' })).toContain('A quiet evening')
  })

  it('refuses half a file in a sentence, and nothing is half written', async () => {
    const bea = await cast.member('bea')
    await ana.slash('mydata')
    await ana.press('Take my data along')
    const zip = fileIn(ana)
    await bea.slash('mydata')
    await bea.press('Bring data from elsewhere')
    const said = await bea.submit(bea.form().code, { file: upload(zip.subarray(0, zip.length / 2)) })
    expect(said).toContain('Nothing was added')
    expect(await bea.slash('mydata')).toContain('Nothing you wrote is kept yet')
  })

  it('takes from somebody else’s Handrail only what can be read again, all of it or nothing', async () => {
    const eve = await cast.member('eve')
    const row = { id: 'a', kind: 'journal', forDay: '2026-03-01', at: '2026-03-01T10:00:00Z' }
    const page = { ...row, body: { text: 'a page that came along', win: false } }
    const bring = async (entries: unknown) => {
      const text = typeof entries === 'string' ? entries : JSON.stringify(entries)
      const file = upload(
        packed({ 'data/Entry.json': new TextEncoder().encode(text) }, someSigner(), new Date()),
      )
      await eve.slash('mydata')
      await eve.press('Bring data from elsewhere')
      return eve.submit(eve.form().code, { file })
    }
    for (const wrong of [
      '[{',
      [page, { ...row, id: 'b', body: 5 }],
      [page, { ...row, id: 'b', body: { text: ['x'], win: 'y' } }],
      [page, { ...row, id: 'b', kind: 'hard-date', body: { name: 'x', date: 'never', yearly: true } }],
      [page, page],
      [page, { ...row, id: 'b', body: page.body, forDay: 'someday' }],
    ]) {
      expect(await bring(wrong), JSON.stringify(wrong)).toContain('Nothing was added')
      expect(await eve.slash('mydata')).toContain('Nothing you wrote is kept yet')
    }
    // What a newer one keeps is left out; the mark of who signed it is said.
    expect(await bring([page, { ...row, id: 'b', kind: 'not-known-yet', body: {} }])).toMatch(
      /One thing was added[^]*does not know whose that is/,
    )
    await eve.slash('journal')
    expect(await eve.press('My entries')).toContain('a page that came along')
  })

  it('keeps the promises of what came along: a hard date and a letter still come by themselves', async () => {
    const finn = await cast.member('finn')
    await finn.slash('plan')
    await finn.press('Hard dates')
    await finn.press('Add a date')
    await finn.fill({ name: 'the eighth', date: '2026-03-14', yearly: false })
    await finn.slash('plan')
    await finn.press('Letter from my well self')
    await finn.press('Write a letter')
    await finn.fill({ text: 'breathe first', on: '2026-03-10' })
    await finn.slash('mydata')
    await finn.press('Take my data along')
    const zip = fileIn(finn)
    const elsewhere = await open()
    const there = castOn(elsewhere)
    const delivered = deliverTo(there, elsewhere)
    await there.program()
    const gus = await there.member('gus')
    await gus.slash('mydata')
    await gus.press('Bring data from elsewhere')
    expect(await gus.submit(gus.form().code, { file: upload(zip) })).toContain('were added')
    await delivered.delivery.moveTo(hours(there.clock.now(), 24 * 7))
    const said = delivered.words().join('\n')
    expect(said).toContain('You left something for yourself, for today')
    expect(said).toContain('In two days there is a day you marked')
  })

  it('waits a day before it erases, says so by message, and can be called off', async () => {
    const delivered = deliverTo(cast, store)
    const cleo = await cast.member('cleo')
    await cleo.slash('journal', { words: 'stay a while' })
    await cleo.slash('mydata')
    await cleo.press('Erase everything')
    expect(await cleo.press('Erase in a day')).toContain('call it off')
    await delivered.delivery.settle()
    expect(delivered.words().filter((words) => words.includes('If that was not you'))).toHaveLength(1)
    await cleo.slash('mydata')
    expect(await cleo.press('Keep my data')).toContain('Nothing was erased')
    await delivered.delivery.moveTo(hours(cast.clock.now(), 30))
    expect(await cleo.slash('journal', { search: 'while' })).toContain('stay a while')
    await cleo.slash('mydata')
    await cleo.press('Erase everything')
    await cleo.press('Erase in a day')
    await delivered.delivery.moveTo(hours(cast.clock.now(), 30))
    expect(await cleo.slash('mydata')).not.toContain('Journal entries')
    expect(
      await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'cleo' }),
    ).toBeUndefined()
  })

  it('erases at once only when the word is typed, and gives a receipt', async () => {
    const dora = await cast.member('dora')
    await dora.slash('journal', { words: 'gone soon' })
    await dora.slash('mydata')
    await dora.press('Erase everything')
    await dora.press('Erase at once')
    await dora.fill({ word: 'yes' })
    expect(dora.shown().reply.kind).toBe('problems')
    await dora.press('Try again')
    expect(await dora.fill({ word: 'Erase' })).toContain('Your receipt: number')
    expect(
      await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'dora' }),
    ).toBeUndefined()
    expect(await ana.slash('journal', { search: 'harbour' })).toContain('A quiet evening')
  })
})
