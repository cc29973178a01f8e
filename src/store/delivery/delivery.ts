// The tables behind delivery's ports, by raw SQL: this is where the bot works hardest.
import type { Outbox, Schedules } from '../../delivery/ports.ts'
import type { Connection } from '../connection.ts'
import { postgresqlOutbox } from './postgresql-outbox.ts'
import { postgresqlSchedules } from './postgresql-schedules.ts'
import { sqliteOutbox } from './sqlite-outbox.ts'
import { sqliteSchedules } from './sqlite-schedules.ts'

export function deliveryStore(
  connection: Connection,
  newId: () => string,
): { readonly outbox: Outbox; readonly schedules: Schedules } {
  switch (connection.kind) {
    case 'sqlite':
      return {
        outbox: sqliteOutbox(connection.sqlite, newId),
        schedules: sqliteSchedules(connection.sqlite, newId),
      }
    case 'postgresql':
      return {
        outbox: postgresqlOutbox(connection.pool, newId),
        schedules: postgresqlSchedules(connection.pool, newId),
      }
  }
}
