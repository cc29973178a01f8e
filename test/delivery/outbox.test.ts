import { describe, expect, test } from 'vitest'
import { afterSending, beforeSending, unreadable } from '../../src/delivery/outbox.ts'
import type { Held, Outcome } from '../../src/delivery/ports.ts'

const now = new Date('2026-03-05T14:00:00Z')
const plus = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)

const prompt: Held = {
  id: 'row',
  programId: 'program',
  personId: 'person',
  platform: 'discord',
  workspace: 'guild',
  to: { kind: 'person', user: 'ana', room: 'dm' },
  notice: 'check-in',
  params: { occurrence: 'occurrence' },
  language: 'en',
  priority: 2,
  expiresAt: plus(3600),
  attempt: 1,
  left: false,
  unreachable: false,
  removed: false,
}
const lost: Outcome = { kind: 'retry', ambiguous: true }
const refused: Outcome = { kind: 'retry', ambiguous: false, afterMs: 7000 }

describe('a prompt', () => {
  test('that was sent tells the account its room only when that is news', () => {
    const sent: Outcome = { kind: 'sent', messageId: 'm', room: 'dm' }
    expect(afterSending(prompt, sent, now, now)).not.toHaveProperty('room')
    expect(afterSending({ ...prompt, unreachable: true }, sent, now, now)).toHaveProperty('room', 'dm')
    expect(afterSending({ ...prompt, to: { kind: 'person', user: 'ana' } }, sent, now, now)).toHaveProperty(
      'room',
      'dm',
    )
  })

  test('that was refused waits as long as it is told, as if it had not been tried', () => {
    expect(afterSending(prompt, refused, now, now)).toEqual({
      id: 'row',
      status: 'waiting',
      dueAt: plus(7),
      failure: 'retrying',
    })
  })

  test('whose reply was lost is repeated on Discord while the nonce is remembered, and not after', () => {
    expect(afterSending(prompt, lost, now, now)).toMatchObject({ status: 'waiting', firstTryAt: now })
    const again = { ...prompt, attempt: 7, firstTryAt: plus(-110) }
    expect(afterSending(again, lost, now, now)).toEqual({ id: 'row', status: 'dead', failure: 'unknown' })
    expect(beforeSending({ ...prompt, firstTryAt: plus(-121) }, now)).toMatchObject({ failure: 'unknown' })
    expect(beforeSending({ ...prompt, firstTryAt: plus(-100) }, now)).toBeUndefined()
  })

  test('whose reply was lost on Slack is repeated for as long as it is of use, since Slack can be looked at', () => {
    const slack = { ...prompt, platform: 'slack' as const, firstTryAt: plus(-1800), attempt: 5 }
    expect(afterSending(slack, lost, now, now)).toMatchObject({ status: 'waiting', firstTryAt: plus(-1800) })
  })

  test('for where the bot was put out is missed; what is no prompt waits for a return', () => {
    expect(beforeSending({ ...prompt, removed: true }, now)).toEqual({
      id: 'row',
      status: 'expired',
      failure: 'removed',
      occurrence: 'occurrence',
    })
    const other = { ...prompt, removed: true, params: {}, firstTryAt: plus(-600) }
    expect(beforeSending(other, now)).toEqual({
      id: 'row',
      status: 'released',
      dueAt: plus(300),
      failure: 'removed',
      firstTryAt: plus(-600),
    })
    expect(beforeSending({ ...other, expiresAt: plus(-1) }, now)).toMatchObject({ status: 'expired' })
    const danger = { ...prompt, removed: true, priority: 0 as const, expiresAt: plus(-1) }
    expect(beforeSending(danger, now)).toMatchObject({ status: 'released', dueAt: plus(300) })
  })

  test('that is past its use is not sent, and its occurrence is missed', () => {
    expect(beforeSending({ ...prompt, expiresAt: plus(-1) }, now)).toEqual({
      id: 'row',
      status: 'expired',
      failure: 'late',
      occurrence: 'occurrence',
    })
    const patient: Outcome = { kind: 'retry', ambiguous: false, afterMs: 7_200_000 }
    expect(afterSending(prompt, patient, now, now)).toMatchObject({ status: 'expired' })
  })

  test('to a closed door is unreached, not tried again', () => {
    const closed: Outcome = { kind: 'unreachable', why: 'closed' }
    expect(afterSending(prompt, closed, now, now)).toMatchObject({ status: 'unreached', failure: 'closed' })
  })

  test('is handed back untouched when nothing at all can be sent', () => {
    expect(afterSending(prompt, { kind: 'stop', why: 'token' }, now, now)).toEqual({
      id: 'row',
      status: 'released',
    })
  })

  test('that keeps failing dies with a reason that can be seen', () => {
    const { expiresAt: _expiresAt, ...forever } = prompt
    expect(afterSending({ ...forever, attempt: 30 }, refused, now, now)).toMatchObject({ failure: 'gave-up' })
    expect(unreadable({ ...prompt, attempt: 5 }, now)).toMatchObject({
      status: 'dead',
      failure: 'unreadable',
    })
  })

  test('to somebody who has left is not sent', () => {
    expect(beforeSending({ ...prompt, left: true }, now)).toMatchObject({
      status: 'expired',
      failure: 'left',
    })
  })
})

describe('a notice about a person in danger', () => {
  const danger: Held = {
    ...prompt,
    priority: 0,
    expiresAt: plus(-3600),
    firstTryAt: plus(-3600),
    attempt: 500,
  }

  test('is rather repeated than lost: it never expires, is never forgotten and never dies', () => {
    expect(beforeSending(danger, now)).toBeUndefined()
    expect(afterSending(danger, lost, now, now)).toMatchObject({ status: 'waiting' })
    expect(afterSending(danger, refused, now, now)).toMatchObject({ status: 'waiting' })
    expect(unreadable(danger, now)).toMatchObject({ status: 'waiting' })
  })
})
