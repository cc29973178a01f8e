// Makes the Prisma clients for SQLite and for PostgreSQL from the one schema. Runs at `npm ci`.
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const require = createRequire(import.meta.url)
const schemaPath = fileURLToPath(new URL('schema.prisma', import.meta.url))
const target = fileURLToPath(new URL('../src/store/generated', import.meta.url))
const prisma = join(require.resolve('prisma/package.json'), '../build/index.js')

/** @param {string} schema @param {string} provider @param {string} scratch */
async function generate(schema, provider, scratch) {
  const output = join(target, provider)
  const file = join(scratch, `${provider}.prisma`)
  await writeFile(
    file,
    schema
      .replace('"../src/store/generated/sqlite"', JSON.stringify(output))
      .replace('provider = "sqlite"', `provider = "${provider}"`),
  )
  await rm(output, { recursive: true, force: true })
  await promisify(execFile)(process.execPath, [prisma, 'generate', '--no-hints', '--schema', file], {
    // Prisma fetches a native engine unless it is told of one; generating never runs it, so any program will do.
    env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
  })
  for (const [model, column] of sealedColumns(schema)) await narrow(join(output, 'models'), model, column)
}

/** Columns whose comment says "Sealed", as [model, column]. @param {string} schema */
function sealedColumns(schema) {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model, body]) =>
    [...body.matchAll(/\/\/\/ Sealed.*\n\s+(\w+)/g)].map(([, column]) => [model, column]),
  )
}

/**
 * A sealed column takes `Sealed` and nothing else, in every create and update there is, nested ones too (SE-3).
 * @param {string} models @param {string} model @param {string} column
 */
async function narrow(models, model, column) {
  const file = join(models, `${model}.ts`)
  const before = await readFile(file, 'utf8')
  const inputs = /^export type \w*(?:Create|Update)\w*Input = \{\n[\s\S]*?^\}/gm
  const line = new RegExp(`^(  ${column}\\??: )(?:Prisma\\.\\w+ \\| )?string( \\| null)?$`, 'gm')
  const after = before.replace(inputs, (input) => input.replace(line, '$1Sealed$2'))
  if (after === before) throw new Error(`nothing is written to the sealed column ${model}.${column}`)
  const importLine = "import type { Sealed } from '../../../sealed.ts'\n"
  await writeFile(file, after.replace(importLine, '').replace(/^import /m, `${importLine}import `))
}

const schema = await readFile(schemaPath, 'utf8')
const version = require('prisma/package.json').version
const self = await readFile(fileURLToPath(import.meta.url))
const stamp = createHash('sha256').update(version).update(schema).update(self).digest('hex')
const stampFile = join(target, 'made-from.txt')

if ((await readFile(stampFile, 'utf8').catch(() => '')) !== stamp) {
  const scratch = await mkdtemp(join(tmpdir(), 'handrail-generate-'))
  try {
    await Promise.all(['sqlite', 'postgresql'].map((provider) => generate(schema, provider, scratch)))
    await mkdir(target, { recursive: true })
    await writeFile(stampFile, stamp)
  } catch (error) {
    const said = error?.stderr?.trim() || error?.stdout?.trim() || error?.message
    process.stderr.write(`The database client could not be made from prisma/schema.prisma:\n${said}\n`)
    process.exitCode = 1
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}
