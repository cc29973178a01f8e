// Who may do what: every command, button, form and menu against every role, and against what is somebody else's. The
// table that is decided is docs/permissions.md; what the bot really does must be what stands there.
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, expect, it } from 'vitest'
import type { Role } from '../../src/care/members/ports.ts'
import { encode } from '../../src/kit/codec.ts'
import type { Action, Command, Form, Menu } from '../../src/kit/command.ts'
import type { Fields } from '../../src/kit/field.ts'
import { say } from '../../src/kit/reply.ts'
import { newId } from '../../src/store/ids.ts'
import { openStore, type Store } from '../../src/store/connect.ts'
import { belongings, kindsOf, viewers, wordsIn, type Things, type ViewerName } from '../support/belongings.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'

const roles = ['nobody', 'member', 'alum', 'peer-lead', 'facilitator', 'admin'] as const
const account: Readonly<Record<ViewerName, { readonly user: string; readonly workspace: string }>> = {
  member: { user: 'cat', workspace: 'w1' },
  groupmate: { user: 'ben', workspace: 'w1' },
  leader: { user: 'fay', workspace: 'w1' },
  staff: { user: 'gil', workspace: 'w1' },
  admin: { user: 'admin', workspace: 'w1' },
  stranger: { user: 'dov', workspace: 'w2' },
}

const preface = `# Who may do what

Every command, menu, button and form, by its public name. Nothing that a person can reach is missing: a test presses all of
them, and fails when this table and the bot differ.

The first six columns say who reaches it at all, by the role that the program keeps. The others say what comes of it when what
it names is **Ana's**: a member with one of each thing that can be kept, some of them shared with staff (\`-staff\`) or with
her group (\`-group\`). *Member* is another member, *groupmate* sits in her group, *leader* is the facilitator who leads it,
*staff* a facilitator who does not, *admin* the program's, *stranger* a member of another program. A dash: nothing of hers is
read, and nothing of hers is changed.

| What | ${roles.join(' | ')} | ${viewers.join(': hers | ')}: hers |
| --- | ${[...roles, ...viewers].map(() => '---').join(' | ')} |`

const made: string[] = []
afterAll(async () => {
  for (const dir of made) await rm(dir, { recursive: true, force: true })
})
const folder = async () => {
  const dir = await mkdtemp(join(tmpdir(), 'handrail-test-'))
  made.push(dir)
  return dir
}
const open = (dir: string): Promise<Store> =>
  openStore({ databaseUrl: `file:${join(dir, 'handrail.db')}`, dataDir: dir })

type Piece = Action<never> | Form<never> | Command<never> | Menu<never>
const pieces = (cast: Cast): readonly (readonly [string, Piece])[] => {
  const { commands, actions, forms, menus } = cast.conversation.features
  return [
    ...[...commands.values()].map((piece) => [`/${piece.name}`, piece] as const),
    ...[...menus.values()].map((piece) => [`menu ${piece.id}`, piece] as const),
    ...[...actions.values()].map((piece) => [piece.id, piece] as const),
    ...[...forms.values()]
      .filter(({ id }) => !id.startsWith('cmd.'))
      .map((piece) => [`form ${piece.id}`, piece] as const),
  ] as unknown as readonly (readonly [string, Piece])[]
}

type Fitting = {
  readonly safeParse: (value: unknown) => { readonly success: boolean }
  readonly options?: readonly string[]
}
/** Every way to name things of hers in these parameters, by the kind that the parameter's name says. */
function namings(piece: Action<never> | Form<never>, things: Things): readonly Record<string, string>[] {
  let ways: readonly Record<string, string>[] = [{}]
  for (const [name, field] of Object.entries(piece.params.shape as Record<string, Fitting>)) {
    const named = kindsOf[name]?.map((thing) => things[thing] ?? newId()) ?? [newId()]
    const fits = (values: readonly string[]) => values.filter((value) => field.safeParse(value).success)
    const first = fits([...(field.options ?? []), ...named, 'me', '0', '1', 'gad-7_3', '2026-03-06']).slice(
      0,
      1,
    )
    const values = field.options || fits(named).length === 0 ? first : fits(named)
    ways = ways.flatMap((way) => values.map((value) => ({ ...way, [name]: value })))
  }
  return ways
}

const filled = (fields: Fields) =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (field.kind === 'choice' || field.kind === 'choices') return [name, field.choices[0]?.value]
      if (field.kind === 'whole' || field.kind === 'scale') return [name, field.min]
      if (field.kind === 'time') return [name, '9:00']
      if (field.kind === 'date') return [name, 'today']
      if (field.kind === 'flag') return [name, true]
      return [name, 'ana']
    }),
  )

async function reach(one: Speaker, piece: Piece, things: Things): Promise<string> {
  if (piece.kind === 'command') return one.slash(piece.name, filled(piece.options))
  if (piece.kind === 'menu') return one.menu(piece.id, things['post'] ?? '')
  const said: string[] = []
  for (const naming of namings(piece, things)) {
    const code = encode(piece.id, piece.params, naming)
    if (piece.kind === 'action')
      for (const chosen of [things['ana'], things['group']]) said.push(await one.pressCode(code, chosen))
    else {
      said.push(await one.pressCode(code))
      if (one.last?.reply.kind === 'form')
        said.push(...Object.values(one.last.reply.filled).map((value) => String(value)))
      said.push(await one.submit(code, filled(typeof piece.fields === 'function' ? {} : piece.fields)))
    }
  }
  return said.join('\n')
}

/** What is on record about her and her things, and who may do what, row by row. */
function record(dir: string, things: Things): ReadonlyMap<string, string> {
  const database = new Database(join(dir, 'handrail.db'), { readonly: true })
  const ids = Object.values(things)
  try {
    const programs = new Set(
      database
        .prepare('SELECT programId FROM Person WHERE id = ?')
        .pluck()
        .all(things['ana'] ?? ''),
    )
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'")
      .pluck()
      .all() as string[]
    return new Map(
      tables
        .filter((name) => !['Audit', 'Reading', 'Outbox', 'Draft', 'Occurrence'].includes(name))
        .map((name) => {
          const rows = (
            database.prepare(`SELECT * FROM "${name}"`).all() as { readonly programId?: string }[]
          ).filter(({ programId }) => programId === undefined || programs.has(programId))
          const hers = rows
            .map((row) => JSON.stringify(row))
            .filter((row) => ids.some((id) => row.includes(id)))
          return [name, hers.toSorted().join('\n')]
        }),
    )
  } finally {
    database.close()
  }
}
/** Whether she may, by role: the handler itself says that it was reached. */
async function byRole(): Promise<ReadonlyMap<string, readonly boolean[]>> {
  const store = await open(await folder())
  const cast = castOn(store)
  await cast.program()
  const { app, features } = cast.conversation
  const speakers: Speaker[] = []
  for (const role of roles) {
    const user = `a-${role}`
    speakers.push(role === 'nobody' ? cast.as(user) : await cast.member(user))
    const find = (name: string) =>
      app.directory.find({ platform: 'playground', workspace: 'w1', user: name }, undefined, true)
    if (role === 'nobody' || role === 'member') continue
    const [person, admin] = [await find(user), await find('admin')]
    if (!person || !admin) throw new Error('the program is not there')
    await app.members.grant(person, role satisfies Role, admin, cast.clock.now())
    await store.people.revoke(person, 'member', cast.clock.now())
    app.directory.forget(person)
  }
  const all = pieces(cast)
  const here = 'the handler was reached'
  const run = () => Promise.resolve(say({ en: here, es: here }))
  for (const map of [features.commands, features.actions, features.menus])
    for (const [name, piece] of map) (map as Map<string, unknown>).set(name, { ...piece, run })
  const found = new Map<string, readonly boolean[]>()
  for (const [name, piece] of all) {
    const row: boolean[] = []
    for (const one of speakers) {
      const text =
        piece.kind === 'command'
          ? await one.slash(piece.name)
          : piece.kind === 'menu'
            ? await one.menu(piece.id, 'x')
            : await one.pressCode(encode(piece.id, piece.params, namings(piece, {})[0] ?? {}))
      row.push(text.includes(here) || one.last?.reply.kind === 'form')
    }
    found.set(name, row)
  }
  await store.close()
  return found
}

/** What each viewer reads of hers, and which records of hers they change, by handler. */
async function byNearness(viewer: ViewerName, template: string, things: Things) {
  const { user, workspace } = account[viewer]
  const found = new Map<string, string>()
  let dir = template
  let store: Store | undefined
  let cast: Cast | undefined
  let before: ReadonlyMap<string, string> = new Map()
  const anew = async () => {
    await store?.close()
    dir = await folder()
    await cp(template, dir, { recursive: true })
    store = await open(dir)
    cast = castOn(store)
    before = record(dir, things)
    return cast
  }
  let on = await anew()
  for (const [name, piece] of pieces(on)) {
    const text = await reach(on.as(user, { workspace }), piece, things)
    const after = record(dir, things)
    const changes = [...after].flatMap(([table, rows]) => (rows === before.get(table) ? [] : [table]))
    const cell = [
      ...(wordsIn(text).length > 0 ? [`reads ${wordsIn(text).toSorted().join(', ')}`] : []),
      ...(changes.length > 0 ? [`changes ${changes.toSorted().join(', ')}`] : []),
    ]
    expect(text, name).not.toContain('went wrong')
    found.set(name, cell.join('; ') || '–')
    if (changes.length > 0) on = await anew()
  }
  await store?.close()
  return found
}

it('is as it was decided, for every handler, role and nearness', async () => {
  const template = await folder()
  const first = await open(template)
  const { things } = await belongings(first)
  await first.close()
  const roleCells = await byRole()
  const near = new Map<ViewerName, ReadonlyMap<string, string>>()
  for (const viewer of viewers) near.set(viewer, await byNearness(viewer, template, things))

  // Whatever the table says: nothing of hers is anybody's of another program, nor what she keeps to herself.
  for (const [name, cell] of near.get('stranger') ?? []) expect(cell, name).toBe('–')
  const alone = ['journal', 'own-prompt', 'agenda', 'takeaway', 'urge', 'slip', 'recovery', 'letter']
  for (const cells of near.values())
    for (const [name, cell] of cells)
      for (const thing of alone) expect(cell, name).not.toMatch(new RegExp(`${thing}(,|;|$)`))

  const rows = [...roleCells].map(
    ([name, cells]) =>
      `| \`${name}\` | ${[...cells.map((may) => (may ? 'yes' : 'no')), ...viewers.map((viewer) => near.get(viewer)?.get(name) ?? '')].join(' | ')} |`,
  )
  await expect(`${preface}\n${rows.join('\n')}\n`).toMatchFileSnapshot('../../docs/permissions.md')
}, 900_000)
