// A crisis line in one line of text, for those who help somebody to call it.
import type { Helpline } from '../../src/care/safety/helplines.ts'
import { t, type Text } from '../../src/words/text.ts'

export function waysOf(line: Helpline): Text[] {
  return line.how.map((way) => {
    if (way.by === 'chat') return t('help.way.chat', { url: way.to })
    if (way.by === 'text')
      return way.say === undefined
        ? t('help.way.text', { number: way.to })
        : t('help.way.text-word', { number: way.to, word: way.say })
    return way.press === undefined
      ? t('help.way.call', { number: way.to })
      : t('help.way.call-press', { number: way.to, key: way.press })
  })
}

export const lineWords = (line: Helpline): Text[] => [
  t('help.line', { name: line.name, for: line.for, hours: line.hours }),
  ...waysOf(line),
]
