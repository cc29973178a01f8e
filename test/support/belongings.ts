// Everything that one person of a program can have, each thing with a word of its own, and others of the same program
// who stand nearer to her or farther: for tests that ask who can reach what.
import { newId } from '../../src/store/ids.ts'
import type { Audience } from '../../src/care/members/ports.ts'
import type { EntryKind } from '../../src/care/entries/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { groupCast } from './group-cast.ts'

/** What stands in a thing of that name and nowhere else. */
export const wordOf = (thing: string): string => `word-${thing}-end`
export const wordsIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/word-([a-z-]+?)-end/g)].map(([, thing = '']) => thing)),
]

const plan = (words: string) => ({ plan: 'wellness', parts: { signs: words, helps: words }, earlier: [] })
const entries: readonly {
  readonly thing: string
  readonly kind: EntryKind
  readonly body: (words: string) => unknown
  readonly audience?: Audience
}[] = [
  { thing: 'journal', kind: 'journal', body: (text) => ({ text, win: false }) },
  { thing: 'journal-staff', kind: 'journal', body: (text) => ({ text, win: true }), audience: 'facilitator' },
  { thing: 'journal-group', kind: 'journal', body: (text) => ({ text, win: false }), audience: 'group' },
  { thing: 'own-prompt', kind: 'own-prompt', body: (text) => ({ text }) },
  { thing: 'agenda', kind: 'agenda', body: (text) => ({ text }) },
  { thing: 'agenda-staff', kind: 'agenda', body: (text) => ({ text }), audience: 'facilitator' },
  { thing: 'takeaway', kind: 'takeaway', body: (text) => ({ text }) },
  { thing: 'skill-use', kind: 'skill-use', body: () => ({ slug: 'box-breathing', steps: 1 }) },
  {
    thing: 'skill-offer',
    kind: 'skill-offer',
    body: (name) => ({ name, for: name, steps: [name], minutes: 2, named: false, state: 'offered' }),
    audience: 'facilitator',
  },
  { thing: 'urge', kind: 'urge', body: (note) => ({ strength: 7, triggers: [], deeds: [], note }) },
  { thing: 'slip', kind: 'slip', body: (note) => ({ day: '2026-03-05', note }) },
  {
    thing: 'recovery',
    kind: 'recovery',
    body: (name) => ({ name, episodes: [{ from: '2026-01-01' }], hidden: false }),
  },
  { thing: 'plan', kind: 'plan', body: plan },
  { thing: 'letter', kind: 'letter', body: (text) => ({ text, rules: ['urge'] }) },
  {
    thing: 'directive',
    kind: 'directive',
    body: (words) => ({ days: 3, step: 'note', words, since: '2026-03-01' }),
  },
  { thing: 'hard-date', kind: 'hard-date', body: (name) => ({ name, date: '2026-04-01', yearly: true }) },
  {
    thing: 'scale',
    kind: 'scale',
    body: () => ({
      scale: 'gad-7',
      version: '1',
      language: 'en',
      answers: {},
      tell: false,
      doneAt: '2026-03-05T15:00:00Z',
    }),
  },
]

export type Things = Readonly<Record<string, string>>
export const viewers = ['member', 'groupmate', 'leader', 'staff', 'admin', 'stranger'] as const
export type ViewerName = (typeof viewers)[number]

/** Ana has everything; the ids of her things by name. Ben sits in her group, Fay leads it, Cat and Gil do not; Dov is of another program. */
export async function belongings(store: Store): Promise<{ readonly things: Things; readonly ana: string }> {
  const { cast, app, admin, person, facilitator, make, sits } = await groupCast(store)
  await admin.slash('setup')
  await admin.press('Program room')
  await admin.fill({ room: 'room-p' })
  await cast.program('w2')
  await cast.member('dov', { workspace: 'w2' })
  await cast.member('ana')
  await cast.member('ben')
  await cast.member('cat')
  const fay = await facilitator('fay')
  await facilitator('gil')
  const group = await make(fay)
  await sits(cast.as('ana'), fay, group)
  await sits(cast.as('ben'), fay, group)
  const ana = await person('ana')
  const now = cast.clock.now()
  await store.groups.change(ana.programId, group, { room: 'room-a', roomState: 'made' }, now)
  const things: Record<string, string> = { ana: ana.personId, group }
  const next = (thing: string) => (things[thing] = newId())
  for (const { thing, kind, body, audience = 'me' } of entries) {
    const entry = {
      id: next(thing),
      kind,
      forDay: '2026-03-06',
      at: now,
      body: body(wordOf(thing)),
      audience,
    }
    await store.entries.put(ana, entry)
  }
  for (const [thing, audience] of [
    ['check-in', 'me'],
    ['check-in-staff', 'facilitator'],
    ['check-in-group', 'group'],
  ] as const)
    await app.checkIns.record(
      ana,
      { id: next(thing), answers: { mood: 3, note: wordOf(thing) }, audience },
      cast.clock.now(),
    )
  await app.reminders.add(
    ana,
    { id: next('reminder'), time: '10:00', days: [], words: wordOf('reminder') },
    now,
  )
  await app.reminders.goAway(ana, { id: next('away'), to: '2026-03-20' }, now)
  await app.cases.ask(ana, { id: next('question'), words: wordOf('question'), nameless: true }, now)
  await store.cases.open(
    ana.programId,
    {
      id: next('alert'),
      kind: 'alert',
      level: 'urgent',
      personId: ana.personId,
      anonymous: false,
      source: 'direct',
      state: 'open',
      pointer: { hearer: 'staff' },
      createdAt: now,
    },
    { line: { id: newId(), writer: ana, side: 'person', words: wordOf('alert'), at: now } },
  )
  await app.posts.write(ana, { id: next('post'), groupId: group, kind: 'win', words: wordOf('post') }, now)
  await app.posts.send(ana, things['post'] ?? '', now)
  await app.posts.write(ana, { id: next('draft'), groupId: group, kind: 'win', words: wordOf('draft') }, now)
  const lead = await person('fay')
  await app.practice.give(
    lead,
    {
      id: next('assignment'),
      what: 'box-breathing',
      to: { platform: 'playground', workspace: 'w1', user: 'ana' },
      untilDay: '2026-03-20',
    },
    now,
  )
  await store.entries.put(ana, {
    id: next('practice'),
    kind: 'practice',
    forDay: '2026-03-06',
    at: now,
    body: { assignment: things['assignment'], what: 'box-breathing', said: 'did', note: wordOf('practice') },
    audience: 'facilitator',
  })
  await store.entries.put(ana, {
    id: next('taper'),
    kind: 'taper',
    forDay: '2026-03-06',
    at: now,
    body: { rhythm: 'weekly', time: '10:00', days: 30, reminder: things['reminder'] },
    audience: 'me',
  })
  await app.graduations.propose(lead, group, ana.personId, undefined, now)
  things['graduation'] = (await app.graduations.latest(ana))?.id ?? ''
  await store.entries.put(ana, {
    id: next('peer-lead'),
    kind: 'peer-lead',
    forDay: '2026-03-06',
    at: now,
    body: { group, state: 'asked', days: 30, renew: false },
    audience: 'me',
  })
  await cast.member('eve')
  await sits(cast.as('eve'), fay, group)
  const eve = await person('eve')
  for (const one of [ana, eve]) await app.buddies.setOpen(one, group, true, now)
  await app.buddies.ask(ana, group, eve.personId, now)
  things['pair'] = (await app.buddies.mine(eve, now)).questions[0]?.pair.id ?? ''
  await app.buddies.answer(eve, things['pair'], true, now)
  const week = { went: 'good', words: wordOf('buddy-check'), share: true } as const
  await app.buddyCheckIns.record(ana, things['pair'], { ...week, id: next('buddy-check') }, now)
  await app.meetings.plan(
    lead,
    group,
    next('meeting'),
    { day: '2026-03-10', time: '18:00', minutes: 60, topic: wordOf('meeting') },
    false,
    now,
  )
  await app.measures.coolDown(
    lead,
    { id: next('measure'), who: ana.personId, reason: 'unkind', words: wordOf('measure'), minutes: 60 },
    now,
  )
  return { things, ana: ana.personId }
}

/** The kinds of thing that a parameter of that name speaks of. Others are given a new id. */
export const kindsOf: Readonly<Record<string, readonly string[]>> = {
  ci: ['check-in', 'check-in-staff', 'check-in-group'],
  from: ['check-in', 'journal', 'urge', 'skill-use'],
  rem: ['reminder'],
  away: ['away'],
  entry: ['journal', 'journal-staff', 'journal-group', 'plan', 'hard-date', 'takeaway'],
  line: ['agenda', 'agenda-staff'],
  kept: ['takeaway'],
  shown: ['agenda-staff'],
  group: ['group'],
  who: ['ana'],
  person: ['ana'],
  post: ['post', 'draft'],
  prompt: ['own-prompt'],
  plan: ['plan'],
  letter: ['letter'],
  directive: ['directive'],
  use: ['skill-use'],
  urge: ['urge'],
  slip: ['slip'],
  counter: ['recovery'],
  sc: ['scale'],
  offer: ['skill-offer'],
  practice: ['practice'],
  given: ['assignment'],
  case: ['question', 'alert'],
  measure: ['measure'],
  meeting: ['meeting'],
  taper: ['taper'],
  grad: ['graduation'],
  lead: ['peer-lead'],
  pair: ['pair'],
  bc: ['buddy-check'],
}
