// The door of a program that is not open to its whole workspace: by a code, or by an invitation in one's own name.
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const dayMs = 86_400_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fay: Speaker

  const known = (user: string) => store.people.byAccount({ platform: 'playground', workspace: 'w1', user })
  const codeIn = (words: string): string => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(words)?.[0] ?? ''
  async function newCode(form: { uses?: number; days?: number } = {}): Promise<string> {
    await fay.slash('invitations')
    await fay.press('New code')
    return codeIn(await fay.fill(form))
  }

  beforeEach(async () => {
    store = await open()
    here = await groupCast(store)
    fay = await here.facilitator('fay')
    await here.admin.slash('invitations')
    expect(await here.admin.press('Only by code or invitation')).toContain('Only people with a code')
  })

  it('lets nobody in without a code, and says the way', async () => {
    const ana = here.cast.as('ana')
    const seen = await ana.slash('checkin')
    expect(seen).toContain('by a code, or when its staff invite them')
    expect(seen).toContain('Help now')
    expect(seen).not.toContain('I agree')
    await here.press(ana, 'in.agree')
    expect(await known('ana')).toBeUndefined()
    await ana.slash('start')
    await ana.press('Enter a code')
    await ana.fill({ code: 'AAAA-2222' })
    expect(await known('ana')).toBeUndefined()
  })

  it('lets in whoever has a code, in small letters too, as often as it says', async () => {
    const code = await newCode({ uses: 2 })
    expect(code).not.toBe('')
    const ana = here.cast.as('ana')
    await ana.slash('start')
    await ana.press('Enter a code')
    expect(await ana.fill({ code: ` ${code.toLowerCase().replace('-', ' ')}` })).toContain('I agree')
    expect(await ana.press('I agree, let me in')).toContain('Step 1 of 4')
    expect((await known('ana'))?.roles).toEqual(['member'])

    const bo = here.cast.as('bo')
    const cy = here.cast.as('cy')
    expect(await bo.slash('start', { code })).toContain('I agree')
    await cy.slash('start', { code })
    const both = await Promise.all([bo.press('I agree, let me in'), cy.press('I agree, let me in')])
    expect(both.filter((words) => words.includes('Step 1 of 4'))).toHaveLength(1)
    expect(both.join()).toMatch(/used up|lets people in by a code/)
    expect([await known('bo'), await known('cy')].filter(Boolean)).toHaveLength(1)
  })

  it('is one use for one person in two windows', async () => {
    const code = await newCode({ uses: 2 })
    const [one, two] = [here.cast.as('ana'), here.cast.as('ana')]
    await one.slash('start', { code })
    await two.slash('start', { code })
    await Promise.all([one.press('I agree, let me in'), two.press('I agree, let me in')])
    const bo = here.cast.as('bo')
    await bo.slash('start', { code })
    expect(await bo.press('I agree, let me in')).toContain('Step 1 of 4')
  })

  it('ends by itself, by a press, and with the role of who made it', async () => {
    const late = await newCode({ days: 1 })
    const pressed = await newCode()
    const ana = here.cast.as('ana')
    expect(await ana.slash('start', { code: pressed })).toContain('I agree')
    await fay.slash('invitations')
    expect(await fay.press('End this code')).toContain('one person more')
    expect(await ana.press('I agree, let me in')).toContain('lets people in by a code')

    const kept = await newCode({ days: 30 })
    await here.delivered.delivery.moveTo(new Date(here.cast.clock.now().getTime() + 2 * dayMs))
    expect(await ana.slash('start', { code: late })).toContain('ended or is used up')
    await here.press(here.admin, 'setup')
    await store.people.revoke(await here.person('fay'), 'facilitator', here.cast.clock.now())
    expect(await ana.slash('start', { code: kept })).toContain('ended or is used up')
    expect(await known('ana')).toBeUndefined()
  })

  it('keeps no code, only a hash, and puts who made and ended it on record', async () => {
    const code = await newCode()
    const [row] = await store.invites.list((await here.person('fay')).programId, { skip: 0, take: 5 })
    expect(JSON.stringify(row)).not.toContain(code.slice(0, 4))
    expect(await fay.slash('invitations')).not.toContain(code)
    await fay.press('End this code')
    const acts = await store.audits.list((await here.person('fay')).programId, { limit: 10 })
    expect(acts.filter((one) => one.objectKind === 'invite').map(({ why }) => why)).toEqual(['ended', 'made'])
  })

  it('leads into one group, whose agreement is still asked', async () => {
    const group = await here.make(fay, { name: 'Harbour', openness: 'closed' })
    await here.press(fay, 'iv.new', group)
    const code = codeIn(await fay.fill({ uses: 5 }))
    const ana = here.cast.as('ana')
    await ana.slash('start', { code })
    await ana.press('I agree, let me in')
    const seat = await store.groups.seat(await here.person('ana'), group)
    expect(seat?.state).toBe('agreeing')
    const words = await ana.slash('group')
    expect(words).toContain('Harbour')

    await here.admin.slash('invitations')
    await here.admin.press('Open to everybody here')
    const bo = await here.cast.member('bo')
    expect(await bo.slash('start', { code })).toContain('The group is in /group')
    expect((await store.groups.seat(await here.person('bo'), group))?.state).toBe('agreeing')
  })

  it('invites a person by name, who comes in without a code and only by agreeing', async () => {
    await fay.slash('invitations')
    await fay.press('Invite a person')
    expect(await fay.fill({ person: 'ana' })).toContain('private message')
    await here.delivered.delivery.settle()
    expect(here.delivered.words().join('\n')).toContain('invite you in')
    expect((await known('ana'))?.roles).toEqual([])
    const ana = here.cast.as('ana')
    expect(await ana.slash('checkin')).toContain('I agree')
    expect(await ana.press('I agree, let me in')).toContain('Step 1 of 4')
    expect((await known('ana'))?.roles).toEqual(['member'])
    await fay.slash('invitations')
    await fay.press('Invite a person')
    await fay.fill({ person: 'ana' })
    await here.delivered.delivery.settle()
    expect(here.delivered.words().filter((words) => words.includes('invite you in'))).toHaveLength(1)
  })
})
