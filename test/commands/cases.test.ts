// What people bring to staff: reported, asked with a name or without, taken by one, answered, finished, told.
import { beforeEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'
import { recordedKeeper } from '../support/keeper.ts'

const gone = 'That is no longer here'
const urgent = 'i am going to kill myself tonight'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let keeper: ReturnType<typeof recordedKeeper>
  let [fay, gus, ana, bo]: Speaker[] = []
  let heard = 0

  const who = (one: Speaker | undefined): Speaker => {
    if (!one) throw new Error('nobody')
    return one
  }
  const idOf = async (user: string) => (await here.person(user)).personId
  const programId = async () => (await here.person('admin')).programId
  /** What was sent since the last look, as words to whom. */
  async function told(): Promise<
    readonly { readonly to: string; readonly words: string; readonly all: string }[]
  > {
    await here.delivered.delivery.settle()
    const { shown } = here.delivered.platform
    const words = here.delivered.words()
    const fresh = shown.slice(heard).map((post, at) => ({
      to: JSON.stringify(post.to),
      words: words[heard + at] ?? '',
      all: JSON.stringify(post),
    }))
    heard = shown.length
    return fresh
  }
  const acts = async () => (await store.audits.list(await programId(), { limit: 100 })).map(({ act }) => act)
  const caseOf = async (user: string) => {
    const [one] = await store.cases.raised(await here.person(user), { limit: 1 })
    if (!one) throw new Error('no case')
    return one
  }
  const asks = async (by: Speaker, words: string, name: 'shown' | 'hidden') => {
    await by.slash('ask')
    await by.press('Ask something')
    return by.fill({ words, name })
  }
  const reports = async (by: Speaker, raw: Readonly<Record<string, unknown>>) => {
    await by.menu('report-message', 'https://discord.com/channels/w1/r1/m1')
    return by.fill({ name: 'shown', ...raw })
  }
  const sees = (staff: Speaker, id: string) => here.press(staff, 'ca', id)

  beforeEach(async () => {
    store = await open()
    keeper = recordedKeeper()
    here = await groupCast(store, keeper.keepers)
    heard = 0
    fay = await here.facilitator('fay')
    gus = await here.facilitator('gus')
    ana = await here.cast.member('ana')
    bo = await here.cast.member('bo')
  })

  describe('a report', () => {
    it('is a pointer that staff are told of, and its writer hears what happens next', async () => {
      const said = await reports(who(ana), { why: 'unkind', words: 'this hurt me' })
      expect(said).toContain('Staff can look at it now')
      expect(said).toContain('is not told who you are')
      expect(await caseOf('ana')).toMatchObject({
        kind: 'report',
        level: 'normal',
        anonymous: false,
        pointer: {
          room: 'r1',
          message: 'm1',
          reason: 'unkind',
          link: 'https://discord.com/channels/w1/r1/m1',
        },
      })
      const notices = await told()
      expect(notices.map(({ to }) => to).toSorted()).toEqual([
        expect.stringContaining('fay'),
        expect.stringContaining('gus'),
      ])
      for (const { all } of notices) expect(all).not.toMatch(/ana|hurt|unkind/)
      expect(await sees(who(fay), (await caseOf('ana')).id)).toContain('> this hurt me')
      expect(who(fay).shown().reply).toMatchObject({ kind: 'update' })
      expect(await sees(who(bo), (await caseOf('ana')).id)).toContain('facilitators and admins')
    })

    it('keeps no link that somebody wrote themselves', async () => {
      await who(ana).menu('report-message', 'https://discord.com/channels/w1/r1/m1')
      await who(ana).fill({ why: 'spam', name: 'shown', link: 'https://evil.example/r1/m1' })
      expect((await caseOf('ana')).pointer).not.toHaveProperty('link')
    })

    it('that says danger pages, and the page leads to the case', async () => {
      expect(await reports(who(ana), { why: 'danger' })).toContain('asking staff to look at it right now')
      expect((await caseOf('ana')).level).toBe('urgent')
      const [page] = await told()
      expect(page?.words).toContain('Somebody may need a person')
      expect(page?.all).toContain(`"h1:ca:${(await caseOf('ana')).id}`)
      const { id } = await caseOf('ana')
      await sees(who(fay), id)
      expect(await who(fay).press('I take this')).toContain('It is yours now')
      await who(fay).press('Finish it')
      expect(await who(fay).press('staff looked and did something about it')).toContain('Finished by **fay**')
      expect(await store.ways.of(await programId(), id)).toMatchObject({ state: 'resolved' })
    })

    it('goes to those who lead the group of the room, and not to other facilitators', async () => {
      const group = await here.make(who(fay), { name: 'Circle' })
      await store.groups.change(
        await programId(),
        group,
        { room: 'r1', roomState: 'made', syncAt: null },
        here.cast.clock.now(),
      )
      keeper.messages.set('m1', { user: 'bo', words: 'a mean thing' })
      await told()
      await reports(who(ana), { why: 'unkind' })
      const one = await caseOf('ana')
      expect(one).toMatchObject({ groupId: group, personId: await idOf('bo') })
      expect((await told()).map(({ to }) => to)).toEqual([expect.stringContaining('fay')])
      expect(await sees(who(gus), one.id)).toContain(gone)
      expect(await who(gus).slash('cases')).toContain('Nothing waits here')
      const seen = await sees(who(fay), one.id)
      expect(seen).toContain('> a mean thing')
      expect(seen).toContain('a message of bo')
      await who(fay).press('I take this')
      await who(fay).press('Remove the message')
      keeper.troubles.set('remove', 'not-possible')
      expect(await who(fay).press('Yes, remove it')).toContain('delete it by hand')
      keeper.troubles.clear()
      await who(fay).press('Remove the message')
      expect(await who(fay).press('Yes, remove it')).toContain('The message is gone')
      expect(keeper.calls).toContain('remove r1 m1')
      expect((await told()).find(({ to }) => to.includes('bo'))?.words).toContain(
        'removed a message of yours',
      )
      expect(await acts()).toContain('remove-message')
      await who(fay).press('Slow the room down')
      expect(await who(fay).press('2 minutes')).toContain('has that pace now')
      expect(keeper.calls).toContain('slow r1 120')
      keeper.troubles.set('slow', 'not-possible')
      await who(fay).press('Slow the room down')
      expect(await who(fay).press('2 minutes')).toContain('does not let me set a pace')
      await who(fay).press('Pause the room')
      expect(await who(fay).press('Yes, pause it')).toContain('paused')
    })

    it('about a facilitator is not theirs to see', async () => {
      const group = await here.make(who(fay), { name: 'Circle' })
      const now = here.cast.clock.now()
      await store.groups.change(
        await programId(),
        group,
        { room: 'r1', roomState: 'made', syncAt: null },
        now,
      )
      keeper.messages.set('m1', { user: 'fay', words: 'a mean thing' })
      await told()
      await reports(who(ana), { why: 'unkind' })
      expect((await told()).map(({ to }) => to)).toEqual([expect.stringContaining('admin')])
      expect(await sees(who(fay), (await caseOf('ana')).id)).toContain(gone)
      expect(await sees(here.admin, (await caseOf('ana')).id)).toContain('a mean thing')
    })
  })

  describe('a worry about somebody', () => {
    const worried = async (by: Speaker, whom: string, raw: Readonly<Record<string, unknown>>) => {
      await by.slash('worried')
      await by.pressCode('h1:wo.who:0', whom)
      return by.fill({ when: 'soon', name: 'shown', ...raw })
    }

    it('offers words to say, and only people of the same group', async () => {
      const group = await here.make(who(fay))
      expect(await who(ana).slash('worried')).toContain('Listen more than you talk')
      expect(await who(ana).slash('worried')).toContain('about: Somebody else]')
      for (const one of [ana, bo]) await here.sits(who(one), who(fay), group)
      expect(await who(ana).slash('worried')).toContain('about: bo, fay, Somebody else]')
      expect(await worried(who(gus), await idOf('bo'), { words: 'hm' })).toContain(gone)
      expect(await store.cases.raised(await here.person('gus'), { limit: 1 })).toEqual([])
    })

    it('reaches staff with whom it is about, and nothing of it that person', async () => {
      const group = await here.make(who(fay))
      for (const one of [ana, bo]) await here.sits(who(one), who(fay), group)
      await told()
      const said = await worried(who(ana), await idOf('bo'), { words: 'bo gave the guitar away' })
      expect(said).toContain('Staff can look at it now')
      expect(said).toContain('You do not have to carry this')
      const one = await caseOf('ana')
      expect(one).toMatchObject({ kind: 'worry', level: 'concern', personId: await idOf('bo') })
      const notices = await told()
      expect(notices.length).toBeGreaterThan(0)
      for (const { to, all } of notices) {
        expect(to).not.toMatch(/bo|ana/)
        expect(all).not.toMatch(/guitar|ana|bo gave/)
      }
      expect(await sees(who(gus), one.id)).toMatch(/It is about bo\.[^]*> bo gave the guitar away/)
      expect(await sees(who(bo), one.id)).not.toContain('guitar')
      await who(gus).press('I take this')
      await who(gus).press('Answer')
      await who(gus).fill({ words: 'I called bo just now.' })
      expect((await told()).map(({ to }) => to)).toEqual([expect.stringContaining('ana')])
    })

    it('that cannot wait pages, and can come without a name', async () => {
      const said = await worried(who(ana), 'else', { when: 'now', name: 'hidden', words: 'my roommate Lee' })
      expect(said).toContain('asking staff to look at it right now')
      const one = await caseOf('ana')
      expect(one).toMatchObject({ kind: 'worry', level: 'urgent', anonymous: true })
      expect(await store.ways.of(await programId(), one.id)).toMatchObject({ state: 'notifying' })
      expect(await sees(who(fay), one.id)).not.toContain('ana')
    })

    it('about nobody is asked again, and nothing is sent', async () => {
      expect(await worried(who(ana), 'else', {})).toContain('whom you mean')
      expect(await store.cases.raised(await here.person('ana'), { limit: 1 })).toEqual([])
    })
  })

  describe('a question', () => {
    it('is taken by one, answered, noted, written to again and finished; the person sees no notes', async () => {
      expect(await asks(who(ana), 'May I change my group?', 'shown')).toContain('It is with staff')
      const { id } = await caseOf('ana')
      const [one, other] = await Promise.all([
        here.app.cases.take(await here.person('fay'), id, here.cast.clock.now()),
        here.app.cases.take(await here.person('gus'), id, here.cast.clock.now()),
      ])
      expect([one.won, other.won].filter(Boolean)).toHaveLength(1)
      expect(one.by).toBe(other.by)
      const [winner, loser, name] =
        one.by === (await idOf('fay')) ? [who(fay), who(gus), 'fay'] : [who(gus), who(fay), 'gus']
      expect(await here.press(loser, 'ca.take', id)).toContain(`**${name}** was faster`)
      expect(await sees(loser, id)).toContain(`**${name}** has it`)
      expect(await here.press(loser, 'ca.say', id)).toContain('form')
      expect(await loser.fill({ words: 'not mine' })).toContain('Take it first')
      await sees(winner, id)
      await winner.press('Note for staff')
      await winner.fill({ words: 'call her therapist first' })
      await winner.press('Answer')
      await winner.fill({ words: 'Yes, on Monday.' })
      await told()
      const thread = await here.press(who(ana), 'as.see', id)
      expect(thread).toContain('> Yes, on Monday.')
      expect(thread).not.toContain('therapist')
      await who(ana).press('Write more')
      expect(await who(ana).fill({ words: 'Thank you, and which time?' })).toContain('Staff can see it')
      expect((await told()).map(({ to }) => to)).toEqual([expect.stringContaining(name)])
      await sees(winner, id)
      await winner.press('Finish it')
      expect(await winner.press('it was answered')).toContain('Finished by')
      expect((await told()).map(({ words }) => words).join()).toContain('finished looking')
      expect(await here.press(who(ana), 'as.see', id)).toContain('Finished: it was answered')
      await who(ana).press('Write more')
      await who(ana).fill({ words: 'One more thing.' })
      expect(await caseOf('ana')).toMatchObject({ state: 'open' })
      const known = await acts()
      for (const act of ['read', 'claim-case', 'note-case', 'answer-case', 'close-case'] as const)
        expect(known).toContain(act)
      expect(await store.audits.verify(await programId())).toMatchObject({ ok: true })
    })

    it('can be answered from what staff keep ready, read and changed before it goes', async () => {
      await who(fay).slash('cases')
      expect(await who(fay).press('Ready answers')).toContain('There are none yet')
      await who(fay).press('New ready answer')
      await who(fay).fill({ name: 'Times', words: 'Group is at six, in the blue room.' })
      expect(await who(fay).press('Open “Times”')).toContain('Group is at six')
      await who(fay).press('Change')
      await who(fay).fill({ name: 'Times', words: 'Group is at seven, in the blue room.' })
      await asks(who(ana), 'when is group?', 'shown')
      const { id } = await caseOf('ana')
      await sees(who(gus), id)
      await who(gus).press('I take this')
      expect(await who(gus).press('Ready answers')).toContain('Group is at seven')
      await who(gus).press('Use “Times”')
      expect(who(gus).form().filled).toEqual({ words: 'Group is at seven, in the blue room.' })
      await who(gus).fill({ words: 'Group is at seven, see you there.' })
      expect(await here.press(who(ana), 'as.see', id)).toContain('see you there')
      expect(await here.press(who(ana), 'ra')).not.toContain('Times')
      await here.press(who(fay), 'ra')
      await who(fay).press('Open “Times”')
      expect(await who(fay).press('Take it away')).toContain('There are none yet')
    })

    it('is nobody else’s to see or write to', async () => {
      await asks(who(ana), 'May I change my group?', 'shown')
      const { id } = await caseOf('ana')
      expect(await here.press(who(bo), 'as.see', id)).toContain(gone)
      await here.press(who(bo), 'as.more', id, 'next')
      expect(await who(bo).fill({ words: 'let me in' })).toContain(gone)
      expect(await here.press(who(bo), 'ca.take', id)).toContain('facilitators and admins')
      expect(await who(bo).slash('cases')).toContain('facilitators and admins')
    })

    it('can be taken over, and staff see who has it now', async () => {
      await asks(who(ana), 'Hello?', 'shown')
      const { id } = await caseOf('ana')
      await here.press(who(fay), 'ca.take', id)
      await sees(who(gus), id)
      expect(await who(gus).press('Take it over')).toContain('It is yours now')
      expect(await caseOf('ana')).toMatchObject({ claimedBy: await idOf('gus') })
      expect(await acts()).toContain('hand-over')
    })

    it('is listed with the urgent first, in pages, by what is looked for', async () => {
      for (const count of [1, 2, 3, 4, 5, 6]) await asks(who(ana), `Question ${count}`, 'shown')
      await reports(who(bo), { why: 'danger' })
      const list = await who(fay).slash('cases')
      expect(list).toMatch(/1\. \*\*Urgent\.\*\* a report/)
      expect(await who(fay).press('More')).toContain('7. a question')
      expect(await here.press(who(fay), 'ca.show')).toContain('1.')
      expect(await who(fay).pressCode('h1:ca.show', 'report')).not.toContain('a question')
      expect(await who(fay).pressCode('h1:ca.show', 'mine')).toContain('Nothing waits here')
      await here.press(who(fay), 'ca.take', (await caseOf('bo')).id)
      expect(await who(fay).pressCode('h1:ca.show', 'mine')).toContain('you have it')
    })
  })

  describe('a question without a name', () => {
    /** Everything of this case that staff can see or be sent. */
    async function everyStaffScreen(id: string): Promise<string> {
      const screens: string[] = []
      for (const staff of [who(fay), who(gus), here.admin]) {
        const look = async (code: string, chosen?: string) => {
          await staff.pressCode(code, chosen)
          screens.push(JSON.stringify(staff.shown()))
        }
        for (const code of [
          `h1:ca:${id}`,
          `h1:ca.name:${id}`,
          `h1:ca.end:${id}`,
          `h1:ca.note:${id}`,
          'h1:ca.list:::',
        ])
          await look(code)
        for (const filter of ['all', 'mine', 'question']) await look('h1:ca.show', filter)
        for (const command of ['cases', 'today', 'duty']) {
          await staff.slash(command)
          screens.push(JSON.stringify(staff.shown()))
        }
      }
      return screens.join('\n')
    }

    it('shows neither name nor id of who asked, on any screen, notice or row of the record', async () => {
      const said = await asks(who(ana), 'Something I am ashamed of.', 'hidden')
      expect(said).toContain('Staff see this without your name')
      const { id, level, raisedBy } = await caseOf('ana')
      const ids = [await idOf('ana'), '"ana"', '>ana', ' ana']
      expect(level).toBe('normal')
      expect(raisedBy).toBe(ids[0])
      let seen = await everyStaffScreen(id)
      await here.press(who(fay), 'ca.take', id)
      await here.press(who(fay), 'ca.note', id)
      await who(fay).fill({ words: 'a note' })
      await here.press(who(fay), 'ca.say', id)
      await who(fay).fill({ words: 'You are not alone with it.' })
      seen += await everyStaffScreen(id)
      await here.press(who(ana), 'as.see', id)
      await who(ana).press('Write more')
      await who(ana).fill({ words: 'Thank you.' })
      seen += await everyStaffScreen(id)
      await here.press(who(fay), 'ca.done', id, 'answered')
      seen += await everyStaffScreen(id)
      const notices = await told()
      expect(
        notices.some(({ to, words }) => to.includes('ana') && words.includes('Staff answered you')),
      ).toBe(true)
      seen += notices.flatMap(({ to, all }) => (to.includes('ana') ? [] : [all])).join('\n')
      expect(seen).toContain('You are not alone with it.')
      expect(seen).toContain('Thank you.')
      for (const mark of ids) expect(seen).not.toContain(mark)
      const record = JSON.stringify(await store.audits.list(await programId(), { limit: 200 }))
      expect(record).toContain('answer-case')
      expect(record).not.toContain(ids[0])
    })

    it('that is urgent pages with the case itself, shows help to who wrote it, and still names nobody', async () => {
      const said = await asks(who(ana), urgent, 'hidden')
      expect(said).toContain('Call 988')
      expect(said).toContain('asking your program’s staff too')
      const one = await caseOf('ana')
      expect(one).toMatchObject({ kind: 'question', level: 'urgent' })
      expect(await store.cases.about(await programId(), await idOf('ana'), { limit: 5 })).toEqual([])
      const pages = await told()
      expect(pages.length).toBeGreaterThan(1)
      for (const { all } of pages) {
        expect(all).toContain(`"h1:ca:${one.id}`)
        expect(all).not.toMatch(/\bana\b|kill/)
      }
      expect(await everyStaffScreen(one.id)).not.toContain(await idOf('ana'))
    })

    it('takes two different people to open the name, each with a reason, and the person is told', async () => {
      await asks(who(ana), 'Something I am ashamed of.', 'hidden')
      const { id } = await caseOf('ana')
      await told()
      await sees(who(fay), id)
      await who(fay).press('Open the name')
      expect(await who(fay).fill({ why: 'danger' })).toContain('has to agree within a day')
      expect(await sees(who(fay), id)).not.toContain('ana')
      await here.press(who(fay), 'ca.name', id)
      expect(await who(fay).fill({ why: 'law' })).toContain('Somebody else has to agree')
      const asked = await told()
      expect(asked.some(({ to, words }) => to.includes('gus') && words.includes('asks to open a name'))).toBe(
        true,
      )
      expect(asked.some(({ to }) => to.includes('fay') || to.includes('"ana"'))).toBe(false)
      const seen = await sees(who(gus), id)
      expect(seen).toContain('**fay** asks to open the name')
      expect(seen).not.toContain('ana')
      await who(gus).press('Agree to open the name')
      expect(await who(gus).fill({ why: 'danger' })).toContain('From ana')
      const [notice] = (await told()).filter(({ to }) => to.includes('ana'))
      expect(notice?.words).toContain('opened your name')
      expect(notice?.words).toContain('may be in danger')
      expect(await here.press(who(ana), 'as.see', id)).toContain('Two staff members opened your name here')
      const rows = await store.audits.list(await programId(), { limit: 100 })
      expect(rows.filter(({ act }) => act === 'reveal').map(({ actorId, why }) => [actorId, why])).toEqual([
        [await idOf('gus'), 'agreed-danger'],
        [await idOf('fay'), 'asked-danger'],
      ])
    })

    it('needs the second person within a day, and both still on the staff', async () => {
      await asks(who(ana), 'Something I am ashamed of.', 'hidden')
      const { id } = await caseOf('ana')
      const now = here.cast.clock.now()
      const [first, second] = [await here.person('fay'), await here.person('gus')]
      const later = new Date(now.getTime() + 25 * 3_600_000)
      expect(await here.app.cases.openName(first, id, 'danger', now)).toEqual({ opened: false })
      expect(await here.app.cases.openName(second, id, 'danger', later)).toEqual({ opened: false })
      await here.grant('gus', 'member', 'facilitator')
      expect(await here.app.cases.openName(first, id, 'danger', later)).toEqual({ opened: false })
      expect(await sees(who(fay), id)).not.toContain('ana')
    })
  })
})
