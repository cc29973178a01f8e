// B21: finding a skill by words and completing a name, held against MiniSearch alone and a plain scan of all phrases.
import { statSync } from 'node:fs'
import MiniSearch from 'minisearch'
import { skills } from '../../src/care/skills/content.ts'
import { modelFile } from '../../src/care/skills/search/model.ts'
import { createSkillSearch } from '../../src/care/skills/search/search.ts'
import { needLines } from '../../src/care/skills/search/corpus.ts'
import { percentile, type Case } from '../case.ts'

async function timesOf(
  queries: readonly string[],
  answer: (query: string) => unknown,
): Promise<readonly number[]> {
  const times: number[] = []
  for (const query of queries) {
    const began = performance.now()
    await answer(query)
    times.push(performance.now() - began)
  }
  return times
}

export const skillSearch: Case = {
  id: 'B21',
  what: 'skill search without sentence vectors, and completing names, in milliseconds; sizes in kilobytes',
  target: 'p99 at most 2 ms',
  ratios: {
    'ours / MiniSearch': ({ ours = 0, miniSearch = 0 }) => ours / miniSearch,
    'ours / plain scan': ({ ours = 0, scan = 0 }) => ours / scan,
  },
  async start(quick) {
    const queries = needLines()
      .map(({ text }) => text)
      .filter((_, at) => at % (quick ? 10 : 2) === 0)
    const phrases = skills.flatMap(({ slug, peopleSay }) =>
      [...peopleSay.en, ...peopleSay.es].map((text, at) => ({
        id: `${slug}-${at}`,
        text: text.toLowerCase(),
      })),
    )
    const index = new MiniSearch({ fields: ['text'], searchOptions: { fuzzy: 0.2, prefix: true } })
    index.addAll(phrases)
    const indexKilobytes = JSON.stringify(index).length / 1024
    const search = createSkillSearch({ skills })
    const scan = (query: string) => {
      const words = query.toLowerCase().split(' ')
      return phrases
        .map(({ id, text }) => ({ id, hits: words.filter((word) => text.includes(word)).length }))
        .toSorted((a, b) => b.hits - a.hits)
        .slice(0, 10)
    }
    await timesOf(queries.slice(0, 50), search.find)
    return {
      async round() {
        const ours = await timesOf(queries, (query) => search.find(query))
        const completing = await timesOf(queries, (query) => search.suggest(query.slice(0, 8)))
        const plain = await timesOf(queries, scan)
        const mini = await timesOf(queries, (query) => index.search(query))
        return {
          ours: percentile(ours, 0.5),
          oursP99: percentile(ours, 0.99),
          completingP99: percentile(completing, 0.99),
          miniSearch: percentile(mini, 0.5),
          scan: percentile(plain, 0.5),
          modelKilobytes: statSync(modelFile).size / 1024,
          miniSearchKilobytes: indexKilobytes,
        }
      },
      stop: () => search.close().then(() => undefined),
    }
  },
}
