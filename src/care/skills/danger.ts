// Words that bring help before skills. A short list that cannot know: missing here means nothing, so help is never far anyway.
import content from '../../../content/danger.json' with { type: 'json' }

const fold = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’]/g, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')

const said = [...content.peopleSay.en, ...content.peopleSay.es].map(fold)

export const speaksOfDanger = (words: string): boolean => {
  const folded = ` ${fold(words)}`
  return said.some((one) => folded.includes(` ${one}`))
}
