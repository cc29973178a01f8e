// Cutting what is too long for one message into several.
import { ComponentType, type APIMessageTopLevelComponent } from 'discord.js'
import { limits } from './limits.ts'

/** Where to cut in two: at the white space nearest the middle, else in the middle, never through a character or after a backslash. */
function middleOf(words: string): number {
  const half = Math.ceil(words.length / 2)
  const space = Math.max(words.lastIndexOf(' ', half), words.lastIndexOf('\n', half))
  if (space > 0) return space + 1
  const apart = words.slice(0, half).isWellFormed() ? half : half - 1
  return words[apart - 1] === '\\' ? apart - 1 : apart
}

/** The words as drawn, in as many pieces as it takes for each to fit. */
export function halves(words: string, max: number, draw = (part: string) => part): string[] {
  const drawn = draw(words.toWellFormed())
  if (drawn.trim() === '') return []
  if (drawn.length <= max) return [drawn]
  const middle = middleOf(words)
  return [words.slice(0, middle), words.slice(middle)].flatMap((part) => halves(part, max, draw))
}

const partsIn = (component: APIMessageTopLevelComponent): number =>
  1 + ('components' in component ? component.components.length : 0)
const wordsIn = (component: APIMessageTopLevelComponent): number =>
  component.type === ComponentType.TextDisplay ? component.content.length : 0

/** In order, each group small enough for one message. */
export function packed(all: readonly APIMessageTopLevelComponent[]): APIMessageTopLevelComponent[][] {
  const groups: APIMessageTopLevelComponent[][] = []
  let parts = Infinity
  let words = 0
  for (const one of all) {
    parts += partsIn(one)
    words += wordsIn(one)
    if (parts > limits.components || words > limits.text) {
      groups.push([])
      parts = partsIn(one)
      words = wordsIn(one)
    }
    groups.at(-1)?.push(one)
  }
  return groups
}
