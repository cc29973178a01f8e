import { describe, expect, it } from 'vitest'
import { storeFor, eachDatabase } from '../support/databases.ts'
import { castOn } from '../support/cast.ts'

eachDatabase((make) => {
  const open = storeFor(make)

  describe('a check-in', () => {
    it('of a newcomer leads through consent and four steps, each of which can be skipped', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = cast.as('ana')
      expect(await ana.slash('checkin', { mood: 7 })).toContain('Welcome to Evening program')
      expect(await ana.press('I agree, let me in')).toContain('Step 1 of 4')
      for (const step of [2, 3]) expect(await ana.press('Skip')).toContain(`Step ${step} of 4`)
      expect(await ana.press('No, do not ask me')).toContain('Step 4 of 4')
      expect(await ana.press('Skip')).toContain('That is all')
      expect(await ana.slash('checkin', { mood: 7 })).toContain('Mood: 7 of 10')
    })

    it('saves at once when options are given, seen only by its author', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      const said = await ana.slash('checkin', { mood: 7, note: 'slept badly <!channel>' })
      expect(said).toContain('Saved.')
      expect(said).toContain('> slept badly <!channel>')
      expect(said).toContain('Only you can see this.')
    })

    it('opens the form when nothing is given, and keeps what the form says', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      expect(await ana.slash('checkin')).toBe('form: Check-in')
      const said = await ana.fill({
        mood: 4,
        urge: '0',
        acted: 'no',
        halt: ['tired', 'lonely'],
        note: 'long day',
        audience: 'me',
      })
      expect(said).toContain(
        'Mood: 4 of 10\n- Urge: 0 of 10\n- Did you act on an urge?: No\n- Tired\n- Lonely',
      )
      expect(await ana.press('Edit')).toBe('form: Check-in')
      expect(ana.form().filled).toMatchObject({ mood: 4, note: 'long day' })
      expect(await ana.fill({ note: 'a better evening' })).toContain('Changed and saved.')
      expect(await ana.slash('progress')).toContain('You took part on 1 of 7 days')
    })

    it('sent twice from the same form is one check-in', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('checkin')
      const { code } = ana.form()
      await Promise.all([1, 2, 3].map(() => ana.submit(code, { mood: 5 })))
      const person = await cast.conversation.app.directory.find(
        { platform: 'playground', workspace: 'w1', user: 'ana' },
        undefined,
        true,
      )
      expect(person && (await cast.conversation.app.checkIns.recent(person, 10))).toHaveLength(1)
    })

    it('goes in pages where a platform has five rows, keeps each page, and can be saved as it is', async () => {
      const cast = castOn(await open())
      await cast.program()
      await cast.member('ana')
      const ana = cast.as('ana', { rows: 5 })
      await ana.slash('checkin')
      expect(ana.form().page).toEqual({ number: 1, of: 2 })
      expect(Object.keys(ana.form().fields)).toEqual(['mood', 'stress', 'urge', 'acted', 'sleep'])
      expect(await ana.fill({ mood: 3 })).toContain('Part 1 of 2 is kept')
      await ana.press('Back')
      expect(ana.form().filled).toMatchObject({ mood: 3 })
      await ana.fill({ stress: 9 })
      expect(await ana.press('Continue (2 of 2)')).toBe('form: Check-in')
      const said = await ana.fill({ note: 'still here' })
      expect(said).toContain('Mood: 3 of 10\n- Stress: 9 of 10')
      expect(said).toContain('> still here')
      await ana.slash('checkin')
      await ana.fill({ mood: 6 })
      expect(await ana.press('Save as it is')).toContain('Mood: 6 of 10')
    })

    it('too long is answered with a sentence and nothing is lost', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('checkin')
      const note = 'x'.repeat(100_000)
      expect(await ana.fill({ note })).toContain('100,000 characters long; at most 2,000 fit')
      await ana.press('Try again')
      expect(ana.form().filled['note']).toBe(note)
    })

    it('one tap at a time shows its steps, goes back and keeps every answer', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      await ana.pressCode('h1:ci.tap:someid:mood')
      expect(await ana.press('3')).toContain('Question 2 of 4')
      expect(await ana.press('Back')).toContain('Question 1 of 4')
      await ana.press('8')
      await ana.press('Skip')
      await ana.press('2')
      expect(await ana.press('Skip')).toContain('Mood: 8 of 10\n- Urge: 2 of 10')
    })

    it('can be for yesterday, and says so; not for tomorrow', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      expect(await ana.slash('checkin', { mood: 5, day: 'yesterday' })).toContain(
        'For 2026-03-05, written a day later',
      )
      expect(await ana.slash('checkin', { mood: 5, day: '2026-03-07' })).toContain('has not come yet')
    })

    it('stays there to be read and edited, page by page', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      expect(await ana.slash('history')).toContain('Nothing here yet')
      for (const mood of [1, 2, 3, 4, 5, 6]) await ana.slash('checkin', { mood, note: `note ${mood}` })
      const first = await ana.slash('history')
      expect(first).toContain('> note 6')
      expect(first).not.toContain('> note 1')
      expect(await ana.press('Older')).toContain('> note 1')
      await ana.press('Edit')
      expect(ana.form().filled).toMatchObject({ note: 'note 1' })
    })

    it('passed counts as taking part', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('home')
      expect(await ana.press('Pass today')).toContain('counts as taking part')
      expect(await ana.slash('progress')).toContain('You took part on 1 of 7 days')
    })

    it('shared with facilitators can be read by them, which its author sees, until it is taken back', async () => {
      const cast = castOn(await open())
      const admin = await cast.program()
      await admin.slash('setup')
      await admin.press('Who facilitates')
      await admin.fill({ facilitators: ['maya'] })
      const ana = await cast.member('ana')
      const maya = cast.as('maya')
      await ana.slash('checkin', { mood: 2, note: 'private words' })
      expect(await maya.slash('roster')).toContain('nothing shared')
      await ana.press('Share with facilitators')
      await maya.slash('roster')
      const read = maya.codeOf('Read ana’s')
      expect(await maya.pressCode(read)).toContain('> private words')
      expect(await ana.press('Keep it to myself')).toContain('Only you can see this.')
      expect(await maya.pressCode(read)).toContain('no longer here')
      expect(await ana.slash('privacy')).toContain('Opened 1 time by others')
    })
  })
})
