import { sql } from 'kysely'
import type { BlobGuard } from '#core/store-ports'
import type { Db } from './database.ts'

const guard = sql`hashtextextended('signalbox-blobs:' || current_schema(), 0)`

export function blobGuard(db: Db): BlobGuard {
  return {
    whileWriting: (work) =>
      db.connection().execute(async (connection) => {
        await sql`select pg_advisory_lock_shared(${guard})`.execute(connection)
        try {
          return await work()
        } finally {
          await sql`select pg_advisory_unlock_shared(${guard})`.execute(connection).catch(() => undefined)
        }
      }),
    whenIdle: (work) =>
      db.connection().execute(async (connection) => {
        const { rows } = await sql<{ alone: boolean }>`select pg_try_advisory_lock(${guard}) as alone`.execute(connection)
        if (rows[0]?.alone !== true) return undefined
        try {
          return await work()
        } finally {
          await sql`select pg_advisory_unlock(${guard})`.execute(connection).catch(() => undefined)
        }
      }),
  }
}
