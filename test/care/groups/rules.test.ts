// Who may do what in a group, as tables: every seat, state and role.
import { describe, expect, it } from 'vitest'
import type { Group, Seat, SeatKind, SeatState } from '../../../src/care/groups/ports.ts'
import {
  hasAgreed,
  isInside,
  isLive,
  leads,
  mayPost,
  misfit,
  mustAgree,
} from '../../../src/care/groups/rules.ts'
import type { Person, Role } from '../../../src/care/members/ports.ts'

const at = new Date('2026-11-23T09:00:00Z')
const group: Group = {
  id: 'g',
  programId: 'p',
  platform: 'discord',
  workspace: 'w',
  name: 'Monday',
  kind: 'support',
  phase: 'program',
  openness: 'open',
  capacity: 12,
  ageBand: 'adult',
  agreementVersion: 3,
  premoderated: false,
  anonymousPosts: false,
  state: 'open',
  roomState: 'made',
}
const seat = (kind: SeatKind, state: SeatState, agreedVersion?: number): Seat => ({
  id: 's',
  groupId: 'g',
  personId: 'x',
  seat: kind,
  state,
  since: at,
  ahead: false,
  ...(agreedVersion !== undefined && { agreedVersion }),
})
const person = (roles: readonly Role[], ageBand: Person['ageBand'] = 'adult'): Person => ({
  personId: 'x',
  programId: 'p',
  name: 'X',
  roles,
  language: 'en',
  zone: 'UTC',
  country: 'US',
  defaultAudience: 'me',
  discreet: false,
  ageBand,
  welcomeStep: 'done',
  joinedAt: at,
  consented: '1',
  program: {
    id: 'p',
    name: 'P',
    country: 'US',
    language: 'en',
    zone: 'UTC',
    promptTime: '09:00',
    law: 'unsure',
    phiMode: 'none',
    questions: [],
    reviewedOnly: false,
    gate: 'open',
    retention: {},
  },
})

const states = ['asked', 'waiting', 'agreeing', 'in', 'left', 'removed', 'declined'] as const
const kinds = ['member', 'reading', 'host', 'facilitator'] as const
const roles = ['member', 'alum', 'peer-lead', 'facilitator', 'admin'] as const

describe('a seat', () => {
  it.each(states.map((state) => [state, ['asked', 'waiting', 'agreeing', 'in'].includes(state)] as const))(
    'that is %s is live: %s',
    (state, live) => {
      expect(isLive(seat('member', state))).toBe(live)
    },
  )

  it.each(
    kinds.flatMap((kind) =>
      states.flatMap((state) => [2, 3, undefined].map((agreed) => [kind, state, agreed] as const)),
    ),
  )('of a %s that is %s with version %s agreed', (kind, state, agreed) => {
    const one = seat(kind, state, agreed)
    const bound = kind === 'facilitator' || agreed === 3
    expect(hasAgreed(group, one)).toBe(bound)
    expect(isInside(group, one)).toBe(state === 'in' && bound)
    expect(mayPost(group, one)).toBe(state === 'in' && bound && kind !== 'reading')
    expect(mustAgree(group, one)).toBe(state === 'agreeing' || (state === 'in' && !bound))
  })

  it.each(['quiet', 'paused', 'archived'] as const)('posts nothing while the group is %s', (state) => {
    expect(mayPost({ ...group, state }, seat('member', 'in', 3))).toBe(false)
  })

  it('that is none is not inside and cannot post', () => {
    expect([isInside(group, undefined), mayPost(group, undefined), mustAgree(group, undefined)]).toEqual([
      false,
      false,
      false,
    ])
  })
})

describe('a group', () => {
  const table: Readonly<Record<Group['phase'], readonly Role[]>> = {
    program: ['member'],
    alumni: ['alum', 'peer-lead'],
  }
  it.each(
    (['program', 'alumni'] as const).flatMap((phase) =>
      roles.map((role) => [phase, role, table[phase].includes(role)] as const),
    ),
  )('of phase %s has room for a %s: %s', (phase, role, fits) => {
    expect(misfit(person([role]), { ...group, phase }) === undefined).toBe(fits)
  })

  it('may have a peer leader as its host in either phase', () => {
    for (const phase of ['program', 'alumni'] as const)
      expect(misfit(person(['peer-lead']), { ...group, phase }, true)).toBeUndefined()
  })

  it.each(roles.flatMap((role) => (['program', 'alumni'] as const).map((phase) => [role, phase] as const)))(
    'never joins adults and teens: %s, %s',
    (role, phase) => {
      for (const asHost of [false, true]) {
        expect(misfit(person([role], 'teen'), { ...group, phase }, asHost)).toBeDefined()
        expect(misfit(person([role]), { ...group, phase, ageBand: 'teen' }, asHost)).toBeDefined()
      }
    },
  )

  it.each(
    roles.flatMap((role) => kinds.flatMap((kind) => states.map((state) => [role, kind, state] as const))),
  )('is led by a %s with the seat of a %s that is %s, or not', (role, kind, state) => {
    const expected = role === 'admin' || (role === 'facilitator' && kind === 'facilitator' && state === 'in')
    expect(leads(person([role]), seat(kind, state))).toBe(expected)
  })

  it('is led by an admin without a seat, and by nobody else', () => {
    expect(roles.filter((role) => leads(person([role]), undefined))).toEqual(['admin'])
  })
})
