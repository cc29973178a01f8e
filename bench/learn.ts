// `node --import tsx bench/learn.ts`: learns content/skill-search.bin anew after content/skills or content/needs changed.
import { writeFile } from 'node:fs/promises'
import { skills } from '../src/care/skills/content.ts'
import { examplesOf, hashOf, needLines } from '../src/care/skills/search/corpus.ts'
import { learn } from '../src/care/skills/search/learn.ts'
import { modelFile, packModel } from '../src/care/skills/search/model.ts'
import { lessonsOf } from './lessons.ts'

const lines = needLines()
const examples = examplesOf(skills, lines)
const slugs = [...new Set(examples.flatMap(({ fits }) => [...fits.keys()]))].toSorted()
await writeFile(modelFile, packModel(learn(await lessonsOf(examples, slugs), slugs, hashOf(examples))))
process.stdout.write(`Learned from ${examples.length} texts.\n`)
