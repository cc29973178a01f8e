// What a member does alone, in a real browser: write, find, share, take back; a skill for a feeling; a plan from the help
// screen; everything taken to another Handrail, and erased without a byte left.
import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { become, openPage, say, startBrowser } from './harness.ts'
import { startInstance } from './instance.ts'

const planted = 'the blue kettle by the window'
type Instance = Awaited<ReturnType<typeof startInstance>>

let browser: Browser
let here: Instance
const started: Instance[] = []
const wrongs: (readonly string[])[] = []
beforeAll(async () => {
  browser = await startBrowser()
})
beforeEach(async () => {
  here = await start()
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  for (const instance of started.splice(0)) await instance.stop()
  expect(wrongs.splice(0).flat()).toEqual([])
})
afterAll(() => browser.close())

async function start(): Promise<Instance> {
  const instance = await startInstance()
  started.push(instance)
  return instance
}
async function at(instance: Instance, name: string): Promise<Page> {
  const { page, wrong } = await openPage(browser, instance.url)
  wrongs.push(wrong)
  await page.locator('.empty, .message').first().waitFor()
  await become(page, name)
  return page
}
const answer = (page: Page) => page.locator('.message.bot').last()
const shows = (page: Page, words: string | RegExp) => answer(page).getByText(words).first().waitFor()
const press = (page: Page, label: string) =>
  answer(page).getByRole('button', { name: label, exact: true }).click()
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}
const writes = (page: Page, words: string) => page.getByRole('dialog').getByRole('textbox').fill(words)
async function write(page: Page, words: string): Promise<void> {
  await say(page, '/journal')
  await shows(page, 'My journal')
  await press(page, 'Write freely')
  await page.getByLabel('What you want to write').fill(words)
  await save(page)
  await shows(page, words)
}

test('a page is written, found, shown to a facilitator, and taken back', async () => {
  const [ana, maya] = [await at(here, 'Ana'), await at(here, 'Maya')]
  await write(ana, planted)
  await say(ana, '/journal search:KETTLE')
  await shows(ana, 'Entries with “KETTLE”')
  await answer(ana)
    .getByRole('button', { name: /^Read / })
    .click()
  await press(ana, 'Show my facilitators')
  await shows(ana, 'can see this one entry')

  await say(maya, '/journal')
  await press(maya, 'Entries shown to facilitators')
  await answer(maya)
    .getByRole('button', { name: /^Read Ana/ })
    .click()
  await shows(maya, planted)

  await press(ana, 'Keep it to myself')
  await shows(ana, 'Only you can see this.')
  await say(maya, '/journal')
  await press(maya, 'Entries shown to facilitators')
  await shows(maya, 'Nobody is showing an entry just now')
  await say(ana, '/mydata')
  await press(ana, 'Who looked')
  await shows(ana, 'a journal entry')
})

test('a skill is found by a feeling, walked, rated, and comes first the next time', async () => {
  const ana = await at(here, 'Ana')
  const feeling = '/skill cant stop thinking about a drink'
  const starts = () => answer(ana).getByRole('button', { name: /^Start: / })
  await say(ana, feeling)
  await shows(ana, 'This may fit')
  const label = (await starts().last().textContent()) ?? ''
  const name = label.replace('Start: ', '')
  expect(await starts().first().textContent()).not.toBe(label)
  await press(ana, label)
  await press(ana, '8')
  await shows(ana, /step 1 of/)
  const next = answer(ana).getByRole('button', { name: 'Next', exact: true })
  for (let step = 2; await next.isVisible(); step++) {
    await next.click()
    await shows(ana, new RegExp(`step ${step} of`))
  }
  await press(ana, 'Done')
  await press(ana, '3')
  await shows(ana, 'Did it help?')
  await press(ana, 'Yes')
  await shows(ana, 'From 8 to 3.')
  await say(ana, feeling)
  await shows(ana, /Helped you 1 of 1 time/)
  expect(await starts().first().textContent()).toBe(`Start: ${name}`)
})

test('a safety plan is built part by part and opens from the help screen', async () => {
  const ana = await at(here, 'Ana')
  await say(ana, '/plan safety')
  await press(ana, 'Build it step by step')
  for (const part of [1, 2]) {
    await shows(ana, `part ${part} of 7`)
    await press(ana, 'Write')
    await writes(ana, `${planted}, ${part}`)
    await save(ana)
  }
  await say(ana, '/help-now')
  await press(ana, 'My safety plan')
  for (const part of [1, 2]) await shows(ana, `${planted}, ${part}`)
})

test('everything goes along to a second Handrail, and is erased so that no byte of it is left', async () => {
  const there = await start()
  const ana = await at(here, 'Ana')
  await write(ana, planted)
  await say(ana, '/plan safety')
  await press(ana, 'Build it step by step')
  await press(ana, 'Write')
  await writes(ana, planted)
  await save(ana)
  await say(ana, '/mydata')
  await press(ana, 'Take my data along')
  const [download] = await Promise.all([
    ana.waitForEvent('download'),
    answer(ana).getByRole('link', { name: 'Your data as a zip file' }).click(),
  ])
  expect(download.suggestedFilename()).toMatch(/^handrail-.*\.zip$/)
  const zip = await readFile(await download.path())
  await here.backUp()

  const jo = await at(there, 'Jo')
  await say(jo, '/mydata')
  await press(jo, 'Bring data from elsewhere')
  const bring = (buffer: Buffer) =>
    jo
      .getByLabel('The zip file that another Handrail gave you')
      .setInputFiles({ name: 'mine.zip', mimeType: 'application/zip', buffer })
  await bring(zip.subarray(0, zip.length / 2))
  await jo.getByRole('button', { name: 'Save' }).click()
  await jo.getByText('part of it seems to be missing').waitFor()
  await bring(zip)
  await save(jo)
  await shows(jo, /things were added/)
  await say(jo, '/journal search:kettle')
  await shows(jo, planted)
  await say(jo, '/help-now')
  await press(jo, 'My safety plan')
  await shows(jo, planted)
  await there.backUp()

  for (const [page, instance] of [
    [ana, here],
    [jo, there],
  ] as const) {
    await say(page, '/mydata')
    await press(page, 'Erase everything')
    await press(page, 'Erase at once')
    await page.getByLabel('Type the word erase').fill('erase')
    await save(page)
    await shows(page, 'Your receipt: number')
    const files = await instance.files()
    expect([...files.keys()]).toEqual(
      expect.arrayContaining(['handrail.db', 'handrail.db-wal', 'backups/handrail.db', 'handrail.log']),
    )
    for (const [name, bytes] of files)
      for (const form of [planted, Buffer.from(planted).toString('base64').slice(0, 32)])
        expect(bytes.includes(form), name).toBe(false)
    // The look can fail: what is kept openly is found by it.
    expect([...files.values()].join('\n')).toContain('Harbor Evening Program')
    await say(page, '/journal')
    await shows(page, /Welcome to/)
  }
})
