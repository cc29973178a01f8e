// A headless Chromium that looks at a running playground the way a person does.
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const found = [process.env['CHROMIUM_PATH'], '/usr/bin/chromium', '/usr/bin/chromium-headless-shell'].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
)

/** Throws in words when there is no browser: `apt-get install chromium`, or set CHROMIUM_PATH. */
export function startBrowser(): Promise<Browser> {
  if (found === undefined)
    throw new Error('no Chromium found: install the chromium package of your system, or set CHROMIUM_PATH')
  return chromium.launch({ executablePath: found, args: ['--no-sandbox'] })
}

/** A page of its own that counts everything a healthy page never shows: errors, refused content, other hosts. */
export async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<{ readonly page: Page; readonly wrong: readonly string[] }> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    ...options,
  })
  await context.addInitScript({ path: fileURLToPath(new URL('look.js', import.meta.url)) })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  const wrong: string[] = []
  page.on('pageerror', (error) => wrong.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') wrong.push(message.text())
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) wrong.push(request.url())
  })
  await page.goto(url)
  return { page, wrong }
}

/** Sits down as somebody else, and waits until their messages are there. */
export async function become(page: Page, name: string): Promise<void> {
  const side = page.getByRole('button', { name: 'People and places' })
  // The list comes with the page's first answer; only then is it clear whether it stands open or behind the button.
  await page.locator('#people button', { hasText: name }).waitFor({ state: 'attached' })
  if (await side.isVisible()) await side.click()
  await page.locator('#people button', { hasText: name }).click()
  await page.locator('#people [aria-current=true]', { hasText: name }).waitFor({ state: 'attached' })
  await page.locator('#log[aria-busy]').waitFor({ state: 'detached' })
}

/** Types into the line and sends it; after a command, waits for its answer, so that what is pressed next is not an older one. */
export async function say(page: Page, words: string): Promise<void> {
  const line = page.locator('#words')
  const mine = page.locator('.message.mine')
  const before = await mine.count()
  await line.fill(words)
  await line.press('Enter')
  if (!words.startsWith('/')) return
  const answer = mine.nth(before).locator('xpath=following-sibling::*[contains(@class, "bot")]')
  await answer.or(page.getByRole('dialog')).first().waitFor()
}

/** Texts too faint to read, controls without a name, and how far the page can be pushed sideways. */
export const look = (page: Page): Promise<{ faintTexts: string[]; nameless: string[]; overflow: number }> =>
  page.evaluate('look()')
