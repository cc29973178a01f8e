import { expect, it } from 'vitest'
import { mayAnswer, pairsAmong } from '../../../src/care/buddies/buddies.ts'
import { weekOf } from '../../../src/care/buddies/check-ins.ts'
import type { Pair } from '../../../src/care/buddies/ports.ts'

const now = new Date('2026-03-06T15:00:00Z')
const ended = { endedAt: now }
const old = { since: new Date('2026-02-01T00:00:00Z') }
const base = { id: 'p', programId: 'x', groupId: 'g', oneId: 'a', otherId: 'b', since: now }

it.each([
  ['suggested by staff', { state: 'approving', askedBy: 'fred' }, [true, true]],
  ['a said yes', { state: 'asked', askedBy: 'a' }, [false, true]],
  ['b said yes', { state: 'asked', askedBy: 'b' }, [true, false]],
  ['a said no to a suggestion, which b must not notice', { state: 'declined', askedBy: 'a' }, [false, true]],
  ['both have answered', { state: 'declined', askedBy: 'a', ...ended }, [false, false]],
  ['a pair', { state: 'on', askedBy: 'a' }, [false, false]],
  ['a pair that ended', { state: 'ended', askedBy: 'a', ...ended }, [false, false]],
  ['nobody answered for two weeks', { state: 'approving', askedBy: 'fred', ...old }, [false, false]],
  ['a said yes long ago', { state: 'asked', askedBy: 'a', ...old }, [false, false]],
] as const satisfies readonly (readonly [string, Partial<Pair>, readonly [boolean, boolean]])[])(
  'the question is before them: %s',
  (_what, pair, may) => {
    expect(['a', 'b'].map((who) => mayAnswer({ ...base, ...pair }, who, now))).toEqual(may)
  },
)

it.each([
  ['', [], ''],
  ['a', [], ''],
  ['abcd', [], 'ab cd'],
  ['abc', [], 'ab'],
  ['abcd', ['ab'], 'ac bd'],
  ['abcd', ['ab', 'ac', 'ad'], 'bc'],
  ['ab', ['ab'], ''],
] as const)('of %s, where %j met before, it suggests %s', (ids, met, pairs) => {
  const known = (one: string, other: string) => met.some((two) => two === one + other || two === other + one)
  expect(
    pairsAmong(ids.split(''), known)
      .map((two) => two.join(''))
      .join(' '),
  ).toBe(pairs)
})

it('counts a week over the end of a year as one', () => {
  expect(['2026-12-31', '2027-01-03', '2027-01-04', '2026-03-06'].map(weekOf)).toEqual([
    '2026-W53',
    '2026-W53',
    '2027-W01',
    '2026-W10',
  ])
})
