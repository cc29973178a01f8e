// Planted sentences: what a person writes is seen by whom they chose, and is nowhere else in readable form.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { decode } from '../../src/kit/codec.ts'
import { startWorld, ways, type World } from './world.ts'

const canaries = {
  note: 'canary-heron-by-the-quiet-water',
  reminder: 'canary-finch-on-the-kitchen-shelf',
  shared: 'canary-robin-under-the-stairs',
  name: 'canaryowl',
} as const
const all = Object.values(canaries)

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

/** Every file the bot keeps, as bytes. */
async function kept(folder: string): Promise<string> {
  const names = await readdir(folder)
  const bytes = await Promise.all(names.map((name) => readFile(join(folder, name), 'latin1')))
  return bytes.join('\n')
}
const codesIn = (sent: readonly string[]): readonly string[] =>
  sent.flatMap((line) => [...line.matchAll(/[hos]1:[\w.:@#-]+/g)].map(([code]) => code))

describe.each(ways)('on %s', (way) => {
  it('no word of a person is in the log, in an id, in the database file or its journal, or shown to somebody else', async () => {
    world = await startWorld(way)
    const admin = world.someone('sam', { manages: true })
    await admin.command('setup')
    await admin.fill({
      name: ['Name of the program', 'Evening program'],
      country: ['Country', 'US'],
      law: ['Which law applies here', 'unsure'],
      language: ['Language', 'en'],
      zone: ['Time zone', 'America/New_York'],
      time: ['Usual time to ask members', '9:00'],
    })
    const ana = world.someone(canaries.name)
    await ana.command('start')
    await ana.press('I agree, let me in')
    await ana.command('checkin')
    expect(await ana.fill({ mood: ['Mood', 3], note: ['One line, if you like', canaries.note] })).toContain(
      canaries.note,
    )
    await ana.command('reminders', `18:00 ${canaries.reminder}`, { time: '18:00', words: canaries.reminder })
    await ana.command('checkin', `4 ${canaries.shared}`, { mood: 4, note: canaries.shared })
    await ana.press('Share with facilitators')
    await world.moveTo(new Date('2026-03-06T23:30:00Z'))
    expect(ana.received().join()).toContain(canaries.reminder)

    const bea = world.someone('bea')
    await bea.command('start')
    await bea.press('I agree, let me in')
    await bea.command('home')
    await bea.command('progress')

    const page = await fetch(world.bot.urls.health.replace('healthz', 'metrics'))
    const metrics = await page.text()
    expect(metrics).toMatch(/^handrail_commands_total\{.*\} [1-9]/m)
    expect(metrics).toMatch(/^handrail_sends_total\{.*result="sent"\} [1-9]/m)
    for (const id of [world.workspace, ana.user, bea.user, admin.user]) expect(metrics).not.toContain(id)
    // No id of a row: 22 letters and digits.
    expect(metrics).not.toMatch(/"[\w-]{22}"/)

    const stored = await kept(world.dataDir)
    const codes = codesIn(world.sent())
    expect(codes.length).toBeGreaterThan(10)
    expect(codes.filter((code) => decode(code) === undefined)).toEqual([])
    for (const canary of all) {
      expect(world.logged.join('\n'), 'in the log').not.toContain(canary)
      expect(metrics, 'in the metrics').not.toContain(canary)
      expect(codes.join('\n'), 'in an id').not.toContain(canary)
      expect(stored, 'in a file').not.toContain(canary)
      expect(stored, 'in a file, encoded').not.toContain(Buffer.from(canary).toString('base64').slice(0, 20))
      expect(`${bea.seen()}${bea.received().join()}`, 'shown to Bea').not.toContain(canary)
      expect(`${admin.seen()}${admin.received().join()}`, 'shown to the admin').not.toContain(canary)
    }
    expect(world.logged.length).toBeGreaterThan(0)
    // The check can fail: a word that is kept openly is found by the same look.
    expect(stored).toContain('Evening program')
    expect(ana.seen()).toContain(canaries.note)
  }, 120_000)
})
