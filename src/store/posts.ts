import type {
  Post,
  PostKind,
  Posts,
  PostState,
  Reaction,
  RemovalReason,
  Theme,
  Wants,
} from '../care/posts/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Post as Row } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { OwnVault, Vault } from './vault.ts'

const bodyAt = (row: string) => ({ model: 'Post', column: 'body', row })
/** Sealed together: the writer's words and what was noted to them about these. */
type Body = { readonly words: string; readonly note?: string }
const changeable: readonly PostState[] = ['draft', 'reword']

const postOf = (row: Row, own: OwnVault): Post => ({
  id: row.id,
  programId: row.programId,
  groupId: row.groupId,
  personId: row.personId,
  kind: row.kind as PostKind,
  ...(row.wants !== null && { wants: row.wants as Wants }),
  ...(row.theme !== null && { theme: row.theme as Theme }),
  ...(JSON.parse(own.open(bodyAt(row.id), row.body)) as Body),
  state: row.state as PostState,
  at: row.at,
  ...(row.dueAt && { dueAt: row.dueAt }),
  ...(row.decidedAt && { decidedAt: row.decidedAt }),
  ...(row.reason !== null && { reason: row.reason as RemovalReason }),
})

export function postsIn(prisma: Client, vault: Vault): Posts {
  /** Whoever was erased meanwhile has no key: their posts are left out. */
  async function opened(rows: readonly Row[]): Promise<readonly Post[]> {
    const found: Post[] = []
    for (const row of rows) {
      const own = (await vault.ofMany(row.programId, [row.personId])).get(row.personId)
      if (own) found.push(postOf(row, own))
    }
    return found
  }
  const sealed = (own: OwnVault, id: string, body: Body) => own.seal(bodyAt(id), JSON.stringify(body))

  return {
    async write({ programId, personId }, { id, groupId, kind, wants, theme, words, at, dueAt }) {
      const own = await vault.of({ programId, personId })
      const before = await prisma.post.findFirst({ where: { id, programId } })
      if (before && before.personId !== personId) return false
      const note = before ? postOf(before, own).note : undefined
      const body = sealed(own, id, { words, ...(note !== undefined && { note }) })
      const said = { wants: wants ?? null, theme: theme ?? null, body }
      const written = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.post.updateMany({
            where: { id, programId, personId, groupId, state: { in: [...changeable] } },
            data: said,
          })
          if (count > 0) return true
          if ((await tx.post.count({ where: { id } })) > 0) return false
          if ((await tx.group.count({ where: { id: groupId, programId } })) === 0) return false
          const row = { id, programId, groupId, personId, kind, state: 'draft', at, dueAt: dueAt ?? null }
          await tx.post.create({ data: { ...row, ...said } })
          return true
        }),
      )
      return written === true
    },

    async get(programId, id) {
      const row = await prisma.post.findFirst({ where: { id, programId } })
      return row === null ? undefined : (await opened([row]))[0]
    },

    async list(programId, { states, before, limit, ...of }) {
      const where = { programId, ...of, state: { in: [...states] } }
      const last =
        before === undefined ? null : await prisma.post.findFirst({ where: { id: before, programId } })
      if (before !== undefined && last === null) return []
      const rows = await prisma.post.findMany({
        where: {
          ...where,
          ...(last && { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] }),
        },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
      })
      return opened(rows)
    },

    async change(programId, id, from, { note, ...change }, at, more = {}) {
      const row = note === undefined ? null : await prisma.post.findFirst({ where: { id, programId } })
      const own = row && (await vault.of(row))
      const body = row && own && sealed(own, id, { words: postOf(row, own).words, ...(note && { note }) })
      const changed = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.post.updateMany({
            where: { id, programId, state: { in: [...from] } },
            data: { ...change, ...(body && { body }) },
          })
          if (count === 0) return false
          if (more.announce) await announce(tx, programId, more.announce, at)
          if (more.audit) await record(tx, programId, more.audit, at)
          return true
        }),
      )
      return changed === true
    },

    async takeBack({ programId, personId }, id) {
      const { count } = await prisma.post.deleteMany({ where: { id, programId, personId } })
      return count > 0
    },
    async takeAllBack({ programId, personId }) {
      await prisma.post.deleteMany({ where: { programId, personId } })
    },

    async react({ programId, personId }, id, postId, what) {
      const stands = await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.post.count({ where: { id: postId, programId, state: 'out' } })) === 0) return false
          if ((await tx.person.count({ where: { id: personId, programId } })) === 0) return false
          const { count } = await tx.reaction.deleteMany({ where: { programId, postId, personId, what } })
          if (count === 0) await tx.reaction.create({ data: { id, programId, postId, personId, what } })
          return count === 0
        }),
      )
      return stands ?? true
    },
    async reactions(programId, postId) {
      const rows = await prisma.reaction.findMany({ where: { programId, postId }, orderBy: { id: 'asc' } })
      return rows.map(({ personId, what }) => ({ personId, what: what as Reaction['what'] }))
    },

    async due(now, limit) {
      const rows = await prisma.post.findMany({
        where: { dueAt: { lte: now }, person: { leftAt: null } },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      })
      return opened(rows)
    },
    async nextDue(after) {
      const row = await prisma.post.findFirst({
        where: { dueAt: { gt: after } },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      })
      return row?.dueAt ?? undefined
    },
  }
}
