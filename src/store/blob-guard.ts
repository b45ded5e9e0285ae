import { sql } from 'kysely'
import type { Db } from './database.ts'

const guard = sql`hashtextextended('signalbox-blobs:' || current_schema(), 0)`

/**
 * Keeps erasing apart from writing: a step that has just found a blob in place must not lose it before its event refers
 * to it. Writers share the lock; an erasure needs it alone.
 */
export interface BlobGuard {
  whileWriting<T>(work: () => Promise<T>): Promise<T>
  /** Runs the work where nobody writes at the moment; otherwise returns undefined at once. */
  whenIdle<T>(work: () => Promise<T>): Promise<T | undefined>
}

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
