// Questionnaires as a member meets them: asked by choice, kept at once, told to others only as agreed.
import { beforeAll, expect, it } from 'vitest'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import type { Store } from '../../src/store/connect.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker
  let facilitator: Speaker

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    const admin = await cast.program()
    ana = await cast.member('ana')
    await cast.member('fred')
    const program = await store.programs.byWorkspace('playground', 'w1')
    const fred = await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'fred' })
    if (!program || !fred) throw new Error('nobody is there')
    await store.people.grant(fred, 'facilitator', undefined, cast.clock.now())
    cast.conversation.app.directory.forget(fred)
    facilitator = cast.as('fred')
    await admin.slash('home')
  })
  const answerAll = async (who: Speaker, label: string, times: number) => {
    let said = ''
    for (let i = 0; i < times; i++) said = await who.press(label)
    return said
  }

  it('asks once whether the person is an adult, and hides what was not made for them', async () => {
    const young = await cast.member('teo')
    expect(await young.slash('scales')).toContain('18 or older')
    expect(await young.press('No, younger')).not.toContain('PHQ-9')
    expect(await young.slash('scales')).not.toContain('PHQ-9')
    await ana.slash('scales')
    expect(await ana.press('Yes, 18 or older')).toContain('PHQ-9')
  })

  it('goes one question at a time with a way back and a way out, and gives the number without a diagnosis', async () => {
    await ana.slash('scales')
    expect(await ana.press('Begin GAD-7')).toContain('question 1 of 7')
    expect(await ana.press('Several days')).toContain('question 2 of 7')
    expect(await ana.press('Back')).toContain('question 1 of 7')
    const done = await answerAll(ana, 'Several days', 7)
    expect(done).toContain('Your total is 7')
    expect(done).toContain('not a diagnosis')
    expect(done).toContain('Only you can see this')
    for (const word of ['disorder', 'anxiety disorder', 'depressi', 'severe', 'moderate'])
      expect(done.split('Spitzer')[0]?.toLowerCase()).not.toContain(word)
  })

  it('gives no total while a question was skipped, and goes on from there later', async () => {
    await ana.slash('scales')
    await ana.press('Begin PHQ-2')
    await ana.press('Nearly every day')
    expect(await ana.press('Skip')).toContain('no total')
    expect(await ana.press('Go on')).toContain('question 2 of 2')
    expect(await ana.press('Not at all')).toContain('Your total is 3')
  })

  it('keeps what was answered when somebody stops in the middle', async () => {
    await ana.slash('scales')
    await ana.press('Begin BARC-10')
    await answerAll(ana, 'Agree', 3)
    expect(await ana.press('Stop here')).toContain('7 questions have no answer')
    expect(await ana.press('My results')).toContain('BARC-10')
  })

  it('shows a facilitator one result by choice, says who opened it, and takes it back', async () => {
    await ana.slash('scales')
    await ana.press('My results')
    await ana.press(await labelOf(ana, 'See GAD-7'))
    expect(await ana.press('Show my facilitators')).toContain('facilitators of your program can see')
    await facilitator.slash('scales')
    expect(await facilitator.press('Shown to facilitators')).toContain('GAD-7')
    const open = facilitator.codeOf(await labelOf(facilitator, 'Open'))
    expect(await facilitator.pressCode(open)).toContain('Your total is 7')
    const account = { platform: 'playground', workspace: 'w1', user: 'ana' } as const
    const author = await store.people.byAccount(account)
    expect(author && (await store.readings.of(author, 5))).toMatchObject([{ what: 'scale' }])
    await ana.slash('scales')
    await ana.press('My results')
    await ana.press(await labelOf(ana, 'See GAD-7'))
    await ana.press('Keep it to myself')
    expect(await facilitator.pressCode(open)).not.toContain('Your total')
  })

  const labelOf = async (who: Speaker, begin: string): Promise<string> => {
    const { reply } = who.shown()
    const message = reply.kind === 'update' ? reply.message : reply.kind === 'message' ? reply : undefined
    const { render } = await import('../../src/words/render.ts')
    for (const block of message?.blocks ?? [])
      if (block.kind === 'buttons')
        for (const one of block.buttons) {
          const label = typeof one.label === 'string' ? one.label : render(one.label, 'en')
          if (label.startsWith(begin)) return label
        }
    throw new Error(`no button begins with ${begin}`)
  }

  it('asks about safety at once, shows lines, and tells nobody when the person did not agree', async () => {
    const delivered = deliverTo(cast, store)
    await ana.slash('scales')
    await ana.press('Begin PHQ-9')
    await ana.press('No, only show me help')
    await answerAll(ana, 'Not at all', 8)
    const said = await ana.press('Nearly every day')
    expect(said).toContain('Are you safe right now')
    expect(said).toContain('988')
    expect(said).toContain('I have told nobody')
    await delivered.delivery.settle()
    expect(delivered.words().join()).not.toContain('not be safe')
    expect(await ana.press('Yes, I am safe today')).toContain('Your total is 3')
  })

  it('queues the word to facilitators before the next question, with no answer, name or reason in it', async () => {
    const delivered = deliverTo(cast, store)
    await ana.slash('scales')
    await ana.press('Begin PHQ-9')
    await ana.press('Yes, tell them')
    await answerAll(ana, 'Not at all', 8)
    expect(await ana.press('Several days')).toContain('does not mean that somebody has read it')
    await delivered.delivery.settle()
    const got = delivered.words().find((words) => words.includes('may not be safe')) ?? ''
    expect(got).not.toMatch(/ana|PHQ|item|score|\d/i)
    // A no makes it urgent: one more message, and no third one for a second press.
    await ana.press('No, or I am not sure')
    await delivered.delivery.settle()
    expect(delivered.words().filter((words) => words.includes('Somebody may need a person'))).toHaveLength(1)
    const pointer = delivered.platform.shown.at(-1)?.message
    const block = pointer?.blocks.find((one) => one.kind === 'buttons')
    const button = block?.kind === 'buttons' ? block.buttons[0] : undefined
    if (button?.kind !== 'button') throw new Error('there is nothing to open')
    const opened = await facilitator.pressCode(button.code)
    expect(opened).toContain('ana')
    expect(opened).toContain('they said that they are not safe today')
    expect(opened).not.toMatch(/total|PHQ/)
    expect(await ana.pressCode(button.code)).not.toContain('not safe')
  })
})
