import { describe, expect, it } from 'vitest'
import { castOn } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

const codeOf = (
  shown: { readonly message: { readonly blocks: readonly unknown[] } } | undefined,
  label: string,
): string => {
  const found = /"label":\{"key":"([^"]+)"\},"code":"([^"]+)"/g
  for (const [, key, code] of JSON.stringify(shown?.message).matchAll(found))
    if (key === label) return code ?? ''
  throw new Error(`no button ${label}`)
}

eachDatabase((make) => {
  const open = storeFor(make)

  describe('a reminder', () => {
    it('comes at the member’s own 09:00 on both sides of the change of clocks, once each', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const ana = await cast.member('ana')
      expect(await ana.slash('reminders', { time: '9:00' })).toContain('Every day at 09:00')
      const { delivery, platform } = deliverTo(cast, store)
      await delivery.moveTo(new Date('2026-03-09T20:00:00Z'))
      expect(platform.shown.map(({ to }) => to)).toHaveLength(3)
      const person = await cast.conversation.app.directory.find(ana.visitor, undefined, true)
      expect(person?.zone).toBe('America/New_York')
      await delivery.stop()
    })

    it('says a person’s own words to that person only, can be snoozed twice and comes back once', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('reminders', { time: '18:00', words: 'call my sister' })
      const { delivery, platform, words } = deliverTo(cast, store)
      await delivery.moveTo(new Date('2026-03-06T23:30:00Z'))
      expect(words()).toEqual([expect.stringContaining('> call my sister')])
      const later = codeOf(platform.shown[0], 'reminders.later.20m')
      expect(await ana.pressCode(later)).toContain('Later, then')
      await ana.pressCode(later)
      const bea = await cast.member('bea')
      expect(await bea.pressCode(later)).toContain('no longer here')
      await delivery.moveTo(new Date('2026-03-07T01:00:00Z'))
      expect(words().length).toBeGreaterThanOrEqual(2)
      expect(words().length).toBeLessThanOrEqual(3)
      await delivery.stop()
    })

    it('skipped counts as taking part; away days are not asked about', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('reminders', { time: '12:00' })
      const { delivery, platform } = deliverTo(cast, store)
      await delivery.moveTo(new Date('2026-03-06T17:30:00Z'))
      expect(await ana.pressCode(codeOf(platform.shown[0], 'reminders.skip'))).toContain('Skipped for today')
      expect(await ana.slash('progress')).toContain('You took part on 1 of 7 days')
      expect(await ana.slash('away', { to: '2026-03-08' })).toContain(
        'You are away from 2026-03-06 to 2026-03-08',
      )
      await delivery.moveTo(new Date('2026-03-09T16:30:00Z'))
      expect(platform.shown).toHaveLength(2)
      expect(await ana.slash('progress')).toContain('You took part on 3 of 7 days')
      await delivery.stop()
    })

    it('is listed with its next time, paused, turned on, edited and deleted, page by page', async () => {
      const cast = castOn(await open())
      await cast.program()
      const ana = await cast.member('ana')
      for (const time of ['7:00', '8:00', '9:00', '10:00', '11:00']) await ana.slash('reminders', { time })
      expect(await ana.slash('reminders')).toContain('5 reminders')
      expect(await ana.press('More')).toContain('11:00')
      expect(await ana.press('Pause')).toContain('Paused by you')
      expect(await ana.press('Turn on again')).toContain('Next:')
      await ana.press('Edit')
      expect(await ana.fill({ time: '21:30', days: ['1', '5'] })).toContain('Mon and Fri at 21:30')
      expect(await ana.press('Delete')).toContain('Deleted.')
      expect(await ana.press('All reminders')).toContain('4 reminders')
    })

    it('moved to later on a day it already spoke comes again that day', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('reminders', { time: '12:00' })
      const { delivery, platform } = deliverTo(cast, store)
      await delivery.moveTo(new Date('2026-03-06T17:30:00Z'))
      await ana.slash('reminders')
      await ana.press('Edit')
      expect(await ana.fill({ time: '15:00' })).toContain('Fri, Mar 6, 3:00')
      await delivery.moveTo(new Date('2026-03-06T20:30:00Z'))
      expect(platform.shown).toHaveLength(2)
      expect(await ana.slash('reminders')).toContain('1 reminder')
      await delivery.stop()
    })

    it('is silent for somebody who took their consent back, at the very next job', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const ana = await cast.member('ana')
      await ana.slash('reminders', { time: '12:00' })
      await ana.slash('privacy')
      await ana.press('Stop taking part')
      expect(await ana.press('Yes, stop')).toContain('Nothing more is sent or shared')
      const { delivery, platform } = deliverTo(cast, store)
      await delivery.moveTo(new Date('2026-03-08T20:00:00Z'))
      expect(platform.shown).toEqual([])
      expect(await ana.slash('checkin', { mood: 5 })).toContain('Welcome to')
      await ana.press('I agree, let me in')
      expect(await ana.slash('checkin', { mood: 5 })).toContain('Saved.')
      await delivery.stop()
    })

    it('that could not be delivered is told to facilitators as not reached and to the person at their next command', async () => {
      const store = await open()
      const cast = castOn(store)
      const admin = await cast.program()
      await admin.slash('setup')
      await admin.press('Who facilitates')
      await admin.fill({ facilitators: ['maya'] })
      const ana = await cast.member('ana')
      await ana.slash('reminders', { time: '12:00' })
      const { delivery, platform } = deliverTo(cast, store)
      platform.answer = () => ({ kind: 'unreachable', why: 'closed' })
      await delivery.moveTo(new Date('2026-03-06T18:00:00Z'))
      expect(await cast.as('maya').slash('roster')).toContain('my messages do not arrive')
      expect(await ana.slash('home')).toContain('I tried to write to you on 2026-03-06 and could not')
      expect(await ana.slash('home')).not.toContain('I tried to write to you')
      await delivery.stop()
    })
  })
})
