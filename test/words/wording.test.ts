// How we speak of people and of danger (CR-15), in both languages and in every content file.
import { describe, expect, it } from 'vitest'
import { everyPair } from './sentences.ts'

/** What must not be said, and what to say instead. */
const never: readonly (readonly [words: RegExp, instead: string])[] = [
  // Suicide as a crime, a feat or a wave.
  [/\bcommit(?:s|ted|ting)? suicide\b/i, 'died by suicide'],
  [/\bcomet(?:er|e|ió|en|ieron) (?:un )?suicidio\b/i, 'murió por suicidio'],
  [
    /\b(?:successful|unsuccessful|failed|completed) (?:suicide|attempt)/i,
    'died by suicide, survived an attempt',
  ],
  [
    /\b(?:suicidio|intento)s? (?:exitos|fallid|fracasad|consumad|lograd)[oa]s?\b/i,
    'murió por suicidio, sobrevivió',
  ],
  [
    /\b(?:suicide|suicidio)\w*\b.{0,20}\b(?:epidemic|epidemia)\b|\b(?:epidemic|epidemia)\b.{0,20}\bsuicid/i,
    'numbers',
  ],
  [
    /\b(?:hang(?:ed|ing)? (?:him|her|them|your)sel\w*|overdose on|sobredosis de|ahorcar\w*|jump(?:ed|ing)? (?:off|from))\b/i,
    'no method',
  ],
  // People are not their diagnosis.
  [
    /\b(?:addicts?|junk(?:ie|y)s?|alcoholics?|drunks?|users? of drugs|substance abusers?|abusers?)\b(?! anonymous)/i,
    'a person who …',
  ],
  [
    /\b(?:adict[oa]s?|yonquis?|drogadict[oa]s?|toxic[óo]man[oa]s?|borrach[oa]s?|alcoh[óo]lic[oa]s?)\b(?! an[óo]nimos)/i,
    'una persona que …',
  ],
  [
    /\b(?:schizophrenics?|bipolars|crazy|insane|psychos?|lunatics?|the mentally ill)\b/i,
    'a person living with …',
  ],
  [
    /\b(?:esquizofr[ée]nic[oa]s?|loc[oa]s?|dementes?|enfermos mentales|psic[óo]pata)\b/i,
    'una persona que vive con …',
  ],
  [/\bsuffer(?:s|ing|ed)? from\b|\bv[íi]ctimas? de (?:la )?(?:adicci|depresi)/i, 'living with'],
  [/\b(?:patients?|pacientes?)\b/i, 'member'],
  // A test result or a day is not clean or dirty.
  [
    /\b(?:clean|dirty) (?:day|days|time|test|urine|date)\b|\b(?:stay|staying|get|got|been|are|were) clean\b/i,
    'in recovery, a day without',
  ],
  [/\b(?:estar|est[áa]s|mantenerse|mantente|sigues|d[íi]as?) limpi[oa]s?\b/i, 'en recuperación, un día sin'],
  // A return to use is nobody's failure, and missing a day breaks nothing.
  [
    /\b(?:you (?:have )?(?:failed|relapsed)|fell off the wagon|relapsers?|your relapse|broke(?:n)? your streak|streaks?)\b/i,
    'a return to use; days taken part',
  ],
  [
    /\b(?:has fallado|fallaste|has reca[íi]do|reca[íi]ste|tu reca[íi]da|rachas?)\b/i,
    'volver a consumir; días en que participaste',
  ],
  [/\b(?:non-?compliant|refused to|failed to|incumpli[óo]|se neg[óo] a)\b/i, 'did not, could not'],
  // Praise that stings when the next day is worse.
  [
    /\b(?:good job|great job|well done|proud of you|congratulations|perfect score)\b/i,
    'thank you, or nothing',
  ],
  [
    /\b(?:buen trabajo|bien hecho|orgullos[oa]s? de ti|felicidades|enhorabuena|excelente trabajo)\b/i,
    'gracias, o nada',
  ],
]

const wrongIn = (words: string) => never.find(([pattern]) => pattern.test(words))

const everySentence = everyPair.flatMap(({ at, en, es }) => [
  { at, words: en },
  { at, words: es },
])

describe('what people read', () => {
  it('speaks of people first, and safely', () => {
    const wrong = everySentence.flatMap(({ at, words }) => {
      const found = wrongIn(words)
      return found ? [`${at}: ${words} (instead: ${found[1]})`] : []
    })
    expect(wrong).toEqual([])
  })

  it('is said in words, not only in signs', () => {
    const wrong = everySentence.filter(
      ({ words }) => !/[\p{L}\p{N}]/u.test(words.replaceAll(/\{[^}]*\}/g, 'x')),
    )
    expect(wrong).toEqual([])
  })

  it('has no picture signs among its words, which a screen reader spells out', () => {
    expect(everySentence.filter(({ words }) => /\p{Extended_Pictographic}/u.test(words))).toEqual([])
  })
})

describe('the lint itself', () => {
  it.each([
    'He committed suicide',
    'Un intento fallido',
    'Other addicts here',
    'Eres alcohólico',
    'You stayed: 12 clean days',
    'Llevas tres días limpio',
    'You relapsed',
    'Keep your streak!',
    'Great job!',
    'The patient',
    'Personas que sufren: los enfermos mentales',
  ])('refuses: %s', (words) => {
    expect(wrongIn(words)).toBeDefined()
  })

  it.each(['Alcoholics Anonymous', 'Alcohólicos Anónimos', 'a person who died by suicide', 'Clear the form'])(
    'lets stand: %s',
    (words) => {
      expect(wrongIn(words)).toBeUndefined()
    },
  )
})
