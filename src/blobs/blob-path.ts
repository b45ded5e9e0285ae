import { join } from 'node:path'
import { SignalboxError } from '#core/errors'
import { hashSchema } from '#core/hash'
import type { Hash } from '#core/hash'

/** Where an artifact lies: two folders deep, so that no folder grows to more names than a file system likes. */
export function blobPath(folder: string, hash: Hash): string {
  if (!hashSchema.safeParse(hash).success) {
    throw new SignalboxError({
      code: 'INTERNAL',
      message: `expected a SHA-256 as 64 hex digits, received ${JSON.stringify(hash)}`,
    })
  }
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash)
}
