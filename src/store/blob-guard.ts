import pg from 'pg'
import type { BlobGuard } from '#core/store-ports'
import type { Database } from './database.ts'

const key = "hashtextextended('signalbox-blobs:' || current_schema(), 0)"

export interface OpenBlobGuard extends BlobGuard {
  close(): Promise<void>
}

/**
 * The guard over an advisory lock. All writers of a process share one lock on one connection of their own, so that a
 * writer that waits for another connection never holds one back.
 */
export function blobGuard(database: Database): OpenBlobGuard {
  const pool = new pg.Pool({ ...database.config, max: 2, connectionTimeoutMillis: 10_000 })
  pool.on('error', () => undefined)
  // A connection that is lost while it is held tells its holder at the next query.
  pool.on('connect', (client) => void client.on('error', () => undefined))
  let writers = 0
  let shared: Promise<() => Promise<void>> | null = null

  async function lockShared(): Promise<() => Promise<void>> {
    const client = await pool.connect()
    try {
      await client.query(`select pg_advisory_lock_shared(${key})`)
    } catch (error) {
      client.release(true)
      throw error
    }
    // The connection is given up rather than unlocked where it is lost: the lock went with it.
    return () => client.query(`select pg_advisory_unlock_shared(${key})`).then(() => client.release(), () => client.release(true))
  }

  async function leave(): Promise<void> {
    writers -= 1
    if (writers > 0) return
    const last = shared
    shared = null
    await last?.then((unlock) => unlock(), () => undefined)
  }

  return {
    async whileWriting(work) {
      writers += 1
      shared ??= lockShared()
      try {
        await shared
        return await work()
      } finally {
        await leave()
      }
    },
    async whenIdle(work) {
      if (writers > 0) return undefined
      const client = await pool.connect()
        try {
        const { rows } = await client.query<{ alone: boolean }>(`select pg_try_advisory_lock(${key}) as alone`)
        if (rows[0]?.alone !== true) return undefined
        return await work().finally(() => client.query(`select pg_advisory_unlock(${key})`))
      } finally {
        client.release()
      }
    },
    close: () => pool.end(),
  }
}
