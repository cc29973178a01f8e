import { describe, expect, it } from 'vitest'
import type { Outbox, Outcome, Post } from '../../src/delivery/ports.ts'
import type { Answer, Event } from '../../src/kit/dispatch.ts'
import { say } from '../../src/kit/reply.ts'
import { createMetrics, resultOf } from '../../src/operate/metrics.ts'
import type { Figures } from '../../src/store/figures.ts'
import { t } from '../../src/words/text.ts'

/** Label values by name, as the page has them. */
const labelsIn = (page: string): ReadonlyMap<string, ReadonlySet<string>> => {
  const found = new Map<string, Set<string>>()
  for (const [, labels = ''] of page.matchAll(/^handrail_\w+\{([^}]*)\}/gm))
    for (const [, name = '', value = ''] of labels.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g))
      found.set(name, (found.get(name) ?? new Set()).add(value))
  return found
}

const canary = 'canary-heron-by-the-quiet-water'
const event: Event = {
  kind: 'command',
  name: canary,
  raw: { note: canary },
  visitor: { platform: 'slack', workspace: canary, user: canary, name: canary, managesWorkspace: false },
  place: { kind: 'room', room: canary },
  rows: 5,
}
const answering = (answer: Answer) => ({
  dispatch: (_event: Event): Promise<Answer> => Promise.resolve(answer),
})
const post = { id: canary, platform: 'slack', workspace: canary } as unknown as Post
const figures: Figures = {
  outbox: { slack: { due: 7, dead: 2, oldestSeconds: 61 } },
  inboxWaiting: 3,
  escalationsOpen: 4,
  oldestUnacknowledgedSeconds: 300,
}
const now = {
  tickAgeMs: 1500,
  screenSees: true,
  inHand: { slack: 5 },
  figures: () => Promise.resolve(figures),
}

describe('the metrics', () => {
  it('count what people did by how it ended, and time it', async () => {
    const metrics = createMetrics()
    const answers: readonly Pick<Answer, 'ended'>[] = [{}, {}, { ended: 'refused' }, { ended: 'failed' }]
    for (const ended of answers) {
      const answer: Answer = { language: 'en', reply: say(t('kit.not-read')), ...ended }
      const counted = metrics.dispatcher(answering(answer))
      expect(await counted.dispatch(event)).toBe(answer)
    }
    const page = await metrics.page(now)
    const of = 'platform="slack",kind="command"'
    expect(page).toContain(`handrail_commands_total{${of},result="message"} 2`)
    expect(page).toContain(`handrail_commands_total{${of},result="refused"} 1`)
    expect(page).toContain(`handrail_commands_total{${of},result="failed"} 1`)
    expect(page).toContain(`handrail_command_seconds_count{${of}} 4`)
  })

  it.each<[string, Outcome]>([
    ['sent', { kind: 'sent', messageId: canary, room: canary }],
    ['limited', { kind: 'retry', ambiguous: false, afterMs: 2000 }],
    ['again', { kind: 'retry', ambiguous: false }],
    ['ambiguous', { kind: 'retry', ambiguous: true }],
    ['unreachable', { kind: 'unreachable', why: 'closed' }],
    ['stop', { kind: 'stop', why: canary }],
  ])('call a try to send %s', (result, outcome) => {
    expect(resultOf(outcome)).toBe(result)
  })

  it('say of a text, a commit and a try that went wrong that it did, and hand the error on', async () => {
    const metrics = createMetrics()
    const wrong = () => Promise.reject(new Error(canary))
    await expect(metrics.screen(wrong)(canary)).rejects.toThrow(canary)
    await expect(metrics.poster({ platform: 'slack', send: wrong }).send(post)).rejects.toThrow(canary)
    const outbox = { settle: wrong } as unknown as Outbox
    await expect(metrics.outbox(outbox).settle(canary, [])).rejects.toThrow(canary)
    const page = await metrics.page(now)
    expect(page).toContain('handrail_screen_seconds_count{result="failed"} 1')
    expect(page).toContain('handrail_sends_total{platform="slack",result="ambiguous"} 1')
    expect(page).toContain('handrail_database_write_seconds_count{of="outbox",result="failed"} 1')
    expect(page).not.toContain(canary)
  })

  it('show what waits, and no old figure once the database does not answer', async () => {
    const metrics = createMetrics()
    const page = await metrics.page(now)
    for (const line of [
      'handrail_outbox_due{platform="slack"} 7',
      'handrail_outbox_oldest_due_seconds{platform="slack"} 61',
      'handrail_outbox_dead{platform="slack"} 2',
      'handrail_outbox_in_hand{platform="slack"} 5',
      'handrail_inbox_waiting 3',
      'handrail_escalations_open 4',
      'handrail_escalations_oldest_unacknowledged_seconds 300',
      'handrail_tick_age_seconds 1.5',
      'handrail_screen_sees 1',
      'handrail_database_up 1',
    ])
      expect(page).toContain(`\n${line}\n`)
    expect(page).toContain('nodejs_eventloop_lag_seconds')
    for (const silent of [() => Promise.reject(new Error(canary)), () => new Promise<Figures>(() => {})]) {
      const without = await metrics.page({ ...now, figures: silent })
      expect(without).toContain('\nhandrail_database_up 0\n')
      expect(without).not.toMatch(/^handrail_(outbox_due|inbox_waiting|escalations_open).* [1-9]/m)
    }
  })

  it('have labels of closed sets only: nothing of who, where or what', async () => {
    const metrics = createMetrics()
    const answer: Answer = { language: 'en', reply: say(t('kit.not-read')) }
    await metrics.dispatcher(answering(answer)).dispatch(event)
    const sent: Outcome = { kind: 'sent', messageId: canary, room: canary }
    await metrics.poster({ platform: 'slack', send: () => Promise.resolve(sent) }).send(post)
    const page = await metrics.page(now)
    expect(page).not.toContain(canary)
    expect([...labelsIn(page).keys()].toSorted()).toEqual(['kind', 'le', 'platform', 'result'])
  })
})
