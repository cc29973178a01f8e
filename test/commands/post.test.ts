// Posts into a group's room, in the chat: looked at before they go, opened by a tap, held, reworded, removed, without a name.
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const gone = 'That is no longer here'
const hourMs = 3_600_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fay: Speaker
  let ana: Speaker
  let bo: Speaker
  let group: string
  let programId: string
  let heard = 0

  async function told(): Promise<readonly { readonly to: string; readonly words: string }[]> {
    await here.delivered.delivery.settle()
    const { shown } = here.delivered.platform
    const words = here.delivered.words()
    const fresh = shown
      .slice(heard)
      .map((post, at) => ({ to: JSON.stringify(post.to), words: words[heard + at] ?? '' }))
    heard = shown.length
    return fresh
  }
  const acts = async () =>
    (await store.audits.list(programId, { limit: 100 })).map(({ act, why }) => [act, why])
  const set = (change: Parameters<Store['groups']['change']>[2]) =>
    store.groups.change(programId, group, change, here.cast.clock.now())
  const postOf = async (user: string) => {
    const [post] = await here.app.posts.mine(await here.person(user), 1)
    if (!post) throw new Error('no post')
    return post
  }
  const writes = async (by: Speaker, kind: string, raw: Readonly<Record<string, unknown>>) => {
    await by.slash('share')
    await by.press(kind)
    return by.fill({ wants: 'listen', ...raw })
  }
  /** Written and sent; its id. */
  async function posts(
    by: Speaker,
    words: string,
    raw: Readonly<Record<string, unknown>> = {},
    kind = 'A win',
  ) {
    await writes(by, kind, { words, ...raw })
    await by.press('Send it')
    return (await postOf(by.visitor.user)).id
  }
  async function sit(...users: readonly string[]): Promise<void> {
    for (const user of users) await here.sits(await here.cast.member(user), fay, group)
  }

  beforeEach(async () => {
    store = await open()
    here = await groupCast(store)
    heard = 0
    fay = await here.facilitator('fay')
    group = await here.make(fay, { name: 'Harbour' })
    programId = (await here.person('fay')).programId
    await set({ room: 'room-1', roomState: 'made', syncAt: null })
    ana = await here.cast.member('ana')
    bo = await here.cast.member('bo')
    await here.sits(ana, fay, group)
    await here.sits(bo, fay, group)
    await told()
  })

  it('is seen by its writer first, with what looks private, and goes as a card that says nothing of it', async () => {
    await ana.slash('home')
    expect(await ana.press('Share with my group')).toContain('Posts in Harbour')
    const preview = await writes(ana, 'A win', {
      words: 'I slept! Call me at 415 555 0134',
      wants: 'celebrate',
    })
    expect(preview).toContain('> I slept!')
    expect(preview).toContain('It may hold a phone number')
    expect(await told()).toEqual([])
    await ana.press('Change it')
    expect(ana.form().filled).toMatchObject({ words: 'I slept! Call me at 415 555 0134', wants: 'celebrate' })
    expect(await ana.fill({ words: 'I slept all night.' })).not.toContain('I noticed something')
    expect(await ana.press('Send it')).toContain('on its way to the room')
    const [card, ...more] = await told()
    expect(more).toEqual([])
    expect(card?.to).toContain('room-1')
    expect(card?.words).toContain('Somebody in this group shared something')
    expect(card?.words).not.toMatch(/slept|ana|win/i)
    const { id } = await postOf('ana')
    const read = await here.press(bo, 'po.read', id)
    expect(read).toContain('A win, from ana')
    expect(read).toContain('> I slept all night.')
    expect(read).toContain('What would help: Celebrate with me')
    expect((await here.app.members.readings(await here.person('ana'))).length).toBe(1)
    expect(await here.press(ana, 'po.send', id)).toContain('on its way')
    expect(await told()).toEqual([])
  })

  it('waits for the end of the group’s quiet hours, as do others’ words about it; own hours come first', async () => {
    await here.press(fay, 'gr.see', group)
    await fay.press('Quiet hours of the group')
    expect(await fay.fill({ from: '08:00' })).toContain('both times')
    await here.press(fay, 'gr.hush', group)
    expect(await fay.fill({ from: '08:00', to: '08:00' })).toContain('the same')
    // It is 10:00 in New York.
    await here.press(fay, 'gr.hush', group)
    expect(await fay.fill({ from: '08:00', to: '13:00' })).toContain('Everybody in the group can see them')
    expect(await here.press(ana, 'gr.see', group)).toContain('from 08:00 to 13:00')
    expect(await writes(ana, 'A rough day', { words: 'It was long.' })).toMatch(
      /Harbour has quiet hours now\. The card comes into the room .*1:00[^]*Help now/,
    )
    await ana.press('Send it')
    await ana.slash('settings')
    await ana.press('Change quiet hours')
    await ana.fill({ from: '23:00', to: '05:00' })
    await here.press(fay, 'gr.reword', group)
    await fay.fill({ agreement: 'What is said here stays here.' })
    expect((await told()).map(({ to }) => to)).toEqual([expect.stringContaining('ana')])
    await here.delivered.delivery.moveTo(new Date(here.cast.clock.now().getTime() + 3 * hourMs))
    const later = await told()
    expect(later.map(({ to }) => to).toSorted()).toEqual([
      expect.stringContaining('bo'),
      expect.stringContaining('room-1'),
    ])
    await here.press(fay, 'gr.hush', group)
    expect(await fay.fill({ from: '', to: '' })).toContain('no quiet hours now')
  })

  it('is read by nobody outside the group, and posted by nobody who only listens, is paused or cooling down', async () => {
    const id = await posts(ana, 'Hello there')
    const cleo = await here.cast.member('cleo')
    expect(await here.press(cleo, 'po.read', id)).toContain(gone)
    expect(await here.press(cleo, 'po.react', id, 'with-you')).toContain(gone)
    expect(await here.press(cleo, 'po.new', group, 'win')).toContain(gone)
    expect(await here.press(bo, 'po.own', id)).toContain(gone)
    expect(await here.press(bo, 'po.gone', id)).toContain(gone)
    await here.press(bo, 'gr.listen', group, 'y')
    expect(await here.press(bo, 'po.new', group, 'win')).toContain('You only listen')
    await set({ state: 'paused' })
    expect(await here.press(ana, 'po.in', group)).toContain('Nobody posts in Harbour just now')
    expect(await here.press(ana, 'po.new', group, 'win')).toContain('Nobody posts in Harbour')
    await set({ state: 'open' })
    const who = (await here.person('ana')).personId
    const cooling = { id: here.app.newId(), who, reason: 'unkind', minutes: 30 } as const
    await here.app.measures.coolDown(await here.person('fay'), cooling, here.cast.clock.now())
    expect(await here.press(ana, 'po.new', group, 'win')).toContain('asked you for a break')
  })

  it('names its theme on the card, and stays folded for whoever folded that theme', async () => {
    await here.press(bo, 'po.folds')
    expect(await bo.fill({ themes: ['loss', 'eating'] })).toContain('ask you before they open')
    const id = await posts(ana, 'My dog died.', { theme: 'loss' }, 'A rough day')
    expect((await told())[0]?.words).toContain('Content note: loss')
    expect(await here.press(bo, 'po.read', id)).toContain('about loss, which you folded')
    expect(bo.shown().reply).not.toMatchObject({ blocks: [{ kind: 'quote' }] })
    expect(await here.press(bo, 'po.late', group)).toContain('Folded: loss')
    await here.press(bo, 'po.read', id)
    expect(await bo.press('Open it anyway')).toContain('> My dog died.')
    await here.press(bo, 'po.folds')
    expect(bo.form().filled['themes']).toEqual(['eating', 'loss'])
    expect(await bo.fill({ themes: [] })).toContain('Nothing is folded')
    expect(await here.press(bo, 'po.read', id)).toContain('> My dog died.')
  })

  it('is answered once a person and kind, with no numbers; only its writer sees who', async () => {
    const id = await posts(ana, 'I made the call.')
    await here.press(bo, 'po.read', id)
    expect(await bo.press('I am with you')).toContain('Said: “I am with you”')
    await here.press(bo, 'po.react', id, 'been-there')
    await here.press(bo, 'po.react', id, 'been-there')
    const seen = await here.press(bo, 'po.read', id)
    expect(seen).toContain('People here said: I am with you')
    expect(seen).not.toContain('bo')
    expect(await here.press(ana, 'po.react', id, 'with-you')).toContain('This one is yours')
    expect(await here.press(ana, 'po.own', id)).toContain('They said so to you: bo')
  })

  it('can be taken back at any time, with what was said to it', async () => {
    const id = await posts(ana, 'Too much, maybe.')
    await here.press(bo, 'po.react', id, 'thank-you')
    await here.press(ana, 'po.own', id)
    expect(await ana.press('Take it back')).toContain('for good?')
    expect(await ana.press('Yes, take it back')).toContain('It is deleted')
    expect(await here.press(bo, 'po.read', id)).toContain(gone)
    // The card is looked at again when it is sent.
    expect(await told()).toEqual([])
    expect(await here.press(ana, 'po.mine')).toContain('You have shared nothing yet')
  })

  it('waits for who leads the group where that is set: reworded by its writer, then let out, on record', async () => {
    await here.press(fay, 'po.held', group)
    expect(await fay.press('Read posts before they go out')).toContain('You read posts before they go out')
    expect(await writes(ana, 'Something else', { words: 'First words' })).toContain('reads it first')
    expect(await ana.press('Send it')).toContain('I tell you what comes of it')
    const { id } = await postOf('ana')
    const [pointer, ...none] = await told()
    expect(none).toEqual([])
    expect(pointer?.words).toContain('A post in Harbour waits')
    expect(pointer?.words).not.toMatch(/First words|ana/)
    expect(await here.press(bo, 'po.read', id)).toContain(gone)
    expect(await here.press(bo, 'po.look', id)).toContain('facilitator')
    expect(await here.press(fay, 'po.held', group)).toContain('Something else, from ana')
    expect(await here.press(fay, 'po.look', id)).toContain('> First words')
    await fay.press('Ask to reword')
    expect(await fay.fill({ note: 'Please leave the place out.' })).toContain('reads your note')
    const [news] = await told()
    expect(news?.to).toContain('ana')
    expect(news?.words).not.toMatch(/First|place/)
    expect(await here.press(ana, 'po.own', id)).toContain('> Please leave the place out.')
    await ana.press('Change it')
    expect(ana.form().filled['words']).toBe('First words')
    await ana.fill({ words: 'Second words' })
    await ana.press('Send it')
    await here.press(fay, 'po.look', id)
    expect(await fay.press('Let it out')).toContain('on its way to the room')
    expect(await here.press(fay, 'po.yes', id)).toContain('Somebody decided about this')
    expect((await told()).some(({ to, words }) => to.includes('room-1') && words.includes('Read it'))).toBe(
      true,
    )
    expect(await here.press(bo, 'po.read', id)).toContain('> Second words')
    const done = (await acts()).map(([act]) => act)
    for (const act of ['read', 'reword-post', 'approve-post', 'change-group']) expect(done).toContain(act)
    expect(await store.audits.verify(programId)).toMatchObject({ ok: true })
  })

  it('is removed for a reason that its writer alone is told', async () => {
    const id = await posts(ana, 'Not so good')
    await told()
    expect(await fay.pressCode(`h1:po.remove:${id}`, 'because')).toContain('pick one')
    expect(await fay.pressCode(`h1:po.remove:${id}`, 'unkind')).toContain('Nobody can open it')
    expect(await here.press(bo, 'po.read', id)).toContain(gone)
    const all = await told()
    expect(all).toHaveLength(1)
    expect(all[0]?.words).not.toContain('hard on somebody')
    expect(await here.press(ana, 'po.own', id)).toContain('Why: it is hard on somebody')
    expect(await acts()).toContainEqual(['remove-post', 'unkind'])
    expect(await fay.pressCode(`h1:po.remove:${id}`, 'unkind')).toContain(gone)
  })

  it('waits in a group of teens from the start', async () => {
    const teens = await here.make(fay, { name: 'Teens', age: 'teen' })
    expect(await store.groups.get(programId, teens)).toMatchObject({ premoderated: true })
  })

  it('has no name only where that is allowed, in a group that is large enough, and never on Slack', async () => {
    expect(await here.press(ana, 'po.new', group, 'anonymous')).toContain('has no posts without a name')
    await here.press(fay, 'po.held', group)
    expect(await fay.press('Allow posts without a name')).toContain('you read them first')
    await sit('cleo', 'dan')
    expect(await here.press(ana, 'po.new', group, 'anonymous')).toContain('fewer than 5')
    await sit('eve')
    expect(await here.press(ana, 'po.new', group, 'anonymous')).toContain('form: Without your name')
    const { assertNameless } = await import('../../src/care/posts/rules.ts')
    const one = await store.groups.get(programId, group)
    const seats = await store.groups.seats(programId, group, ['in'])
    if (!one) throw new Error('no group')
    expect(() => assertNameless(one, seats)).not.toThrow()
    expect(() => assertNameless({ ...one, platform: 'slack' }, seats)).toThrow('posts.nameless.slack')
  })

  it('without a name is read first, goes out near a fixed hour, and says nowhere who wrote it', async () => {
    await set({ anonymousPosts: true })
    await sit('cleo', 'dan', 'eve')
    await told()
    const texts: string[] = []
    const keep = (said: string) => void texts.push(said)
    expect(await writes(ana, 'Without my name', { words: 'I am scared of the end.' })).toContain(
      'at noon or at six',
    )
    await ana.press('Send it')
    const { id } = await postOf('ana')
    for (const one of await told()) keep(one.words)
    keep(await here.press(fay, 'po.held', group))
    keep(await here.press(fay, 'po.look', id))
    expect(texts.at(-1)).toContain('From somebody in the group, without a name')
    keep(await fay.press('Let it out'))
    expect(texts.at(-1)).toContain('goes out at the next hour')
    const { dueAt, at } = await postOf('ana')
    // It is 10 in New York: noon there, and less than forty minutes more.
    const noon = Date.UTC(2026, 2, 6, 17)
    expect(dueAt?.getTime()).toBeGreaterThanOrEqual(noon)
    expect(dueAt?.getTime()).toBeLessThan(noon + 40 * 60_000)
    expect((await told()).filter(({ to }) => to.includes('room-1'))).toEqual([])
    expect(await here.press(bo, 'po.read', id)).toContain(gone)
    await here.delivered.delivery.moveTo(new Date(noon + hourMs))
    const card = (await told()).filter(({ to }) => to.includes('room-1'))
    expect(card).toHaveLength(1)
    keep(card[0]?.words ?? '')
    keep(await here.press(bo, 'po.read', id))
    expect(texts.at(-1)).toContain('> I am scared of the end.')
    keep(await here.press(bo, 'po.late', group))
    expect(texts.join('\n')).not.toMatch(/\bana\b/)
    // What is known of it is the hour it went out, not the hour it was written.
    expect((await postOf('ana')).at.getTime()).toBeGreaterThan(at.getTime())
    const { personId } = await here.person('ana')
    const record = (await store.audits.list(programId, { limit: 100 })).filter(
      ({ objectId }) => objectId === id,
    )
    expect(record.map(({ act }) => act)).toEqual(expect.arrayContaining(['approve-post', 'read']))
    expect(record.filter((row) => row.personId === personId)).toEqual([])
  })

  it('without a name waits while the group is too small, and in the end does not go out', async () => {
    await set({ anonymousPosts: true })
    await sit('cleo', 'dan', 'eve')
    const id = await posts(ana, 'Only between us', {}, 'Without my name')
    await here.press(fay, 'po.yes', id)
    await here.press(bo, 'gr.left', group)
    await told()
    await here.delivered.delivery.moveTo(new Date(here.cast.clock.now().getTime() + 24 * hourMs))
    expect((await postOf('ana')).state).toBe('waiting')
    await here.delivered.delivery.moveTo(new Date(here.cast.clock.now().getTime() + 8 * 24 * hourMs))
    expect((await postOf('ana')).state).toBe('expired')
    const all = await told()
    expect(all.filter(({ to }) => to.includes('room-1'))).toEqual([])
    expect(all.filter(({ words }) => words.includes('something new'))).toHaveLength(1)
  })

  it('goes when a draft is never sent, and when its writer stops taking part', async () => {
    await writes(ana, 'A win', { words: 'Never sent' })
    const draft = await postOf('ana')
    await here.delivered.delivery.moveTo(new Date(here.cast.clock.now().getTime() + 25 * hourMs))
    expect(await store.posts.get(programId, draft.id)).toBeUndefined()
    const id = await posts(ana, 'Sent')
    await here.press(ana, 'help.stop-yes')
    expect(await store.posts.get(programId, id)).toBeUndefined()
  })

  it('gives one of two who decide at once the word, and a person of another program nothing', async () => {
    await set({ premoderated: true })
    const id = await posts(ana, 'Whose turn')
    const now = here.cast.clock.now()
    const won = await Promise.all([
      store.posts.change(programId, id, ['held'], { state: 'out' }, now),
      store.posts.change(programId, id, ['held'], { state: 'removed' }, now),
    ])
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await store.posts.get('elsewhere', id)).toBeUndefined()
    expect(await store.posts.change('elsewhere', id, ['out', 'removed'], { state: 'held' }, now)).toBe(false)
    const mixed = { programId: 'elsewhere', personId: (await here.person('ana')).personId }
    expect(await store.posts.takeBack(mixed, id)).toBe(false)
    expect(await store.posts.react(mixed, here.app.newId(), id, 'with-you')).toBe(false)
  })
})
