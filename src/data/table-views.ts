import type { Hash } from '#core/hash'
import type { Blobs } from '#core/ports'
import { quotedName, quotedText } from './quoted-text.ts'
import type { Session } from './session.ts'

/** Makes each stored table visible on this connection alone, under the name that the query uses. */
export async function bindTables(session: Session, blobs: Blobs, tables: Readonly<Record<string, Hash>>): Promise<void> {
  for (const [name, hash] of Object.entries(tables)) {
    const path = await blobs.localPath(hash)
    await session.run(`CREATE TEMP VIEW ${quotedName(name)} AS SELECT * FROM read_parquet(${quotedText(path)})`)
  }
}
