// Raw writes that arrive together share one COMMIT, and so one wait for the disk.
import type { Database } from 'better-sqlite3'

type Job = { run(): void; settle(committed: boolean, error?: unknown): void }

/** Each piece of work is all or nothing on its own, and durable when its promise resolves. */
export function groupedWrites(db: Database, alone: (work: () => void) => Promise<void>) {
  let waiting: Job[] = []

  function flush(): void {
    const jobs = waiting
    waiting = []
    try {
      db.exec('BEGIN IMMEDIATE')
      for (const job of jobs) job.run()
      db.exec('COMMIT')
    } catch (error) {
      if (db.inTransaction) db.exec('ROLLBACK')
      for (const job of jobs) job.settle(false, error)
      return
    }
    for (const job of jobs) job.settle(true)
  }

  return <T>(work: (db: Database) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      let answer: () => void = () => {}
      waiting.push({
        run() {
          db.exec('SAVEPOINT job')
          try {
            const value = work(db)
            answer = () => resolve(value)
          } catch (error) {
            db.exec('ROLLBACK TO job')
            answer = () => reject(error)
          }
          db.exec('RELEASE job')
        },
        settle: (committed, error) => (committed ? answer() : reject(error)),
      })
      // Whatever else this turn of the event loop brings joins the group.
      if (waiting.length === 1) setImmediate(() => void alone(flush))
    })
}
