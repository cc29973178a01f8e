// A group in a real browser: made by a facilitator, joined, its room opens; words there that need a person reach one, and
// a drill walks the same way.
import type { Browser, Page } from 'playwright-core'
import { Temporal } from 'temporal-polyfill'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { become, openPage, say, startBrowser } from './harness.ts'
import { startInstance } from './instance.ts'

type Instance = Awaited<ReturnType<typeof startInstance>>
let browser: Browser
let here: Instance
const wrongs: (readonly string[])[] = []
beforeAll(async () => {
  browser = await startBrowser()
})
beforeEach(async () => {
  here = await startInstance()
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await here.stop()
  expect(wrongs.splice(0).flat()).toEqual([])
})
afterAll(() => browser.close())

async function at(name: string): Promise<Page> {
  const { page, wrong } = await openPage(browser, here.url)
  wrongs.push(wrong)
  await page.locator('.empty, .message').first().waitFor()
  await become(page, name)
  return page
}
const answer = (page: Page) => page.locator('.message.bot').last()
const shows = (page: Page, words: string | RegExp) =>
  page.locator('.message.bot').getByText(words).last().waitFor()
const press = (page: Page, label: string | RegExp) => page.getByRole('button', { name: label }).last().click()

test('a sentence shared with staff reaches one of them, who takes it and finishes it', async () => {
  const [ana, maya] = [await at('Ana'), await at('Maya')]
  await say(ana, '/checkin audience:facilitator note:i am going to kill myself tonight')
  await shows(ana, 'Please talk to a person now')
  await shows(ana, 'I am asking your program’s staff too')
  await shows(maya, 'Somebody may need a person. Please open this now.')
  await press(maya, 'Open it')
  await shows(maya, 'i am going to kill myself tonight')
  await press(maya, 'I take this')
  await shows(maya, 'It is yours now')
  await shows(ana, 'has seen this and is taking care of it')
  await press(maya, 'Finish it')
  await press(maya, 'They are safe, we talked')
  await shows(maya, 'Thank you for being there')
  await say(maya, '/today')
  await shows(maya, '1 alert')
})

test('a drill is said to be one, and reports how long it took', async () => {
  const [sam, maya] = [await at('Sam'), await at('Maya')]
  await say(sam, '/drill')
  await press(sam, 'Start the drill')
  await shows(sam, 'The drill runs')
  await shows(maya, 'This is a drill: nobody is in danger')
  await press(maya, 'Open it')
  await press(maya, 'I take this')
  await press(maya, 'Finish it')
  await press(maya, 'The drill is over')
  await say(sam, '/drill')
  await expect.poll(() => answer(sam).innerText(), { timeout: 10_000 }).toMatch(/Taken: after \d+ s/)
})

test('a group is made, joined and met in, from the plan of a meeting to the question afterwards', async () => {
  const [ana, maya] = [await at('Ana'), await at('Maya')]
  const dialog = maya.getByRole('dialog')
  const choose = (words: string) => dialog.getByText(words, { exact: true }).click()
  const save = async () => {
    await maya.getByRole('button', { name: 'Save' }).click()
    await dialog.waitFor({ state: 'hidden' }).catch(async () => {
      throw new Error(await dialog.innerText())
    })
  }
  const tomorrow = Temporal.Now.plainDateISO().add({ days: 1 }).toString()
  await say(maya, '/group')
  await press(maya, 'Make a group')
  await dialog.getByLabel('Name').fill('Harbour')
  for (const words of ['Support group', 'Open: people ask to join', 'Adults', 'People in the program'])
    await choose(words)
  await save()
  await say(ana, '/group')
  await press(ana, 'Open Harbour')
  await press(ana, 'Ask to join')
  await shows(maya, 'Somebody asks to join Harbour')
  await say(maya, '/group')
  await press(maya, 'Open Harbour')
  await press(maya, 'People and asks')
  const choice = maya.locator('.pick').last()
  await choice.locator('select').selectOption({ label: 'Ana' })
  await choice.getByRole('button').click()
  await press(maya, 'Let Ana in')
  await say(ana, '/group')
  await press(ana, 'Open Harbour')
  await press(ana, 'I agree')
  await shows(ana, 'Reading along is taking part')

  await say(maya, '/group')
  await press(maya, 'Open Harbour')
  await press(maya, 'Plan a meeting')
  await dialog.getByLabel('Day').fill(tomorrow)
  await dialog.getByLabel('Time, by the clock of the group').fill('09:00')
  await dialog.getByLabel('Minutes').fill('60')
  await choose('Once')
  await save()
  await shows(maya, 'Planned for Harbour')
  const open = async (page: Page) => {
    await say(page, '/meetings')
    await press(page, /9:00 AM/)
  }
  await open(ana)
  await press(ana, 'Yes, I come')
  await shows(ana, 'Yes: Ana')
  await maya.getByRole('button', { name: 'Tomorrow 09:00' }).click()
  await maya.locator('#waiting').getByText('9:00 AM').waitFor()
  await open(maya)
  await press(maya, 'Start the meeting')
  await shows(maya, 'Harbour: Check-in')
  await open(ana)
  await press(ana, 'It is going on now.')
  await press(ana, 'Join the go-round')
  await shows(ana, 'You are in the go-round')
  for (const part of ['Topic', 'Open discussion', 'Closing reflection']) {
    await press(maya, 'Next part')
    await shows(maya, `Harbour: ${part}`)
  }
  await press(maya, 'Close the meeting')
  await shows(ana, 'write a few lines for yourself')
  await press(maya, 'Back to the meeting')
  await press(maya, 'Who was there')
  expect(await answer(maya).innerText()).toContain('Ana')
})
