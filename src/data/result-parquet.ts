import { rm } from 'node:fs/promises'
import type { Hash } from '#core/hash'
import type { Cancellable } from '#core/ports'
import type { ResultColumn } from '#core/scoring-job'
import { copyOptions, type Parts } from './materialise-table.ts'
import { quotedName, quotedText } from './quoted-text.ts'

const sqlTypes = { integer: 'BIGINT', number: 'DOUBLE', text: 'VARCHAR' } as const

/** Writes a CSV artifact of ours, its texts in quotes and its columns known, as a Parquet artifact with the same rows in their order. */
export async function resultParquet(parts: Parts, { csv, columns }: { csv: Hash; columns: readonly ResultColumn[] }, options: Cancellable): Promise<Hash> {
  const path = parts.database.temporaryPath('parquet')
  const source = await parts.blobs.localPath(csv)
  const types = columns.map(({ type }, i) => `'v${i}': '${sqlTypes[type]}'`).join(', ')
  const list = columns.map(({ name }, i) => `v${i} AS ${quotedName(name)}`).join(', ')
  // An empty field is missing, an empty text stands in quotes.
  const read = `read_csv(${quotedText(source)}, header = true, delim = ',', quote = '"', escape = '"', new_line = '\\n', nullstr = '', allow_quoted_nulls = false, auto_detect = false, parallel = false, max_line_size = 16777216, columns = {${types}})`
  try {
    await parts.database.use(options.signal, (session) => session.run(`COPY (SELECT ${list} FROM ${read}) TO ${quotedText(path)} (${copyOptions(columns.length)})`))
    return await parts.blobs.putFile(path)
  } finally {
    await rm(path, { force: true })
  }
}
