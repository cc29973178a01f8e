// Takes the README's picture of the playground: node --import tsx test/browser/picture.ts docs/playground.png [dark]
import { startBot } from './bot.ts'
import { become, openPage, say, startBrowser } from './harness.ts'

const [, , path = 'playground.png', scheme] = process.argv
const bot = await startBot()
const browser = await startBrowser()
const { page } = await openPage(browser, bot.url, {
  timezoneId: 'America/New_York',
  colorScheme: scheme === 'dark' ? 'dark' : 'light',
  deviceScaleFactor: 2,
  viewport: { width: 1280, height: 900 },
  reducedMotion: 'reduce',
})
const log = page.getByRole('log')
const dialog = page.getByRole('dialog')
const heard = (words: string) => log.getByText(words).last().waitFor()

await become(page, 'Sam')
await say(page, '/setup')
await dialog.getByLabel('Name of the program').fill('Evening program')
await dialog.getByLabel('Country').fill('United States')
await dialog.getByText('We are not sure').click()
await dialog.getByText('English', { exact: true }).click()
await dialog.getByLabel('Time zone').fill('America/New_York')
await dialog.locator('#field-time').fill('09:00')
await dialog.getByRole('button', { name: 'Save' }).click()
await dialog.waitFor({ state: 'hidden' })

await become(page, 'Ana')
await say(page, '/start')
for (const label of ['I agree, let me in', 'Yes, that is right', 'English', 'Yes, at 09:00', 'Skip'])
  await log.getByRole('button', { name: label, exact: true }).last().click()
await heard('That is all')

const days = [
  '4 7 5 4',
  '5 6 6 5',
  '4 6 4 6',
  '6 5 3 6',
  '5 5',
  '',
  '6 4 2 7',
  '7 4 3 6',
  '6 3 2 7',
  '7 3 1 8',
]
for (const values of days) {
  const [mood, stress, urge, sleep] = values.split(' ')
  const options = Object.entries({ mood, stress, urge, sleep }).flatMap(([name, value]) =>
    value ? `${name}:${value}` : [],
  )
  const before = await page.locator('.message.bot').count()
  if (values !== '') await say(page, `/checkin ${options.join(' ')}`)
  await page.getByRole('button', { name: 'Tomorrow 09:00' }).click()
  await page
    .locator('.message.bot')
    .nth(before + (values === '' ? 0 : 1))
    .waitFor()
}
await say(page, '/checkin mood:7 stress:3 urge:1 sleep:8 Walked to group with Jo.')
await heard('Walked to group with Jo.')
await say(page, '/progress')
await log.getByRole('img').last().waitFor()
await page.waitForTimeout(500)
await page.screenshot({ path })
await browser.close()
await bot.stop()
