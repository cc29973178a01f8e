import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Finding } from '../../src/care/safety/screening.ts'
import { createHeartbeat } from '../../src/operate/heartbeat.ts'
import { screen } from '../support/screen.ts'

const found = (level: Finding['level']) => (): Promise<Finding> => Promise.resolve({ level, reason: '' })

describe('the heartbeat of the screen', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('is well after a sentence was seen, and says since when', async () => {
    const heart = createHeartbeat(found('urgent'))
    expect(heart.health().ok).toBe(false)
    await heart.beat()
    expect(heart.health()).toMatchObject({ ok: true })
    await vi.advanceTimersByTimeAsync(60 * 60_000)
    expect(heart.health().ok).toBe(true)
    heart.stop()
  })

  it.each<[string, () => Promise<Finding>]>([
    ['sees less', found('concern')],
    ['sees nothing', found('none')],
    ['fails', () => Promise.reject(new Error('no model'))],
  ])('is not well at the next beat of a screen that %s', async (_what, broken) => {
    let now = found('urgent')
    const heart = createHeartbeat(() => now())
    await heart.beat()
    now = broken
    await vi.advanceTimersByTimeAsync(16 * 60_000)
    expect(heart.health().ok).toBe(false)
    heart.stop()
  })

  it('is not well when a screen never answers', async () => {
    let now = found('urgent')
    const heart = createHeartbeat(() => now())
    await heart.beat()
    now = () => new Promise<never>(() => {})
    await vi.advanceTimersByTimeAsync(31 * 60_000)
    expect(heart.health().ok).toBe(false)
    heart.stop()
  })
})

it('its sentence is seen by the screen that is shipped', async () => {
  const heart = createHeartbeat(screen)
  await heart.beat()
  expect(heart.health().ok).toBe(true)
  heart.stop()
})
