// Skills as a member meets them: found by words or need, done step by step, counted only for the person themselves.
import { beforeAll, expect, it } from 'vitest'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { buttonsOf, castOn, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { render } from '../../src/words/render.ts'
import { skillBySlug, skills } from '../../src/care/skills/content.ts'
import type { Store } from '../../src/store/connect.ts'

const labels = (who: Speaker): readonly string[] =>
  buttonsOf(who.shown()).map(({ label }) => render(label, who.shown().language))
const starts = (who: Speaker): readonly string[] =>
  labels(who).filter((label) => label.startsWith('Start: ') || label.startsWith('Empezar: '))

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    await cast.program()
    ana = await cast.member('ana')
  })

  /** Walks the skill that is named to its end. */
  async function does(who: Speaker, name: string, before: string, after: string, helped: string) {
    await who.slash('skill', { words: name })
    await who.press(starts(who).find((label) => label.endsWith(name)) ?? '')
    let said = await who.press(before)
    while (labels(who).includes('Next')) said = await who.press('Next')
    expect(said).toMatch(/step (\d+) of \1/)
    await who.press('Done')
    expect(await who.press(after)).toContain('Did it help')
    return who.press(helped)
  }

  it('shows where to begin, and finds by need in one more tap', async () => {
    expect(await ana.slash('skill')).toContain('What would help right now?')
    const found = await ana.press('Panic')
    expect(found).toContain('For: Panic')
    expect(starts(ana)).toHaveLength(5)
    expect(found).toContain('Only you see this')
    expect(await ana.press('More')).toContain('For: Panic')
  })

  it('finds by words in either language, with the name first, and keeps to the time there is', async () => {
    await ana.slash('skill', { words: 'box breathng' })
    expect(starts(ana)[0]).toBe('Start: Box breathing')
    await ana.slash('skill', { words: 'no puedo dormir' })
    expect(starts(ana).join()).toContain('get')
    await ana.types('skill box breathing')
    expect(starts(ana)[0]).toBe('Start: Box breathing')
    await ana.slash('skill', { minutes: '2' })
    const quick = skills.filter(({ minutes }) => minutes <= 2).map(({ name }) => `Start: ${name.en}`)
    expect(starts(ana).length).toBeGreaterThan(0)
    for (const label of starts(ana)) expect(quick).toContain(label)
  })

  it.each(['i want to cut myself', 'i want to kill myself', 'ya no quiero vivir'])(
    'puts help first for: %s',
    async (words) => {
      const said = await ana.slash('skill', { words })
      expect(said.indexOf('A person can be with you now')).toBeLessThan(said.indexOf('This may fit'))
      expect(labels(ana)).toContain('Help now')
    },
  )

  it('says nothing of danger where there is none', async () => {
    expect(await ana.slash('skill', { words: 'box breathing' })).not.toContain('A person can be with you now')
  })

  it('says of a skill what it is for, who takes care, where it comes from and that no clinician looked at it', async () => {
    await ana.slash('skill', { words: 'box breathing' })
    const page = await ana.press('About: Box breathing')
    const box = skillBySlug('box-breathing')
    if (!box) throw new Error('box breathing is gone')
    for (const words of [box.for.en, box.helpsWhen.en, box.notFor.en, box.source.title])
      expect(page).toContain(words)
    expect(page).toContain('Not yet reviewed by a clinician')
    expect(page).toContain(`${box.steps.length} steps`)
  })

  it('walks the steps with their pace, goes back, and stops at any time', async () => {
    await ana.slash('skill', { words: 'box breathing' })
    expect(await ana.press('Start: Box breathing')).toContain('from 0 to 10')
    expect(await ana.press('Skip the number')).toContain('step 1 of')
    const next = await ana.press('Next')
    expect(next).toContain('step 2 of')
    expect(next).toMatch(/Take about \d+ second|Take the time you like/)
    expect(await ana.press('Back')).toContain('step 1 of')
    expect(await ana.press('Stop')).toContain('Stopped')
    await ana.press('Skip')
    expect(await ana.press('Skip')).toContain('Noted.')
  })

  it('gives another at once to somebody who cannot do this one, with the number kept', async () => {
    await ana.slash('skill', { words: 'box breathing' })
    await ana.press('Start: Box breathing')
    await ana.press('8')
    expect(await ana.press('I can’t do this one')).toContain('Not every skill fits every moment')
    const [first] = starts(ana)
    expect(first).not.toContain('Box breathing')
    await ana.press('Another one')
    const [second] = starts(ana)
    expect(second).not.toBe(first)
    expect(await ana.press(second ?? '')).toContain('step 1 of')
    await ana.press('Stop')
    await ana.press('4')
    expect(await ana.press('A little')).toContain('From 8 to 4.')
  })

  it('makes one note of a button that is pressed twice', async () => {
    const teo = await cast.member('teo')
    await teo.slash('skill', { words: 'box breathing' })
    await teo.press('Start: Box breathing')
    const code = teo.codeOf('6')
    expect(await teo.pressCode(code)).toContain('step 1 of')
    expect(await teo.pressCode(code)).toContain('step 1 of')
    await teo.slash('skill')
    await teo.press('My skills')
    await teo.press('My notes')
    expect(labels(teo).filter((label) => label.startsWith('Delete the note'))).toHaveLength(1)
    await teo.press(labels(teo)[0] ?? '')
    await teo.press('Yes, delete it')
    expect(await teo.press('My notes')).toContain('No notes yet')
  })

  it('offers help and another skill when it did not help', async () => {
    const said = await does(ana, 'Box breathing', '5', '9', 'No')
    expect(said).toContain('From 5 to 9.')
    expect(said).toContain('about the skill and the moment, not about you')
    expect(labels(ana)).toContain('Help now')
    expect(starts(ana)).toHaveLength(1)
  })

  it('puts what helped first and says so in counts', async () => {
    const bea = await cast.member('bea')
    await bea.slash('skill', { need: 'panic' })
    const last = starts(bea).at(-1) ?? ''
    const name = last.replace('Start: ', '')
    expect(await does(bea, name, '8', '3', 'Yes')).toContain('From 8 to 3.')
    const again = await bea.slash('skill', { need: 'panic' })
    expect(starts(bea)[0]).toBe(last)
    expect(again).toContain('Helped you 1 of 1 time; from 8 to 3 on average')
  })

  it('puts what helped first for a feeling in words too, but not before a name that was asked for', async () => {
    const gus = await cast.member('gus')
    const feeling = { words: 'cant stop thinking about a drink' }
    await gus.slash('skill', feeling)
    const last = starts(gus).at(-1) ?? ''
    expect(starts(gus)[0]).not.toBe(last)
    await does(gus, last.replace('Start: ', ''), '8', '3', 'Yes')
    await gus.slash('skill', feeling)
    expect(starts(gus)[0]).toBe(last)
    await gus.slash('skill', { words: 'delay distract decide' })
    expect(starts(gus)[0]).toBe('Start: Delay, distract, decide')
  })

  it('puts what is not for somebody last, and offers it again when asked', async () => {
    const cleo = await cast.member('cleo')
    await cleo.slash('skill', { need: 'panic' })
    const [first = ''] = starts(cleo)
    const name = first.replace('Start: ', '')
    await cleo.press(`About: ${name}`)
    expect(await cleo.press('Not for me')).toContain('No reason needed')
    await cleo.slash('skill', { need: 'panic' })
    expect(starts(cleo)).not.toContain(first)
    await cleo.press('My skills')
    const pick = cleo.shown().reply
    const blocks = pick.kind === 'update' ? pick.message.blocks : []
    const again = blocks.find((block) => block.kind === 'pick')
    if (again?.kind !== 'pick') throw new Error('there is nothing to offer again')
    await cleo.pressCode(again.code, again.choices[0]?.value)
    await cleo.slash('skill', { need: 'panic' })
    expect(starts(cleo)[0]).toBe(first)
  })

  it('keeps favourites, and says what worked only after ten uses, unless it is told not to count', async () => {
    const dan = await cast.member('dan')
    for (let i = 0; i < 6; i++) await does(dan, 'Box breathing', '7', '4', 'Yes')
    expect(await dan.press('Keep as favourite')).toContain('favourite')
    await dan.press('My skills')
    expect(await dan.press('What worked for me')).toContain('After ten uses')
    for (let i = 0; i < 4; i++) await does(dan, 'Belly breathing', '6', '6', 'No')
    await dan.press('My skills')
    const said = await dan.press('What worked for me')
    expect(said).toContain('**Box breathing** took you from 7 to 4 on average. It went down 6 of 6 times.')
    expect(said).toContain('**Belly breathing** changed little: from 6 to 6 on average, 4 times.')
    expect(said).toContain('[picture: A picture of the numbers before and after each skill.')
    expect(await dan.press('Do not count')).toContain('Counting is off')
    expect(await dan.slash('skill', { words: 'box breathing' })).not.toContain('Helped you')
    await dan.press('My skills')
    await dan.press('What worked for me')
    expect(await dan.press('Count what works for me')).toContain('took you from 7 to 4')
    await dan.press('Count from today')
    expect(await dan.press('Yes, count anew')).toContain('After ten uses')
  })

  it('comes back after some minutes when asked to, and asks', async () => {
    const eli = await cast.member('eli')
    const delivered = deliverTo(cast, store)
    await eli.slash('skill', { words: 'urge surfing' })
    await eli.press(starts(eli)[0] ?? '')
    await eli.press('9')
    await eli.press('Stop')
    expect(await eli.press('Ask me in 10 minutes')).toContain('in 10 minutes')
    cast.clock.moveTo(new Date(cast.clock.now().getTime() + 11 * 60_000))
    await delivered.delivery.settle()
    expect(delivered.words().filter((words) => words.includes('You asked me to come back'))).toHaveLength(1)
  })

  it('shows only what is reviewed where the program wishes so, and says that there is more', async () => {
    const program = await store.programs.byWorkspace('playground', 'w1')
    if (!program) throw new Error('there is no program')
    await store.programs.change(program.id, { reviewedOnly: true })
    const said = await ana.slash('skill', { words: 'box breathing' })
    expect(starts(ana)).toEqual([])
    expect(said).toContain('this program does not show')
    expect(labels(ana)).toContain('Help now')
    await store.programs.change(program.id, { reviewedOnly: false })
    await ana.slash('skill', { words: 'box breathing' })
    expect(starts(ana)[0]).toBe('Start: Box breathing')
  })

  it('never finds or opens the note of somebody else', async () => {
    await ana.slash('skill', { words: 'box breathing' })
    await ana.press('Start: Box breathing')
    await ana.press('6')
    const next = ana.codeOf('Next')
    const fay = await cast.member('fay')
    expect(await fay.pressCode(next)).not.toContain('step')
  })

  it('speaks Spanish', async () => {
    const luz = cast.as('luz', { locale: 'es' })
    await luz.slash('start')
    await luz.press('Acepto, quiero entrar')
    const said = await luz.slash('skill', { words: 'no puedo dormir' })
    expect(said).toContain('Solo tú ves esto')
    expect(starts(luz).length).toBeGreaterThan(0)
  })
})
