// Words that give somebody away, and words that only look like it.
import { describe, expect, it } from 'vitest'
import { detailsIn, type DetailKind } from '../../../src/care/cases/details.ts'

const found: readonly (readonly [string, readonly DetailKind[]])[] = [
  ['call me at 415-555-0134 tonight', ['phone']],
  ['my number is (415) 555 0134', ['phone']],
  ['text four one five five five five zero one three four', ['phone']],
  ['llámame al +34 600 123 456', ['phone']],
  ['mi cel es 55 1234 5678', ['phone']],
  ['write to ana.b@example.com', ['email']],
  ['ana (at) example (dot) com', ['email']],
  ['escribe a ana arroba example punto com', ['email']],
  ['I live at 1420 Maple Grove Avenue', ['address']],
  ['come by 22 N Oak St. after group', ['address']],
  ['we are in apt 4B', ['address']],
  ['vivo en la calle Cervantes 12', ['address']],
  ['Av. Insurgentes Sur 1602', ['address']],
  ['join https://discord.gg/abc123', ['link']],
  ['únete en chat.whatsapp.com/AbC', ['link']],
  ['add me on snap', ['handle']],
  ['my insta is ana_b99', ['handle']],
  ['agrégame en instagram', ['handle']],
  ['find me @ana_b99', ['handle']],
  ['anyone got some xanax', ['trade']],
  ['selling percs, hmu', ['trade']],
  ['I have extra adderall if somebody wants', ['trade']],
  ['where can I get weed around here', ['trade']],
  ['vendo pastillas baratas', ['trade']],
  ['¿alguien tiene rivotril?', ['trade']],
  ['te consigo medicamentos sin receta', ['trade']],
  ['text me 415 555 0134, selling oxys', ['phone', 'trade']],
]
const nothing: readonly string[] = [
  'I slept 7 hours and walked 10000 steps on 2026-03-06 at 09:30',
  'call or text 988, or 1-800-662-4357',
  'day 45 today, 3 meetings this week',
  'I stopped buying weed two years ago',
  'I used to sell pills and I am glad that is over',
  'ya no compro pastillas',
  'I take my meds at 8 and they help',
  'my doctor changed my prescription',
  'three of us sat on a bench on the street',
  'caminé por la avenida con mi hermana',
  'we meet at 6 in the room',
  'my score was 12 last week',
  'it took me 20 minutes of driving to get a way to calm down',
  'I was at home. It was hard',
]

describe('what a writer is asked to look at again', () => {
  it.each(found)('finds it in “%s”', (text, kinds) => {
    expect(detailsIn(text)).toEqual(kinds)
  })
  it.each(nothing)('finds nothing in “%s”', (text) => {
    expect(detailsIn(text)).toEqual([])
  })
  it('sees through invisible and wide characters', () => {
    expect(detailsIn('４１５-５５５-０１３４')).toEqual(['phone'])
    expect(detailsIn('my in\u200Bsta is ana_b99')).toEqual(['handle'])
  })
  it.each([
    '1 '.repeat(50_000),
    'a '.repeat(50_000),
    '@'.repeat(100_000),
    'sell '.repeat(20_000),
    '1 a '.repeat(20_000),
    'av. x '.repeat(20_000),
  ])('is done with hostile input soon', (text) => {
    const began = performance.now()
    detailsIn(text)
    expect(performance.now() - began).toBeLessThan(500)
  })
})
