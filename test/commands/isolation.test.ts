import { describe, expect, it } from 'vitest'
import type { Role } from '../../src/care/members/ports.ts'
import { encode, within, type ParamsSchema } from '../../src/kit/codec.ts'
import type { Fields } from '../../src/kit/field.ts'
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
async function programB(cast: Cast) {
  const admin = await cast.program('w2')
  await admin.slash('setup')
  await admin.press('Group room')
  await admin.fill({ room: 'room-b' })
  await cast.member('bea', { workspace: 'w2' })
  const { app } = cast.conversation
  const find = async () => {
    const person = await app.directory.find({ ...at, user: 'bea' }, undefined, true)
    if (!person) throw new Error('bea has not joined')
    return person
  }
  const person = await find()
  const now = cast.clock.now()
  const ids = { ci: newId(), mine: newId(), rem: newId(), own: newId(), away: newId() }
  await app.checkIns.record(
    person,
    { id: ids.ci, answers: { mood: 3, note: canary }, audience: 'group' },
    now,
  )
  await app.checkIns.record(person, { id: ids.mine, answers: { note: canary }, audience: 'me' }, now)
  await app.reminders.add(person, { id: ids.rem, time: '09:00', days: [] }, now)
  await app.reminders.add(person, { id: ids.own, time: '10:00', days: [], words: canary }, now)
  await app.reminders.goAway(person, { id: ids.away, to: '2026-03-20' }, now)
  const picture = async () =>
    JSON.stringify([
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
        const cast = castOn(await open())
        await cast.program()
        const b = await programB(cast)
        const one = await inA(cast, role)
        const before = await b.picture()
        const { actions, forms, commands, menus } = cast.conversation.features
        let tried = 0
        const tries = async (said: Promise<string>, what: string, reads: boolean) => {
          tried += 1
          const text = await said
          expect(text, what).not.toContain(canary)
          expect(text, what).not.toContain('bea')
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
      300_000,
    )

    it('sees that the check itself can fail: in program B the same press reads the words', async () => {
      const cast = castOn(await open())
      await cast.program()
      const b = await programB(cast)
      const cleo = await cast.member('cleo', { workspace: 'w2' })
      const [ci = ''] = b.ids
      expect(await cleo.pressCode(`h1:ci.read:${ci}`)).toContain(canary)
    })
  })
})
