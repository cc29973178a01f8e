// The library of a program: offered by members, kept and reviewed by facilitators, read and rehearsed by everybody.
import { beforeAll, describe, expect, it } from 'vitest'
import { lessonNamed, scriptNamed } from '../../src/care/lessons/content.ts'
import type { Store } from '../../src/store/connect.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { deliverTo } from '../support/deliver.ts'

const sink = {
  name: 'Cold sink',
  for: 'When my head is too loud',
  steps: '1. Run cold water\n- Put your wrists under it\n\n* Breathe out',
  minutes: '3',
  care: 'Not with sore hands',
}

const sleep = lessonNamed('sleep')
const talk = scriptNamed('no-to-an-offer')
if (!sleep || !talk) throw new Error('there is nothing to read')
const pages = sleep.pages.length
const turns = talk.turns.length

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker
  let bo: Speaker
  let fred: Speaker

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    const admin = await cast.program()
    await admin.slash('setup')
    await admin.press('Program room')
    await admin.fill({ room: 'room-1' })
    ana = await cast.member('ana')
    bo = await cast.member('bo')
    fred = await facilitator('fred')
  })

  async function facilitator(user: string, workspace = 'w1'): Promise<Speaker> {
    await cast.member(user, { workspace })
    const person = await store.people.byAccount({ platform: 'playground', workspace, user })
    if (!person) throw new Error('nobody is there')
    await store.people.grant(person, 'facilitator', undefined, cast.clock.now())
    cast.conversation.app.directory.forget(person)
    return cast.as(user, { workspace })
  }

  const journal = async () => {
    const person = await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'ana' })
    return person ? store.entries.list(person, 'journal', { limit: 10 }) : []
  }

  describe('a skill that a member offers', () => {
    it('says what is missing beside its field and keeps what was typed', async () => {
      await ana.slash('library')
      await ana.press('Offer a skill')
      expect(await ana.fill({ ...sink, steps: ' \n - \n' })).toContain('Write at least one step')
      await ana.press('Try again')
      expect(ana.form().filled).toMatchObject({ name: 'Cold sink' })
    })

    it('reaches facilitators, who take it in; its author hears so and chooses whether to be named', async () => {
      const delivered = deliverTo(cast, store)
      const saved = await ana.fill(sink)
      expect(saved).toContain('Thank you for sharing')
      expect(saved).toContain('- Put your wrists under it\n- Breathe out')
      expect(saved).toContain('facilitators of your program see this')
      expect(await bo.slash('library')).not.toContain('Cold sink')

      expect(await fred.slash('library')).toContain('One offer waits')
      await fred.press('One offer waits')
      expect(await fred.press('Read Cold sink')).toContain('Take care: Not with sore hands')
      expect(await fred.press('Take it in as it is')).toContain('in the library of your program now')
      const author = await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'ana' })
      expect(author && (await store.readings.of(author, 5))).toMatchObject([{ what: 'skill-offer' }])
      await delivered.delivery.settle()
      expect(delivered.words().join()).toContain('have looked at the skill you offered')

      const choices = await bo.slash('library')
      expect(choices).toContain('Cold sink')
      const [item] = await store.library.list(author?.programId ?? '', 'skill')
      const read = await bo.pressCode('h1:lb.see:', item?.id)
      expect(read).toContain('Offered by a member')
      expect(read).toContain('Reviewed for this program by fred, facilitator')
      await ana.slash('library')
      await ana.press('What I offered')
      await ana.press('See Cold sink')
      await ana.press('Show my name with it')
      expect(await bo.pressCode('h1:lb.see:', item?.id)).toContain('Offered by ana')
    })

    it('can be answered with a kind no, which only its author reads', async () => {
      await bo.slash('library')
      await bo.press('Offer a skill')
      await bo.fill({ ...sink, name: 'Loud music' })
      await fred.slash('library')
      await fred.press('One offer waits')
      await fred.press('Read Loud music')
      await fred.press('Answer with a no')
      expect(String(fred.form().filled['answer'])).toContain('Thank you for offering this')
      await fred.fill({ answer: 'Let us talk about it on Monday.' })
      expect(await fred.slash('library')).toContain('Nothing waits')
      await bo.slash('library')
      await bo.press('What I offered')
      expect(await bo.press('See Loud music')).toContain('> Let us talk about it on Monday.')
      expect(await ana.slash('library')).not.toContain('Loud music')
    })

    it('is gone from the queue when its author takes it back', async () => {
      await bo.slash('library')
      await bo.press('Offer a skill')
      await bo.fill({ ...sink, name: 'Long walk' })
      await fred.slash('library')
      await fred.press('One offer waits')
      await fred.press('Read Long walk')
      const take = fred.codeOf('Take it in as it is')
      await fred.press('Edit and take in')
      await bo.press('Take it back')
      await bo.press('Yes, take it back')
      expect(await fred.pressCode(take)).not.toContain('in the library')
      await fred.pressCode(take.replace('lb.take', 'lb.take-edit'))
      expect(await fred.slash('library')).toContain('Nothing waits')
    })

    it('does not exist for another program', async () => {
      const program = await store.programs.byWorkspace('playground', 'w1')
      const [item] = await store.library.list(program?.id ?? '', 'skill')
      await cast.program('w2')
      const other = await facilitator('zoe', 'w2')
      expect(await other.pressCode('h1:lb.see:', item?.id)).not.toContain('Cold sink')
      await other.pressCode(`h1:lb.words:${item?.id}:own`)
      await other.submit(`h1:lb.words:${item?.id}:own`, { ...sink, name: 'Stolen' })
      await other.submit(`h1:lb.words:${item?.id}:new`, { ...sink, name: 'Stolen' })
      expect(await store.library.list(program?.id ?? '', 'skill')).toEqual([item])
    })
  })

  describe('what comes with Handrail', () => {
    const box = 'box-breathing'

    it('is not reviewed until a facilitator says so under their own name, and can be hidden', async () => {
      const { library } = cast.conversation.app
      const program = await store.programs.byWorkspace('playground', 'w1')
      const id = program?.id ?? ''
      await fred.slash('library')
      await fred.press('Review what comes with Handrail')
      expect(await fred.pressCode('h1:lb.piece:0', box)).toContain('Not yet reviewed by a clinician')
      expect(await fred.press('Approve under my name')).toContain('Reviewed for this program by fred')
      expect(await library.reviewOf(id, box)).toMatchObject({ state: 'approved', by: 'fred' })
      expect(await fred.press('Hide in this program')).toContain('Hidden in this program by fred')
      expect((await library.hidden(id)).has(box)).toBe(true)
      expect(await fred.press('Take my program’s word back')).toContain('Not yet reviewed')
      expect(await library.reviewOf(id, box)).toEqual({ state: 'not-reviewed' })
      expect((await library.hidden(id)).size).toBe(0)
      expect(await ana.pressCode('h1:lb.piece:0', box)).not.toContain('Approve')
    })

    it('counts as not reviewed when its words change, and the rest can be kept from members', async () => {
      const { library } = cast.conversation.app
      const program = await store.programs.byWorkspace('playground', 'w1')
      const id = program?.id ?? ''
      await fred.pressCode('h1:lb.review:lesson_sleep:approved')
      await store.reviews.put(id, {
        id: 'r1',
        slug: box,
        hash: 'of other words',
        state: 'approved',
        reviewedBy: 'x',
        reviewedAt: cast.clock.now(),
      })
      expect(await library.reviewOf(id, box)).toEqual({ state: 'not-reviewed' })
      await fred.slash('library')
      await fred.press('Review what comes with Handrail')
      expect(await fred.press('Show reviewed only')).toContain('only what your program has reviewed')
      const hidden = await library.hidden(id)
      expect([hidden.has(box), hidden.has('lesson_sleep')]).toEqual([true, false])
      expect(await ana.pressCode('h1:sr.open:no-to-an-offer')).toContain('does not show this one')
      expect(await ana.slash('lesson')).toContain(`${sleep.name.en} (`)
      expect(await fred.press('Show everything')).toContain('everything that is not hidden')
    })
  })

  describe('a lesson', () => {
    it('is read page by page, and ends with a question and where it comes from', async () => {
      await ana.slash('lesson')
      expect(await ana.pressCode('h1:ls.page', 'sleep')).toContain(`Page 1 of ${pages}`)
      for (let i = 1; i < pages; i++) await ana.press('Next page')
      const last = await ana.pressCode(`h1:ls.page:sleep:${pages - 1}`)
      expect(last).toContain('A question to think about')
      expect(last).toContain(sleep.source.authors)
      await ana.press('Write about it')
      expect(await ana.fill({ text: 'A cold room' })).toContain('It is in your journal')
      expect(await journal()).toMatchObject([{ body: { text: 'A cold room', about: sleep.question.en } }])
    })

    it('becomes the topic of the week in the group room, once a day', async () => {
      const delivered = deliverTo(cast, store)
      await fred.slash('lesson')
      await fred.pressCode('h1:ls.page', 'sleep')
      await fred.press('Make it this week’s topic')
      await fred.press('Post it')
      await fred.pressCode('h1:ls.post:sleep')
      await delivered.delivery.settle()
      expect(delivered.words().filter((words) => words.includes('This week’s topic'))).toHaveLength(1)
      expect(await ana.pressCode('h1:ls.post:sleep')).not.toContain('On its way')
      expect(await ana.pressCode('h1:ls.read:sleep')).toContain(`Page 1 of ${pages}`)
    })
  })

  describe('a talk to rehearse', () => {
    it('takes turns, shows one way, and keeps nothing unless asked', async () => {
      await ana.pressCode('h1:sr')
      expect(await ana.pressCode('h1:sr.open', 'no-to-an-offer')).toContain(`I play ${talk.who.en}`)
      expect(await ana.press('Begin')).toContain(`Turn 1 of ${turns}`)
      expect(await ana.press('Show me one way')).toContain(`One way to say it: ${talk.turns[0]?.one.en}`)
      await ana.press('Write what I would say')
      const said = await ana.fill({ words: 'No thank you, I mean it' })
      expect(said).toContain('> No thank you, I mean it')
      expect(said).toContain('It was not kept')
      expect(await journal()).toHaveLength(1)
      await ana.press('Write what I would say')
      expect(await ana.fill({ words: 'Thanks, but no', keep: 'yes' })).toContain('in your journal')
      expect(await journal()).toMatchObject([{ body: { text: 'Thanks, but no' } }, {}])
      for (let i = 2; i <= turns; i++) expect(await ana.press('Go on')).toContain(`Turn ${i} of ${turns}`)
      expect(await ana.press('Go on')).toContain(talk.close.en)
    })

    it('stops at any time', async () => {
      await ana.press('From the start')
      expect(await ana.press('Stop here')).toContain('You can come back')
    })
  })
})
