import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startBot } from './bot.ts'
import { become, openPage, say, startBrowser } from './harness.ts'

let browser: Browser
let bot: Awaited<ReturnType<typeof startBot>>
beforeAll(async () => {
  browser = await startBrowser()
  bot = await startBot()
})
afterAll(async () => {
  await browser.close()
  await bot.stop()
})

const log = (page: Page, words: string | RegExp) => page.getByRole('log').getByText(words).last()
const press = (page: Page, label: string) =>
  page.getByRole('log').getByRole('button', { name: label, exact: true }).last().click()
const save = async (page: Page) => {
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
}
/** Steps look like buttons; the choice itself is hidden under them. */
const choose = (page: Page, group: string, step: string) =>
  page
    .getByRole('group', { name: new RegExp(`^${group}`) })
    .getByText(step, { exact: true })
    .click()

test('a newcomer starts, consents, checks in, edits, sees the week and is prompted on two mornings across summer time', async () => {
  const { page, wrong } = await openPage(browser, bot.url, { timezoneId: 'America/New_York' })
  await page.locator('.empty').waitFor()

  await become(page, 'Sam')
  await say(page, '/setup')
  await page.getByLabel('Name of the program').fill('Evening program')
  await page.getByLabel('Country').fill('United Sta')
  await page.getByRole('option', { name: 'United States', exact: true }).click()
  await page.getByRole('dialog').getByText('We are not sure').click()
  await page.getByRole('dialog').getByText('English', { exact: true }).click()
  await page.getByLabel('Time zone').fill('New York')
  await page.getByRole('option').first().click()
  await page.locator('#field-time').fill('09:00')
  await save(page)

  await become(page, 'Robin')
  await say(page, '/checkin')
  await log(page, 'Welcome to Evening program').waitFor()
  await press(page, 'I agree, let me in')
  await log(page, 'Step 1 of 4').waitFor()
  await press(page, 'Yes, that is right')
  await press(page, 'English')
  await press(page, 'Yes, at 09:00')
  await log(page, 'Step 4 of 4').waitFor()
  await press(page, 'Skip')
  await log(page, 'That is all').waitFor()

  await say(page, '/checkin')
  await choose(page, 'Mood', '7')
  await page.locator('#field-note').fill('slept badly, walked anyway')
  await save(page)
  await log(page, 'slept badly, walked anyway').waitFor()
  await press(page, 'Edit')
  await expect.poll(() => page.locator('#field-note').inputValue()).toBe('slept badly, walked anyway')
  await page.locator('#field-note').fill('slept badly, walked twice')
  await save(page)
  await log(page, 'slept badly, walked twice').waitFor()

  await say(page, '/progress')
  const picture = page.getByRole('log').getByRole('img').last()
  await picture.waitFor()
  await log(page, 'You took part on 1 of 7 days').waitFor()
  expect(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(
    800,
  )
  expect(await picture.getAttribute('alt')).not.toBe('')

  const prompts = () => page.locator('.message.bot', { hasText: /how (are you|is)/i })
  const before = await prompts().count()
  for (const day of ['Sat, Mar 7', 'Sun, Mar 8']) {
    await page.getByRole('button', { name: 'Tomorrow 09:00' }).click()
    await page.getByText(`${day} · New York`).waitFor()
  }
  await expect.poll(async () => (await prompts().count()) - before).toBe(2)
  await page.getByRole('button', { name: '+1 hour' }).click()
  await page.waitForTimeout(500)
  expect((await prompts().count()) - before).toBe(2)
  expect(await prompts().last().locator('time').textContent()).toBe('9:00 AM')

  expect(wrong).toEqual([])
  expect(bot.failures).toEqual([])
})

test('on a phone a message longer than the screen is read from its beginning', async () => {
  const { page } = await openPage(browser, bot.url, { viewport: { width: 390, height: 640 } })
  await become(page, 'Jo')
  await say(page, '/start')
  const title = page.getByRole('heading', { name: 'Welcome to Evening program' })
  await title.waitFor()
  await expect.poll(async () => (await title.boundingBox())?.y ?? -1).toBeGreaterThan(60)
})
