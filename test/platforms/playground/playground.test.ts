import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { say } from '../../../src/kit/reply.ts'
import { sit } from './client.ts'
import { startExample } from './example.ts'

let example: Awaited<ReturnType<typeof startExample>>
let ana: Awaited<ReturnType<typeof sit>>
let teo: Awaited<ReturnType<typeof sit>>
beforeAll(async () => {
  example = await startExample()
  ana = await sit(example.url, 'ana')
  teo = await sit(example.url, 'teo')
})
afterAll(async () => {
  ana.leave()
  teo.leave()
  await example.close()
})
const last = (of = ana) => of.messages.at(-1)
const told = (words: string, of = ana) => vi.waitFor(() => expect(of.text()).toContain(words))

describe('a command in a direct message', () => {
  test('saves at once when its options are given, and shows the answer with its buttons', async () => {
    await ana.say('/checkin 7 a walk')
    await told('Saved.')
    expect(example.app.answers.at(-1)).toMatchObject({ mood: 7, note: 'a walk' })
    expect(ana.codeOf('Edit').code).toMatch(/^h1:/)
  })

  test('opens a form when they are not, in the order of its fields and filled in', async () => {
    const { form } = await ana.say('/checkin')
    expect(form?.fields.map(({ kind }) => kind).slice(0, 5)).toEqual([
      'scale',
      'scale',
      'choices',
      'paragraph',
      'choice',
    ])
    expect(form?.filled).toEqual({ audience: 'me' })
    expect(form?.readers).toBe('Only you read this.')
  })

  test('tells the dispatcher who is there and where, and nothing that grants rights', async () => {
    await ana.say('/help-now')
    expect(example.app.visitors.at(-1)).toEqual({
      platform: 'playground',
      workspace: 'playground',
      user: 'ana',
      name: 'Ana',
      locale: 'en',
      zone: 'UTC',
      managesWorkspace: false,
    })
  })

  test('is not needed: other words are answered with what the bot can do', async () => {
    await ana.say('hello?')
    await told('I cannot read or pass on messages')
  })

  test('answers an error of ours with a reference and none of the inside', async () => {
    await ana.say('/broken')
    await told('ref-1')
    expect(ana.text()).not.toContain('a secret of the inside')
  })
})

describe('a form', () => {
  const code = async () => (await ana.say('/checkin')).form?.code ?? ''

  test('comes back with a sentence beside each field that needs another look', async () => {
    const { problems } = await ana.ask('submit', {
      code: await code(),
      raw: { mood: '11', audience: 'nobody' },
    })
    expect(Object.keys(problems ?? {}).toSorted()).toEqual(['audience', 'mood'])
    expect(problems?.['mood']).toBe('Please give a whole number from 1 to 10.')
  })

  test('shows a refusal that speaks of one field beside that field', async () => {
    const raw = { mood: '4', audience: 'me', note: 'too late' }
    const { problems } = await ana.ask('submit', { code: await code(), raw })
    expect(problems).toEqual({ day: 'That day is over.' })
  })

  test('hands on every kind of field as its own type', async () => {
    const raw = {
      mood: '4',
      urge: '0',
      halt: ['hungry', 'tired'],
      note: 'ok',
      audience: 'group',
      skill: 'tipp',
      hours: '7',
      who: 'teo',
      friends: ['teo', 'jo'],
      place: 'alumni',
      day: '2026-03-07',
      at: '09:00',
      agree: 'true',
    }
    expect(await ana.ask('submit', { code: await code(), raw })).toEqual({ status: 200 })
    expect(example.app.answers.at(-1)).toEqual({ ...raw, mood: 4, urge: 0, hours: 7, agree: true })
  })

  test('completes what is typed in a search field', async () => {
    const found = await ana.ask<unknown[]>('suggest', { code: await code(), field: 'skill', typed: 'breath' })
    expect(Object.values(found)).toContainEqual({ value: 'paced breathing', label: 'Paced breathing' })
    const typed = await ana.ask<unknown[]>('suggest', { command: 'skill', field: 'name', typed: 'ti' })
    expect(Object.values(typed)).toContainEqual({ value: 'tipp', label: 'Cold water (TIPP)' })
  })
})

describe('buttons and menus', () => {
  test('an update takes the place of the message whose button was pressed', async () => {
    await ana.say('/checkin 3')
    await told('Mood 3 of 10')
    const { code, message } = ana.codeOf('Undo')
    const before = ana.messages.length
    await ana.ask('press', { code, message })
    await vi.waitFor(() => expect(ana.messages.find(({ id }) => id === message)?.edited).toBe(true))
    expect(JSON.stringify(ana.messages.find(({ id }) => id === message))).toContain('Undone.')
    expect(ana.messages.length).toBe(before)
  })

  test('an update without its message is said privately instead', async () => {
    const { code } = { code: 'h1:undo' }
    await ana.ask('press', { code, room: 'alumni' })
    await vi.waitFor(() => expect(last()).toMatchObject({ room: 'alumni', onlyFor: 'ana' }))
  })

  test('a made-up or stale button is answered kindly', async () => {
    await ana.ask('press', { code: 'h1:gone:x' })
    await told('That is no longer here.')
  })

  test('what was picked from a menu reaches the action', async () => {
    await ana.ask('press', { code: 'h1:chosen', chosen: '90' })
    await told('You picked 90.')
  })

  test('the menu of a message points at that message', async () => {
    await teo.say('hello everybody', 'alumni')
    await told('hello everybody')
    const id = last()?.id ?? ''
    await ana.ask('menu', { room: 'alumni', id: 'report', message: id })
    await told(`Reported ${id}.`)
    expect(teo.text()).not.toContain('Reported')
  })
})

describe('rooms', () => {
  test('words are read by everybody, a command and its answer only by who typed it', async () => {
    await ana.say('good evening', 'evening-group')
    await ana.say('/checkin 2 my own words', 'evening-group')
    await told('Mood 2 of 10')
    await told('good evening', teo)
    expect(teo.text()).not.toMatch(/my own words|Mood 2 of 10/)
    expect(last()).toMatchObject({ onlyFor: 'ana' })
  })

  test('an answer meant for the room is seen by the room', async () => {
    await ana.say('/wave', 'evening-group')
    await told('Ana waves.', teo)
  })

  test('somebody else’s direct messages do not exist', async () => {
    expect((await teo.say('/wave', ana.room)).status).toBe(404)
    expect((await teo.ask('menu', { id: 'report', message: ana.messages[0]?.id })).status).toBe(404)
    const late = await sit(example.url, 'teo')
    expect(late.messages.every(({ room }) => room !== ana.room)).toBe(true)
    late.leave()
  })
})

describe('what is sent without being asked', () => {
  const post = {
    id: 'row-1',
    platform: 'playground' as const,
    workspace: 'playground',
    message: say({ en: 'A prompt.', es: 'Un aviso.' }),
    language: 'es' as const,
    attempt: 1,
  }

  test('arrives once, however often it is sent, in the language asked for', async () => {
    const to = { kind: 'person', user: 'ana' } as const
    const sent = await example.playground.poster.send({ ...post, to })
    await example.playground.poster.send({ ...post, to, attempt: 2 })
    expect(sent).toEqual({ kind: 'sent', messageId: 'row-1', room: 'direct-ana' })
    await told('Un aviso.')
    expect(ana.messages.filter(({ id }) => id === 'row-1')).toHaveLength(1)
    expect(teo.text()).not.toContain('Un aviso.')
  })

  test('to nobody and to no room is reported as unreachable', async () => {
    const { poster } = example.playground
    expect(await poster.send({ ...post, id: 'r2', to: { kind: 'person', user: 'nobody' } })).toEqual({
      kind: 'unreachable',
      why: 'gone',
    })
    expect(await poster.send({ ...post, id: 'r3', to: { kind: 'room', room: 'nowhere' } })).toEqual({
      kind: 'unreachable',
      why: 'unknown-room',
    })
  })
})

describe('the clock', () => {
  test('moves to nine the next morning in the zone of the person, across the change of clocks', async () => {
    await ana.ask('clock', { wish: { tomorrowAt: '09:00' } })
    // On 8 March 2026 New York moves from -05:00 to -04:00.
    expect(example.moves.at(-1)).toBe('2026-03-08T13:00:00.000Z')
    await told('Good morning. How is today?')
  })

  test('moves by minutes and to a chosen day and time', async () => {
    await ana.ask('clock', { wish: { minutes: 20 } })
    expect(example.moves.at(-1)).toBe('2026-03-08T13:20:00.000Z')
    await ana.ask('clock', { wish: { day: '2026-03-20', time: '07:30' } })
    expect(example.moves.at(-1)).toBe('2026-03-20T11:30:00.000Z')
  })

  test('refuses to go back or absurdly far, in words', async () => {
    const moves = example.moves.length
    const back = await ana.ask('clock', { wish: { day: '2020-01-01', time: '09:00' } })
    expect(back).toMatchObject({
      problem: expect.stringContaining('only moves forward') as unknown,
    })
    expect(await ana.ask('clock', { wish: { day: '2090-01-01', time: '09:00' } })).toMatchObject({
      problem: expect.stringContaining('400 days') as unknown,
    })
    expect((await ana.ask('clock', { wish: { minutes: -5 } })).status).toBe(400)
    expect(example.moves.length).toBe(moves)
  })
})

describe('what can be typed', () => {
  type Able = { commands: { name: string; description: string; options: unknown[] }[]; zone: string }
  const able = async (user: string, language: 'en' | 'es' = 'en') => {
    const one = await sit(example.url, user, { language })
    one.leave()
    return one.ask<Able>('abilities', {})
  }

  test('follows the person’s role, and the page’s language', async () => {
    const names = ({ commands }: Able) => commands.map(({ name }) => name)
    expect(names(await able('ana'))).not.toContain('roster')
    expect(names(await able('maya'))).toContain('roster')
    const { commands } = await able('robin', 'es')
    expect(commands.find(({ name }) => name === 'checkin')?.description).toBe('Anota cómo estás hoy')
  })

  test('comes with the options, their kinds and their limits', async () => {
    const { commands, zone } = await able('ana')
    expect(zone).toBe('America/New_York')
    expect(commands.find(({ name }) => name === 'checkin')?.options[0]).toEqual({
      name: 'mood',
      kind: 'whole',
      label: 'Mood, from 1 to 10',
      required: false,
      min: 1,
      max: 10,
    })
  })
})
