import { describe, expect, it } from 'vitest'
import { castOn } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

const day = 86_400_000

eachDatabase((make) => {
  const open = storeFor(make)

  describe('how long a program keeps things', () => {
    it('is set by an admin after they saw what would go, is shown to members, and then happens', async () => {
      const store = await open()
      const cast = castOn(store)
      const admin = await cast.program()
      const ana = await cast.member('ana')
      const { app } = cast.conversation
      const where = { platform: 'playground', workspace: 'w1', user: 'ana' } as const
      const person = await app.directory.find(where, undefined, true)
      if (!person) throw new Error('ana has not joined')
      const write = (daysAgo: number, text: string) =>
        store.entries.put(person, {
          id: `entry-${daysAgo}`,
          kind: 'journal',
          forDay: '2026-01-01',
          at: new Date(cast.clock.now().getTime() - daysAgo * day),
          body: { text, win: false },
          audience: 'me',
        })
      await write(100, 'a page of the winter')
      await write(1, 'a page of yesterday')
      expect(await ana.slash('mydata')).toContain('What people write: until removed by hand')

      await admin.slash('setup')
      await admin.press('How long things are kept')
      await admin.press('Change')
      expect(await admin.fill({ writing: 29 })).toContain('30')
      await admin.pressCode('h1:days.change')
      const sure = await admin.fill({ writing: 60 })
      expect(sure).toContain('What people write: 60 days')
      expect(sure).toContain('What people write: 1 thing')
      expect(await admin.press('No, leave it as it was')).toContain(
        'What people write: until removed by hand',
      )
      expect(await app.daysKept.removeSome(cast.clock.now())).toBe(false)
      expect(await app.journal.list(person, 5)).toHaveLength(2)

      await admin.pressCode('h1:days.change')
      await admin.fill({ writing: 60 })
      expect(await admin.press('Yes, keep it so')).toContain('Saved')
      expect(await ana.slash('mydata')).toContain('What people write: 60 days')
      await app.daysKept.removeSome(cast.clock.now())
      expect((await app.journal.list(person, 5)).map(({ body }) => body.text)).toEqual([
        'a page of yesterday',
      ])
    })

    it('is changed by nobody but an admin', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const ana = await cast.member('ana')
      expect(await ana.pressCode('h1:days.set:30-30-30-30-30-30-2192')).not.toContain('Saved')
    })
  })
})
