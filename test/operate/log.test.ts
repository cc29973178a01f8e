import { describe, expect, it } from 'vitest'
import { createLog, namedError } from '../../src/operate/log.ts'

const canary = 'canary-words-of-a-person'

describe('the log', () => {
  it('keeps name, code and place of an error, and nothing it says', () => {
    const error = Object.assign(
      new TypeError(`could not read ${canary}\n  at home`, { cause: new Error(canary) }),
      {
        code: 'E_PROBE',
        body: canary,
        meta: { words: canary },
      },
    )
    const named = namedError(error)
    expect(named).toMatchObject({ name: 'TypeError', code: 'E_PROBE' })
    expect(named.frames.join()).toContain('log.test.ts')
    expect(JSON.stringify(named)).not.toContain('canary')
  })

  it('lets no word of a person through at its lowest level, whatever is thrown', () => {
    const lines: string[] = []
    const log = createLog('trace', (line) => lines.push(line))
    const named = Object.assign(new Error(canary), { name: canary + ' ', code: canary + '!' })
    for (const error of [
      named,
      canary,
      { words: canary },
      undefined,
      null,
      Object.assign(new Error(), { stack: `    at ${canary}` }),
    ])
      log({ what: 'handler-failed', piece: 'press:ci.edit', reference: 'ab12', error })
    log({ what: 'platform', platform: 'slack', event: 'call-failed', code: `${canary} said` })
    log({ what: 'handler-failed', piece: `a sentence, ${canary}`, reference: 'ab12', error: undefined })
    log({ what: 'started', platforms: [`a sentence, ${canary}`], ms: 1 })
    expect(lines).toHaveLength(9)
    expect(lines.join('')).not.toContain('canary')
  })
})
