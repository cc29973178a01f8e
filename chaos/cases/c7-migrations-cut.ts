// C7: the power goes at every statement of the migrations (SQLite). What a cut leaves is a copy of the files at that moment.
import { copyFile } from 'node:fs/promises'
import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { migrateSqlite } from '../../src/store/migrate.ts'
import { brokenBy, type Case } from '../case.ts'
import { inFolder } from '../child.ts'

const parts = ['', '-wal']
const tables = (path: string): string => {
  const db = new Database(path)
  try {
    if (db.pragma('integrity_check', { simple: true }) !== 'ok') return 'damaged'
    return JSON.stringify(
      db.prepare(`SELECT "sql" FROM sqlite_schema WHERE "sql" IS NOT NULL ORDER BY "name"`).pluck().all(),
    )
  } finally {
    db.close()
  }
}

/** Statements end with a semicolon at the end of a line; a trigger's body stays in one piece. */
const statements = (script: string): string[] =>
  /CREATE TRIGGER/i.test(script) ? [script] : script.split(/(?<=;)\s*\n/).filter((one) => one.trim() !== '')

export const migrationsCut: Case = {
  id: 'C7',
  what: 'a power cut at every statement of the migrations (SQLite): the old schema or the new one, and the next start finishes',
  planted: 'migrations run without their transaction',
  run: ({ quick, planted }) =>
    inFolder(async (folder) => {
      const path = join(folder, 'handrail.db')
      let cuts = 0
      const copyNow = () => {
        for (const part of parts)
          if (existsSync(path + part)) copyFileSync(path + part, join(folder, `cut-${cuts}.db${part}`))
        cuts += 1
      }
      const { exec } = Database.prototype
      Database.prototype.exec = function (this: Database.Database, script: string) {
        for (const one of statements(script)) {
          if (planted && /^\s*(BEGIN|COMMIT)/.test(one)) continue
          exec.call(this, one)
          copyNow()
        }
        return this
      }
      try {
        await migrateSqlite(path)
      } finally {
        Database.prototype.exec = exec
      }
      const whole = tables(path)
      let between = 0
      let unfinished = 0
      for (let n = 0; n < cuts; n += planted ? 40 : quick ? 10 : 1) {
        const cut = join(folder, `cut-${n}.db`)
        if (!existsSync(cut)) continue
        const left = tables(cut)
        if (left !== '[]' && left !== whole) between += 1
        // Reading has tidied up the first copy; the next start is the same on it.
        const again = join(folder, `again-${n}.db`)
        await copyFile(cut, again)
        await migrateSqlite(again).catch(() => {})
        if (tables(again) !== whole) unfinished += 1
      }
      return {
        figures: { cuts, between, unfinished },
        broken: [
          ...brokenBy({
            'cuts left a schema in between': between,
            'starts after a cut did not finish': unfinished,
          }),
          ...(cuts > 50 ? [] : ['fewer than 50 statements were seen']),
        ],
      }
    }),
}
