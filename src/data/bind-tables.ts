import type { Hash } from '#core/hash'
import type { Blobs } from '#core/ports'
import type { Sql } from '#core/sql'
import { parquetSource } from './parquet-source.ts'
import { quotedName } from './quoted-text.ts'
import type { Session } from './session.ts'

/**
 * A stored table to read from, as SQL. Where only some columns of a wide table are wanted this is much faster than a
 * view, which is planned with all of them.
 */
export async function storedSource(blobs: Blobs, hash: Hash): Promise<Sql> {
  return { parts: [parquetSource(await blobs.localPath(hash))], values: [] }
}

/** Makes each stored table visible on this connection alone, under the name that the query uses. */
export async function bindTables(
  session: Session,
  blobs: Blobs,
  tables: Readonly<Record<string, Hash>>,
): Promise<void> {
  for (const [name, hash] of Object.entries(tables)) {
    const path = await blobs.localPath(hash)
    await session.run(`CREATE TEMP VIEW ${quotedName(name)} AS SELECT * FROM ${parquetSource(path)}`)
  }
}
