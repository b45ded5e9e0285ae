import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { Hash } from '#core/hash'

/** SHA-256 of a file's bytes, read in pieces. */
export async function hashFile(path: string): Promise<Hash> {
  const hash = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(piece)
  return hash.digest('hex')
}
