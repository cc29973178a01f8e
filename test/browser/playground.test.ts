import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startExample } from '../platforms/playground/example.ts'
import { become, look, openPage, say, startBrowser } from './harness.ts'

let browser: Browser
let example: Awaited<ReturnType<typeof startExample>>
const wrongs: (readonly string[])[] = []
beforeAll(async () => {
  browser = await startBrowser()
})
beforeEach(async () => {
  example = await startExample()
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await example.close()
  expect(wrongs.splice(0).flat()).toEqual([])
})
afterAll(() => browser.close())

async function at(name: string, options: BrowserContextOptions = {}): Promise<Page> {
  const { page, wrong } = await openPage(browser, example.url, options)
  wrongs.push(wrong)
  await page.locator('.empty, .message').first().waitFor()
  await become(page, name)
  await page.getByRole('log').waitFor()
  return page
}
const log = (page: Page, words: string) => page.getByRole('log').getByText(words).last()
const phone = { viewport: { width: 390, height: 844 } }

describe('with the keyboard alone', () => {
  test('a command is completed, its form filled in, and the answer read', async () => {
    const page = await at('Ana')
    await page.locator('#words').focus()
    await page.keyboard.type('/ch')
    await page.getByRole('option', { name: '/checkin' }).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.locator('#words').inputValue()).toBe('/checkin ')
    await page.locator('#hint').getByText('1–10').waitFor()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog', { name: 'How is today?' }).waitFor()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    await page.getByLabel('A line about today').focus()
    await page.keyboard.type('a short walk')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: 'Save' }).focus()
    await page.keyboard.press('Enter')
    await log(page, 'a short walk').waitFor()
    expect(example.app.answers.at(-1)).toMatchObject({ mood: 2, note: 'a short walk', audience: 'me' })
    await page.locator('#words:focus').waitFor()
  })

  test('Escape closes a form, the focus returns, and what was typed is there again', async () => {
    const page = await at('Ana')
    await say(page, '/checkin')
    await page.getByLabel('A line about today').fill('half a thought')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    await page.locator('#words:focus').waitFor()
    await say(page, '/checkin')
    await expect.poll(() => page.getByLabel('A line about today').inputValue()).toBe('half a thought')
  })

  test('options are suggested as they are typed and chosen with the arrows', async () => {
    const page = await at('Ana')
    await page.locator('#words').fill('/skill ti')
    await page.getByRole('option', { name: 'Cold water (TIPP)' }).waitFor()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    expect(await page.locator('#words').inputValue()).toBe('/skill name:tipp ')
    await page.keyboard.press('Enter')
    await log(page, 'Skill: tipp').waitFor()
  })
})

describe('a form', () => {
  test('says beside the field what is wrong, goes there, and keeps what was typed', async () => {
    const page = await at('Ana')
    await say(page, '/checkin')
    await page.getByLabel('Hours of sleep').fill('99')
    await page.getByLabel('A line about today').fill('kept')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Please give a whole number from 0 to 24.').waitFor()
    const hours = page.getByLabel('Hours of sleep')
    expect(await hours.getAttribute('aria-invalid')).toBe('true')
    expect(await hours.getAttribute('aria-describedby')).toContain('field-hours-problem')
    expect(await page.getByLabel('A line about today').inputValue()).toBe('kept')
    await page.getByRole('group', { name: 'Mood' }).locator('*:focus').waitFor({ state: 'attached' })
  })
})

describe('who sees what', () => {
  test('an answer in a room says that only you see it, and nobody else does', async () => {
    const [ana, teo] = [await at('Ana'), await at('Teo')]
    for (const page of [ana, teo]) await page.getByRole('button', { name: 'evening-group' }).click()
    await say(ana, '/checkin 4 mine alone')
    await log(ana, 'Only you can see this').waitFor()
    await say(ana, 'good evening')
    await log(teo, 'good evening').waitFor()
    expect(await teo.getByRole('log').textContent()).not.toContain('mine alone')
  })

  test('words are shown as words, whatever they hold', async () => {
    const page = await at('Ana')
    await say(page, '/checkin 4 <img src=x onerror=alert(1)><b>bold</b>')
    await log(page, '<img src=x onerror=alert(1)><b>bold</b>').waitFor()
  })

  test('a room that is not open shows how much is new there', async () => {
    const [ana, teo] = [await at('Ana'), await at('Teo')]
    await teo.getByRole('button', { name: 'alumni' }).click()
    await say(teo, 'hello')
    await ana.getByRole('button', { name: /alumni.*1 new/ }).waitFor()
  })
})

describe('the clock', () => {
  test('moves to the next morning in the zone of the person, and the prompt comes in', async () => {
    const page = await at('Ana')
    await page.getByText('Sat, Mar 7 · New York').waitFor()
    await page.getByRole('button', { name: 'Tomorrow 09:00' }).click()
    await log(page, 'Good morning. How is today?').waitFor()
    await page.getByText('Sun, Mar 8 · New York').waitFor()
    expect(await page.locator('.day').last().textContent()).toBe('Sunday, March 8, 2026')
    await page.getByRole('button', { name: 'Check in' }).click()
    await page.getByRole('dialog', { name: 'How is today?' }).waitFor()
  })

  test('goes to a chosen day, and says why it does not go back', async () => {
    const page = await at('Ana', phone)
    await page.locator('#clock').click()
    await page.getByLabel('Day').fill('2026-03-01')
    await page.getByRole('button', { name: 'Go there' }).click()
    await page.getByText('The clock only moves forward.').waitFor()
    await page.getByLabel('Day').fill('2026-03-12')
    await page.getByRole('button', { name: 'Go there' }).click()
    await page.getByText('Thu, Mar 12 · New York').waitFor()
  })
})

test('the page speaks Spanish when asked to, and remembers it', async () => {
  const page = await at('Ana')
  await page.getByText('Español').click()
  await page.getByRole('heading', { name: '¿Quién eres?' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('es')
  await page.reload()
  await page.getByRole('heading', { name: '¿Quién eres?' }).waitFor()
  await page.getByPlaceholder('Escribe un mensaje').waitFor()
})

test('the message menu offers what the program offers, and closes with Escape', async () => {
  const page = await at('Ana')
  await say(page, '/help-now')
  await log(page, 'If you are in danger, call 911').waitFor()
  const more = page.getByLabel('More about this message').last()
  await more.click()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Report' }).last().waitFor({ state: 'hidden' })
  await more.click()
  await page.getByRole('button', { name: 'Report' }).last().click()
  await log(page, 'Reported').waitFor()
})

test('a playground that stopped is said to have stopped, the words stay, and a new start asks for a reload', async () => {
  const page = await at('Ana')
  const port = Number(new URL(example.url).port)
  await example.close()
  await page.getByText('The playground does not answer.').waitFor()
  await say(page, 'is anybody there')
  await expect.poll(() => page.locator('#words').inputValue()).toBe('is anybody there')
  example = await startExample(port)
  await page.getByRole('button', { name: 'Reload' }).waitFor()
  await page.getByText('The playground was started again.').waitFor()
  await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Reload' }).click()])
  await page.locator('.empty').waitFor()
  await say(page, '/help-now')
  await log(page, 'If you are in danger, call 911').waitFor()
  // What the browser says about the lost connection is right this time.
  wrongs.splice(0)
})

describe.each([
  ['a laptop in light', {}],
  ['a laptop in dark', { colorScheme: 'dark' }],
  ['a phone in light', phone],
  ['a phone in dark', { ...phone, colorScheme: 'dark', hasTouch: true }],
] as const)('on %s', (_, options: BrowserContextOptions) => {
  test('every text can be read, every control has a name, and nothing is cut off', async () => {
    const page = await at('Ana', { ...options, reducedMotion: 'reduce' })
    const check = async (state: string) =>
      expect(await look(page), state).toEqual({ faintTexts: [], nameless: [], overflow: 0 })
    await check('empty')
    await say(page, '/checkin 7 a walk with my brother')
    await say(page, '/progress')
    await page.getByRole('img', { name: 'Mood rose' }).waitFor()
    await check('messages')
    await page.locator('#words').fill('/')
    await page.getByRole('option', { name: '/checkin' }).waitFor()
    await check('commands')
    await say(page, '/checkin')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Please fill this in.').first().waitFor()
    await check('form')
    await page.keyboard.press('Escape')
    await page.locator('#clock').click()
    await check('clock')
  })
})
