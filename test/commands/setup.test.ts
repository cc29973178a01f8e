import { describe, expect, it } from 'vitest'
import { castOn } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

eachDatabase((make) => {
  const open = storeFor(make)

  describe('/setup', () => {
    it('is for whoever manages the place, once; then for admins', async () => {
      const cast = castOn(await open())
      expect(await cast.as('robin').slash('setup')).toContain('Setting up is for people who manage')
      expect(await cast.as('robin').slash('checkin')).toContain('not set up yet')
      const admin = await cast.program()
      expect(await admin.slash('setup')).toContain('Evening program')
      expect(await cast.as('zoe', { managesWorkspace: true }).slash('setup')).toContain(
        'for admins of the program',
      )
    })

    it('shows a wrong zone or country beside its field and keeps the rest', async () => {
      const cast = castOn(await open())
      const admin = cast.as('admin', { managesWorkspace: true, rows: 5 })
      await admin.slash('setup')
      expect(await admin.fill({ name: 'P', country: 'Atlantis', law: 'gdpr' })).toContain(
        'Time zone: Please fill this in.',
      )
      await admin.press('Try again')
      expect(admin.form().filled).toMatchObject({ name: 'P', country: 'Atlantis' })
      await admin.fill({ zone: 'Madrid' })
      await admin.press('Continue (2 of 2)')
      expect(await admin.fill({ time: '9' })).toContain('I do not know a country called “Atlantis”')
    })

    it('of two at once makes one program, and the second hears so', async () => {
      const cast = castOn(await open())
      const form = { name: 'P', country: 'ES', law: 'gdpr', language: 'es', zone: 'Madrid', time: '9:00' }
      const both = ['one', 'two'].map((user) => cast.as(user, { managesWorkspace: true }))
      for (const one of both) await one.slash('setup')
      const said = await Promise.all(both.map((one) => one.fill(form)))
      expect(
        said.filter(
          (text) => text.includes('The program is set up') || text.includes('El programa está listo'),
        ),
      ).toHaveLength(1)
      expect(said.filter((text) => /set up already|for admins/.test(text))).toHaveLength(1)
    })

    it('lets the admin choose and order the questions, and refuses one that is not there by name', async () => {
      const cast = castOn(await open())
      const admin = await cast.program()
      await admin.slash('setup')
      await admin.press('Questions')
      expect(await admin.fill({ questions: 'sleep, hope' })).toContain('no question called “hope”')
      await admin.press('Try again')
      expect(await admin.fill({ questions: 'sleep note mood' })).toContain('Questions: sleep, note, mood')
      const ana = await cast.member('ana')
      await ana.slash('checkin')
      expect(Object.keys(ana.form().fields)).toEqual(['sleep', 'note', 'mood', 'audience'])
    })

    it('sends a test message by the way prompts go, and says how far it came', async () => {
      const store = await open()
      const cast = castOn(store)
      const admin = await cast.program()
      await admin.slash('setup')
      await admin.press('Program room')
      await admin.fill({ room: 'evening' })
      await admin.slash('setup')
      expect(await admin.press('Send a test message')).toContain('On its way')
      expect(await admin.press('Did it arrive?')).toContain('Direct message: still waiting')
      const { delivery, platform, words } = deliverTo(cast, store)
      platform.answer = ({ to }) =>
        to.kind === 'room' ? { kind: 'unreachable', why: 'not-in-room' } : 'sent'
      await delivery.settle()
      expect(words()).toEqual([expect.stringContaining('This is a test message')])
      expect(await admin.press('Did it arrive?')).toBe(
        'Direct message: sent\nProgram room: not reached: direct messages are closed to me, or I may not write in that room',
      )
      await delivery.stop()
    })

    it('gives and takes roles, which holds from the next click', async () => {
      const cast = castOn(await open())
      const admin = await cast.program()
      await cast.member('maya')
      const give = async (person: string, role: string, change: string) => {
        await admin.slash('setup')
        await admin.press('Roles')
        return admin.fill({ person, role, change })
      }
      expect(await give('nobody', 'facilitator', 'give')).toContain('has not joined the program yet')
      await give('maya', 'facilitator', 'give')
      const maya = cast.as('maya')
      expect(await maya.slash('roster')).toContain('the last seven days')
      await give('maya', 'facilitator', 'take')
      expect(await maya.slash('roster')).toContain('This is for facilitators')
      expect(await give('admin', 'admin', 'take')).toContain('somebody always has it')
    })

    it('says on Discord that its terms do not allow health information', async () => {
      const cast = castOn(await open())
      const admin = cast.as('admin', { platform: 'discord', workspace: 'g1', managesWorkspace: true })
      await admin.slash('setup')
      const said = await admin.fill({
        name: 'P',
        country: 'US',
        law: 'part2',
        language: 'en',
        zone: 'Chicago',
        time: '8:30',
      })
      expect(said).toContain('Discord’s terms')
      expect(said).toContain('check with your compliance person')
    })
  })
})
