import { describe, expect, it } from 'vitest'
import type { Role } from '../../src/care/members/ports.ts'
import { encode, within, type ParamsSchema } from '../../src/kit/codec.ts'
import type { Fields } from '../../src/kit/field.ts'
import type { Store } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { render } from '../../src/words/render.ts'
import { t } from '../../src/words/text.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

const canary = 'canary-of-program-b'
const roles = ['nobody', 'member', 'alum', 'peer-lead', 'facilitator', 'admin'] as const satisfies readonly (
  Role | 'nobody'
)[]
const at = { platform: 'playground', workspace: 'w2' } as const

/** Everything of program B that has an id, each of them private or shared as widely as can be. */
async function programB(cast: Cast, store: Store) {
  const admin = await cast.program('w2')
  await admin.slash('setup')
  await admin.press('Program room')
  await admin.fill({ room: 'room-b' })
  await cast.member('bea', { workspace: 'w2' })
  const { app } = cast.conversation
  const find = async (user = 'bea') => {
    const person = await app.directory.find({ ...at, user }, undefined, true)
    if (!person) throw new Error(`${user} has not joined`)
    return person
  }
  const person = await find()
  const now = cast.clock.now()
  const ids = {
    ci: newId(),
    mine: newId(),
    rem: newId(),
    own: newId(),
    away: newId(),
    group: newId(),
    question: newId(),
    measure: newId(),
    post: newId(),
    meeting: newId(),
    pair: '',
    graduation: '',
  }
  await app.checkIns.record(
    person,
    { id: ids.ci, answers: { mood: 3, note: canary }, audience: 'group' },
    now,
  )
  await app.checkIns.record(person, { id: ids.mine, answers: { note: canary }, audience: 'me' }, now)
  await app.reminders.add(person, { id: ids.rem, time: '09:00', days: [] }, now)
  await app.reminders.add(person, { id: ids.own, time: '10:00', days: [], words: canary }, now)
  await app.reminders.goAway(person, { id: ids.away, to: '2026-03-20' }, now)
  const steward = await app.directory.find({ ...at, user: 'admin' }, undefined, true)
  if (!steward) throw new Error('program B has no admin')
  await app.groups.make(
    steward,
    {
      ...at,
      id: ids.group,
      name: canary,
      kind: 'support',
      phase: 'program',
      openness: 'open',
      capacity: 12,
      ageBand: 'adult',
      facilitators: [],
    },
    now,
  )
  await app.groups.bringIn(steward, ids.group, 'bea', 'member', now)
  await app.groups.agree(person, ids.group, 1, now)
  await store.groups.change(person.programId, ids.group, { room: 'room-of-b' }, now)
  const post = { id: ids.post, groupId: ids.group, kind: 'win', words: canary } as const
  await app.posts.write(person, post, now)
  await app.posts.send(person, ids.post, now)
  const when = { day: '2026-03-10', time: '18:00', minutes: 60, topic: canary }
  await app.meetings.plan(steward, ids.group, ids.meeting, when, false, now)
  await app.cases.ask(person, { id: ids.question, words: canary, nameless: true }, now)
  await app.measures.timeOut(
    steward,
    { id: ids.measure, who: person.personId, reason: 'unkind', words: canary, hours: 6 },
    now,
  )
  await cast.member('bob', { workspace: 'w2' })
  const bob = await find('bob')
  await app.groups.bringIn(steward, ids.group, 'bob', 'member', now)
  await app.groups.agree(bob, ids.group, 1, now)
  for (const one of [person, bob]) await app.buddies.setOpen(one, ids.group, true, now)
  await app.buddies.ask(person, ids.group, bob.personId, now)
  ids.pair = (await app.buddies.mine(bob, now)).questions[0]?.pair.id ?? ''
  await app.buddies.answer(bob, ids.pair, true, now)
  const week = { id: newId(), went: 'hard', words: canary, share: true } as const
  await app.buddyCheckIns.record(person, ids.pair, week, now)
  await app.graduations.propose(steward, ids.group, person.personId, undefined, now)
  ids.graduation = (await app.graduations.latest(person))?.id ?? ''
  const picture = async () =>
    JSON.stringify([
      await app.posts.read(person, ids.post, true, now),
      await app.buddies.mine(person, now),
      await app.graduations.latest(person),
      await app.meetings.see(person, ids.meeting),
      await app.meetings.answers(person.programId, ids.meeting),
      await app.cases.thread(person, ids.question),
      await app.measures.of(steward, person.personId),
      await app.groups.people(steward, ids.group),
      await find(),
      await app.checkIns.recent(person, 10),
      await app.reminders.list(person),
      await app.reminders.aways(person, now),
      await app.members.consents(person),
    ])
  return {
    person,
    picture,
    rem: ids.rem,
    own: ids.own,
    ids: [...Object.values(ids), person.personId, person.programId],
  }
}

async function inA(cast: Cast, role: (typeof roles)[number]): Promise<Speaker> {
  const user = `a-${role}`
  if (role === 'nobody') return cast.as(user)
  const one = await cast.member(user)
  const { app } = cast.conversation
  const where = { platform: 'playground', workspace: 'w1' } as const
  const person = await app.directory.find({ ...where, user }, undefined, true)
  const admin = await app.directory.find({ ...where, user: 'admin' }, undefined, true)
  if (!person || !admin) throw new Error('program A is not there')
  if (role !== 'member') await app.members.grant(person, role, admin, cast.clock.now())
  return one
}

type Fitting = {
  readonly safeParse: (value: unknown) => { readonly success: boolean }
  readonly options?: readonly string[]
}

const refusals = [t('kit.stale'), t('kit.permit.facilitator'), t('kit.permit.admin')].map((text) =>
  render(text, 'en'),
)

/** Parameters of an action with B's id wherever an id fits, and the first allowed word where only words do. */
function paramsWith(schema: ParamsSchema, id: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(schema.shape as Record<string, Fitting>).map(([name, field]) => [
      name,
      [id, ...(field.options ?? []), '0', '1'].find((value) => field.safeParse(value).success) ?? id,
    ]),
  )
}

/** What could be typed in a form, with B's id wherever words or ids go. */
const rawWith = (fields: Fields, id: string) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (field.kind === 'choice' || field.kind === 'choices') return [name, field.choices[0]?.value]
      if (field.kind === 'whole' || field.kind === 'scale') return [name, field.min]
      if (field.kind === 'time') return [name, '9:00']
      if (field.kind === 'date') return [name, 'today']
      if (field.kind === 'flag') return [name, true]
      return [name, id]
    }),
  )

eachDatabase((make, database) => {
  const open = storeFor(make)

  describe('a person of program A', () => {
    it.each(database === 'SQLite' ? roles : (['facilitator'] as const))(
      'who is %s can do nothing with the ids of program B, and hears the words for “not there”',
      async (role) => {
        const store = await open()
        const cast = castOn(store)
        await cast.program()
        const b = await programB(cast, store)
        const one = await inA(cast, role)
        const before = await b.picture()
        const { actions, forms, commands, menus } = cast.conversation.features
        let tried = 0
        const tries = async (said: Promise<string>, what: string, reads: boolean) => {
          tried += 1
          const text = await said
          expect(text, what).not.toContain(canary)
          expect(text, what).not.toMatch(/\bbea\b/)
          expect(text, what).not.toContain('went wrong')
          if (reads && role !== 'nobody')
            expect(
              refusals.some((words) => text.startsWith(words)),
              `${what}: ${text}`,
            ).toBe(true)
        }
        for (const id of b.ids) {
          for (const [name, action] of actions) {
            const code = encode(name, action.params, paramsWith(action.params, id))
            const reads = [
              'ci.read',
              'ci.share',
              'ci.edit',
              'rem.edit',
              'rem.pause',
              'rem.resume',
              'rem.delete',
              'rem.snooze',
              'rem.skip',
              'rem.done',
              'away.back',
            ].includes(name)
            await tries(one.pressCode(code, id), `${name} with ${id}`, reads)
            await tries(one.pressCode(within(code, b.person.programId), id), `${name} within B`, false)
          }
          for (const [name, form] of forms) {
            const code = encode(name, form.params, paramsWith(form.params, id))
            const fields = typeof form.fields === 'function' ? {} : form.fields
            await tries(one.pressCode(code), `opening ${name}`, false)
            await tries(
              one.submit(within(code, b.person.programId), rawWith(fields, id)),
              `${name} within B`,
              false,
            )
            if (name !== 'setup')
              await tries(
                one.submit(code, rawWith(fields, id)),
                `${name} with ${id}`,
                name === 'rem.change' && (id === b.rem || id === b.own),
              )
          }
          for (const [name, command] of commands)
            await tries(one.slash(name, rawWith(command.options, id)), `/${name}`, false)
          for (const [name] of menus) await tries(one.menu(name, id), `menu ${name}`, false)
        }
        expect(await b.picture()).toBe(before)
        expect(tried).toBeGreaterThan(b.ids.length * (actions.size + forms.size + commands.size))
      },
      600_000,
    )

    it('sees that the check itself can fail: in program B the same press reads the words', async () => {
      const store = await open()
      const cast = castOn(store)
      await cast.program()
      const b = await programB(cast, store)
      const cleo = await cast.member('cleo', { workspace: 'w2' })
      const [ci = ''] = b.ids
      expect(await cleo.pressCode(`h1:ci.read:${ci}`)).toContain(canary)
    })
  })
})
