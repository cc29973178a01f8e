import { describe, expect, it } from 'vitest'
import { castOn, type Cast } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

const urgent = 'i am going to kill myself tonight'

/** What stands on the newest message to somebody, pressed by them. */
const codeOf = (message: unknown, key: string): string => {
  const found = /"label":\{"key":"([^"]+)"(?:,"args":[^}]*\})?\},"code":"([^"]+)"/g
  for (const [, label, code] of JSON.stringify(message).matchAll(found)) if (label === key) return code ?? ''
  throw new Error(`no button ${key} on ${JSON.stringify(message)}`)
}

async function facilitator(cast: Cast, user: string) {
  const one = await cast.member(user)
  const { app } = cast.conversation
  const person = await app.directory.find(one.visitor, undefined, true)
  const admin = await app.directory.find(cast.as('admin').visitor, undefined, true)
  if (!person || !admin) throw new Error('nobody')
  await app.members.grant(person, 'facilitator', admin, cast.clock.now())
  return one
}

eachDatabase((make) => {
  const open = storeFor(make)

  async function world() {
    const store = await open()
    const cast = castOn(store)
    const admin = await cast.program()
    const fay = await facilitator(cast, 'fay')
    const gus = await facilitator(cast, 'gus')
    const ana = await cast.member('ana')
    const sent = deliverTo(cast, store)
    const { platform, delivery } = sent
    const pagesTo = (user: string) =>
      platform.shown.filter(({ to }) => JSON.stringify(to).includes(`"${user}"`))
    return {
      store,
      cast,
      admin,
      fay,
      gus,
      ana,
      ...sent,
      pagesTo,
      minutes: (count: number) => delivery.moveTo(new Date(cast.clock.now().getTime() + count * 60_000)),
    }
  }

  describe('words that need a person', () => {
    it('shows help to their author and tells nobody, when they are private and no consent was given', async () => {
      const { ana, minutes, platform, cast, delivery } = await world()
      const shown = await ana.slash('checkin', { mood: 1, note: urgent })
      expect(shown).toContain('Call 988')
      expect(shown).toContain('I have not told anybody')
      expect(shown).toContain('Not watched now')
      expect(shown).toContain('Saved')
      await minutes(2)
      expect(platform.shown).toEqual([])
      const fay = cast.as('fay')
      expect(await fay.slash('today')).toContain('Nothing is waiting')
      await delivery.stop()
    })

    it('says only once in half an hour what it has to say', async () => {
      const { ana } = await world()
      await ana.slash('checkin', { mood: 1, note: urgent })
      const again = await ana.slash('checkin', { mood: 1, note: urgent })
      expect(again).not.toContain('Call 988')
      expect(again).toContain('a person can listen right now')
    })

    it('pages every facilitator when it is shared with staff; one takes it, the other hears who; it ends with care', async () => {
      const { ana, fay, gus, minutes, pagesTo, words, delivery } = await world()
      const shown = await ana.slash('checkin', { mood: 1, note: urgent, audience: 'facilitator' })
      expect(shown).toContain('I am asking your program’s staff too')
      await minutes(0)
      expect(words().filter((one) => one.includes('Somebody may need a person'))).toHaveLength(2)
      expect(words().join('\n')).not.toContain('kill')
      expect(words().join('\n')).not.toContain('ana')
      const page = pagesTo('fay')[0]?.message
      const openIt = codeOf(page, 'safety.page.open')
      expect(await ana.pressCode(openIt)).toContain('facilitators and admins')
      const seen = await fay.pressCode(openIt)
      expect(seen).toContain(`> ${urgent}`)
      expect(seen).toContain('Nobody has taken this yet')
      await gus.pressCode(openIt)
      expect(await fay.press('I take this')).toContain('It is yours now')
      expect(await gus.press('I take this')).toContain('**fay** was faster')
      await minutes(1)
      expect(
        pagesTo('ana')
          .map(({ message }) => JSON.stringify(message))
          .join(),
      ).toContain('safety.seen')
      expect(await ana.slash('mydata')).toContain('Who looked')
      expect(await ana.press('Who looked')).toContain('may need a person')
      await fay.press('Finish it')
      expect(await fay.press('They are safe, we talked')).toContain('Finished by **fay**')
      await minutes(61)
      expect(JSON.stringify(pagesTo('fay').at(-1)?.message)).toContain('safety.care.helper')
      await minutes(24 * 60)
      expect(JSON.stringify(pagesTo('ana').at(-1)?.message)).toContain('safety.care.person')
      await delivery.stop()
    })

    it('goes on to the next, and round again, and says loudly that nobody answered', async () => {
      const { admin, ana, fay, minutes, pagesTo, delivery, cast } = await world()
      await admin.slash('duty')
      await admin.press('Put somebody on duty')
      const all = await cast.conversation.app.duties.staff(await known(cast, 'admin'))
      const put = async (name: string, rung: number) => {
        await admin.slash('duty')
        await admin.press('Put somebody on duty')
        const person = all.find((one) => one.name === name)
        const code = pickCode(admin)
        await admin.pressCode(code, person?.personId ?? '')
        const days = ['1', '2', '3', '4', '5', '6', '7']
        expect(await admin.fill({ days, from: '00:00', to: '00:00', rung })).toContain(`**${name}**`)
      }
      await put('fay', 1)
      await put('gus', 2)
      expect(await ana.slash('checkin', { mood: 1, note: urgent, audience: 'facilitator' })).toContain(
        'is on duty until',
      )
      await minutes(0)
      expect([pagesTo('fay').length, pagesTo('gus').length]).toEqual([1, 0])
      await minutes(5)
      expect([pagesTo('fay').length, pagesTo('gus').length]).toEqual([1, 1])
      await minutes(5)
      expect([pagesTo('fay').length, pagesTo('gus').length]).toEqual([2, 1])
      await minutes(30)
      expect(JSON.stringify(pagesTo('admin').at(-1)?.message)).toContain('safety.page.loud')
      const openIt = codeOf(pagesTo('fay')[0]?.message, 'safety.page.open')
      await fay.pressCode(openIt)
      await fay.press('I take this')
      const before = pagesTo('gus').length
      await minutes(29)
      expect(pagesTo('gus').length).toBe(before)
      await minutes(2)
      expect(JSON.stringify(pagesTo('fay').at(-1)?.message)).toContain('safety.page')
      await delivery.stop()
    })

    it('hands over, and the roster is asked again when the other does not take it', async () => {
      const { ana, fay, gus, minutes, pagesTo, delivery, cast } = await world()
      await ana.slash('checkin', { mood: 1, note: urgent, audience: 'facilitator' })
      await minutes(0)
      const openIt = codeOf(pagesTo('fay')[0]?.message, 'safety.page.open')
      await fay.pressCode(openIt)
      await fay.press('I take this')
      await fay.press('Hand it over')
      const { personId } = await known(cast, 'gus')
      expect(await fay.pressCode(pickCode(fay), personId)).toContain('gus is being asked now')
      await minutes(0)
      expect(pagesTo('gus')).toHaveLength(2)
      await gus.pressCode(openIt)
      expect(await gus.press('I take this')).toContain('It is yours now')
      await delivery.stop()
    })

    it('is an item for people when the screen cannot look', async () => {
      const store = await open()
      const cast = castOn(
        store,
        () => {},
        () => Promise.reject(new Error('broken')),
      )
      await cast.program()
      const fay = await facilitator(cast, 'fay')
      const ana = await cast.member('ana')
      const shown = await ana.slash('checkin', { mood: 1, note: 'all well', audience: 'facilitator' })
      expect(shown).toContain('I could not look at what you wrote')
      expect(await fay.slash('today')).toContain('To look at soon')
      await fay.press('Open number 1')
      expect(await fay.press('I take this')).toContain('The screen could not read it')
    })

    it('tells staff that, and never what, somebody wrote alone once they agreed', async () => {
      const { ana, fay, minutes, pagesTo, delivery } = await world()
      await ana.slash('mydata')
      await ana.press('What I agreed to')
      expect(await ana.press('Yes, tell staff that I may need somebody')).toContain('You said yes')
      await ana.slash('checkin', { mood: 1, note: urgent })
      await minutes(0)
      const seen = await fay.pressCode(codeOf(pagesTo('fay')[0]?.message, 'safety.page.open'))
      expect(seen).toContain('Their words stay theirs')
      expect(seen).not.toContain('kill')
      await delivery.stop()
    })

    it('drills the whole way and reports how long it took', async () => {
      const { admin, fay, minutes, pagesTo, delivery } = await world()
      await admin.slash('drill')
      expect(await admin.press('Start the drill')).toContain('The drill runs')
      await minutes(0)
      await fay.pressCode(codeOf(pagesTo('fay')[0]?.message, 'safety.page.open'))
      await fay.press('I take this')
      await fay.press('Finish it')
      expect(await fay.press('The drill is over')).toContain('Finished by **fay**')
      expect(await admin.slash('drill')).toMatch(/Taken: after \d+ s. Finished: after \d+ s/)
      await delivery.stop()
    })
  })
})

async function known(cast: Cast, user: string) {
  const person = await cast.conversation.app.directory.find(cast.as(user).visitor, undefined, true)
  if (!person) throw new Error(`nobody is ${user}`)
  return person
}
function pickCode(speaker: { shown(): unknown }): string {
  const found = /"kind":"pick".*?"code":"([^"]+)"/.exec(JSON.stringify(speaker.shown()))
  if (!found?.[1]) throw new Error('there is no menu')
  return found[1]
}
