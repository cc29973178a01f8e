// The sure rules of the safety screen alone: what a small model makes of a made-up text is no concern of most tests.
import { normalise } from '../../src/care/safety/screen/normalise.ts'
import { sureOf } from '../../src/care/safety/screen/rules.ts'
import type { Screen } from '../../src/care/safety/screening.ts'

export const screen: Screen = (text) =>
  Promise.resolve(sureOf(normalise(text)) ?? { level: 'none', reason: 'not-noticed' })
