// `handrail skill-search`: what `/skill` would find, one line of words after the other, for operators and evaluation.
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { skillBySlug, skills } from '../care/skills/content.ts'
import { createSkillSearch } from '../care/skills/search/search.ts'
import { createSense } from '../care/skills/search/sense.ts'

type Streams = { readonly input: Readable; readonly output: Writable }

export async function skillSearch(
  words: readonly string[],
  { json = false }: { readonly json?: boolean },
  { input, output }: Streams = { input: process.stdin, output: process.stdout },
): Promise<void> {
  const search = createSkillSearch({ skills, sense: createSense(30_000) })
  const answer = async (query: string) => {
    const found = (await search.find(query)).map(({ slug }) => slug)
    const lines = found.map((slug) => `  ${slug}  ${skillBySlug(slug)?.name.en ?? ''}`)
    output.write(json ? `${JSON.stringify({ query, skills: found })}\n` : `${query}\n${lines.join('\n')}\n`)
  }
  if (words.length > 0) await answer(words.join(' '))
  else for await (const line of createInterface({ input, crlfDelay: Infinity })) await answer(line)
  await search.close()
}
