import { expect, it } from 'vitest'
import { speaksOfDanger } from '../../../src/care/skills/danger.ts'

it.each([
  'I want to die',
  'i dont want to live',
  "I don't want to live",
  'thinking about KILLING MYSELF',
  'suicidal thoughts',
  'quiero hacerme dano',
  'no quiero vivir más',
  'pensamientos suicidas',
  'me corto: quiero cortarme',
])('brings help first: %s', (words) => {
  expect(speaksOfDanger(words)).toBe(true)
})

it.each([
  '',
  'box breathing',
  'i cant sleep',
  'i cut my hair',
  'my dog died',
  'tengo ganas de tomar',
  'se murió mi abuela',
  'burned out at work',
])('takes nothing else for it: %s', (words) => {
  expect(speaksOfDanger(words)).toBe(false)
})
