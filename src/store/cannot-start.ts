import { isDriverAdapterError } from '@prisma/driver-adapter-utils'

/** What only an operator can put right: the message is a whole sentence for them, in English like the log. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}

/** The driver's code; Prisma's adapter carries it inside. */
function codeOf(error: unknown): string {
  if (isDriverAdapterError(error)) return error.cause.originalCode ?? ''
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

/** What the system or SQLite says about a file, in words. Anything else is a bug and stays as it is. */
export function fileTrouble(path: string, error: unknown): never {
  const code = codeOf(error)
  if (/^SQLITE_(NOTADB|CORRUPT)/.test(code))
    throw new CannotStart(
      `The file ${path} is not a whole SQLite database. Put back the newest backup; keep this file aside.`,
    )
  if (/^SQLITE_(CANTOPEN|READONLY|PERM)|^E(ACCES|PERM|ROFS|NOTDIR|EXIST)$/.test(code))
    throw new CannotStart(
      `The database ${path} cannot be opened for writing (${code}). Check who owns the file and its folder.`,
    )
  if (/^SQLITE_FULL$|^ENOSPC$/.test(code))
    throw new CannotStart(`The disk of the database ${path} is full. Make room and start again.`)
  throw error
}

/** The same for PostgreSQL. Never says the address as it was given: a password stands in it. */
export function serverTrouble(url: string, error: unknown): never {
  const code = codeOf(error)
  const { host, pathname } = new URL(url)
  if (/^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|ETIMEDOUT)/.test(code))
    throw new CannotStart(
      `PostgreSQL does not answer at ${host} (${code}). Check that it runs, and the address in DATABASE_URL.`,
    )
  if (code === '3D000')
    throw new CannotStart(
      `PostgreSQL at ${host} has no database named ${pathname.slice(1)}. Create it, or correct DATABASE_URL.`,
    )
  if (code.startsWith('28'))
    throw new CannotStart(
      `PostgreSQL at ${host} refuses the user or the password in DATABASE_URL. Correct them.`,
    )
  if (code === '42501')
    throw new CannotStart(
      `The database user in DATABASE_URL may not create tables at ${host}. Let it own the database.`,
    )
  throw error
}
