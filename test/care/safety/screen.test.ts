import { afterAll, describe, expect, it } from 'vitest'
import { corpusLines, hashOf } from '../../../src/care/safety/screen/corpus.ts'
import { createJudge } from '../../../src/care/safety/screen/judge.ts'
import { createModel, readModel } from '../../../src/care/safety/screen/model.ts'
import { normalise } from '../../../src/care/safety/screen/normalise.ts'
import { createReader } from '../../../src/care/safety/screen/reader.ts'
import { sureOf } from '../../../src/care/safety/screen/rules.ts'
import { createScreen } from '../../../src/care/safety/screen/screen.ts'
import { readAbout } from '../../../src/care/safety/screen/sense.ts'

const screen = createScreen({ processes: 1, patience: 60_000 })
afterAll(() => screen.close())

describe('the safety screen', () => {
  it('knows a plain statement of intent, in both languages', async () => {
    expect(await screen.screen('I am going to kill myself tonight')).toEqual({
      level: 'urgent',
      reason: 'suicide',
    })
    expect(await screen.screen('me voy a matar esta noche')).toEqual({ level: 'urgent', reason: 'suicide' })
  })

  it('is not put off by spelling, spacing or look-alike letters', async () => {
    for (const text of [
      '1m g0nna k1ll mys3lf t0night',
      'i m g o i n g t o k i l l m y s e l f',
      'im gonna kms tonite',
    ])
      expect(await screen.screen(text)).toMatchObject({ level: 'urgent' })
  })

  it('keeps an intent that is only put off', async () => {
    expect(await screen.screen('Not going to kill myself tonight, I will wait till Friday')).toMatchObject({
      level: 'urgent',
    })
  })

  it('says nothing of what a day brings', async () => {
    for (const text of ['what time is group on thursday', 'llego tarde al grupo, se me fue el camión'])
      expect(await screen.screen(text)).toEqual({ level: 'none', reason: 'not-noticed' })
  })

  it('leaves greetings, thanks and one-word answers alone, and a short plain statement is still heard', async () => {
    for (const text of [
      'hello',
      'Thanks!',
      'ok',
      'gracias',
      'Good morning :)',
      'buenas noches',
      'see you tomorrow',
    ])
      expect(await screen.screen(text), text).toEqual({ level: 'none', reason: 'not-noticed' })
    for (const text of ['took them all', 'Kill myself.', 'me quiero matar'])
      expect((await screen.screen(text)).level, text).toBe('urgent')
  })

  it('answers hostile input and nothing at all', async () => {
    for (const text of ['', '\u0000\ud800', 'a'.repeat(100_000), 'k i l l m e '.repeat(8_000)])
      expect(['none', 'concern', 'urgent']).toContain((await screen.screen(text)).level)
  }, 20_000)

  it('says when it had no time to look', async () => {
    const hurried = createScreen({ processes: 1, patience: 0 })
    await expect(hurried.screen('hello')).rejects.toThrow('no answer within')
    await hurried.close()
    await expect(hurried.screen('hello')).rejects.toThrow('closed')
  })

  it('answers by words while the sentence model is being read, says so, and reads again', async () => {
    const starting = createScreen({ processes: 1, patience: 60_000, early: true })
    const { again, ...first } = await starting.screen('I am going to kill myself tonight')
    expect(first).toEqual({ level: 'urgent', reason: 'suicide', early: true })
    expect(await again?.()).toEqual({ level: 'urgent', reason: 'suicide' })
    expect(await starting.screen('I am going to kill myself tonight')).not.toHaveProperty('early')
    await starting.close()
  }, 60_000)

  it('works by words and rules alone where the sentence model cannot be loaded', async () => {
    const { judge } = createJudge(createModel())
    expect((await judge('I am going to kill myself tonight')).level).toBe('urgent')
  })

  it('has learned from the corpus as it stands', () => {
    const now = hashOf(corpusLines())
    expect([readModel().learnedFrom, readAbout().learnedFrom]).toEqual([now, now])
  })
})

describe('sure rules', () => {
  it('leave idiom, quotation and what is long over to the models', () => {
    for (const text of [
      'this homework is going to kill me lol',
      'my boss has a gun to my head about this deadline',
      'me quiero morir, me vio mi ex en pijama',
      'in the movie she says she will end her life tonight',
    ])
      expect(sureOf(normalise(text)), text).toBeUndefined()
  })
})

it('puts Spanish into English for the sentence model, and leaves English as it is', () => {
  const read = createReader(createModel().vocabulary)
  expect(read(normalise('No quiero vivir. Mañana ya no voy a estar.'))).toMatch(
    /^i do not want to live\. tomorrow no longer/,
  )
  expect(read(normalise('Ran out of my meds, help'))).toBe('ran out of my meds, help')
})
