// How far was heard, what is read again after a gap, and what happens when the platform is away meanwhile (CR-18).
import { describe, expect, it } from 'vitest'
import { catchingUpOf, type Heard, type SaidInRoom } from '../../../src/care/safety/catching-up.ts'

const start = Date.UTC(2026, 2, 6, 15)
const at = (minutes: number) => new Date(start + minutes * 60_000)
const said = (minutes: number): SaidInRoom => ({
  kind: 'said',
  workspace: 'g',
  room: 'r',
  user: 'u',
  message: String(minutes),
  words: 'w',
  at: at(minutes),
})

async function setUp(until: Date | undefined, now = at(60)) {
  const kept = new Map<string, Date>(until ? [['discord', until]] : [])
  const asked: Date[] = []
  const read: string[] = []
  const errors: unknown[] = []
  const state = { now, isAway: false, history: [] as readonly SaidInRoom[] }
  const heard: Heard = {
    until: async (platform) => kept.get(platform),
    put: async (platform, to) => void kept.set(platform, to),
    rooms: async () => [{ workspace: 'g', room: 'r' }],
    directs: async () => [{ workspace: 'g', room: 'd' }],
    isDirect: async () => undefined,
  }
  const catching = catchingUpOf<string>({
    heard,
    pasts: () => ({
      async inRoom(_workspace, _room, after) {
        asked.push(after)
        if (state.isAway) throw new Error('away')
        return state.history
      },
      inDirect: async () => ['hello'],
    }),
    takeRoom: async (_platform, one) => void read.push(one.message),
    takeDirect: async (all) => void read.push(...all),
    now: () => state.now,
    onError: (error) => errors.push(error),
  })
  await catching.begin(['discord'])
  const beat = async (minutes = 0) => {
    state.now = new Date(state.now.getTime() + minutes * 60_000)
    await catching.run(state.now)
    await new Promise((done) => setTimeout(done, 5))
  }
  return { catching, kept, asked, read, errors, state, beat }
}

describe('after a gap', () => {
  it('what was said since the newest message that was worked on is read, and a little before it', async () => {
    const { catching, asked, read, state, beat } = await setUp(at(0))
    state.history = [said(5), said(20)]
    catching.connected('discord')
    await beat()
    expect(asked).toEqual([at(-10)])
    expect(read).toEqual(['5', '20', 'hello'])
    await beat(1)
    expect(asked).toHaveLength(1)
  })

  it('of more than a day nothing is read twice, as its keys may be forgotten', async () => {
    const { catching, asked, beat } = await setUp(at(0), at(60 * 49))
    catching.connected('discord')
    await beat()
    expect(asked).toEqual([at(0)])
  })

  it('nothing counts as heard until it was read; a platform that is away is asked again', async () => {
    const { catching, kept, asked, errors, state, beat } = await setUp(at(0))
    state.isAway = true
    catching.connected('discord')
    catching.heard('discord', at(61))
    await beat()
    expect(errors).toHaveLength(1)
    await beat(0.5)
    expect(asked).toHaveLength(1)
    expect(kept.get('discord')).toEqual(at(0))
    state.isAway = false
    await beat(1)
    await beat(1)
    expect(asked).toEqual([at(-10), at(-10)])
    expect(kept.get('discord')).toEqual(at(61))
  })

  it('at the very first start there is nothing to read, and from then on it is known', async () => {
    const { kept, asked, beat } = await setUp(undefined)
    await beat()
    expect(asked).toEqual([])
    expect(kept.get('discord')).toEqual(at(60))
  })
})

it('keeps how far was heard when it stops', async () => {
  const { catching, kept } = await setUp(at(0))
  catching.heard('discord', at(3))
  catching.heard('discord', at(2))
  await catching.stop()
  expect(kept.get('discord')).toEqual(at(3))
})
