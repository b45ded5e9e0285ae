import { createHash } from 'node:crypto'
import { canonicalJson } from '#core/canonical-json'
import type { Json } from '#core/canonical-json'
import { SignalboxError } from '#core/errors'
import type { Hash } from '#core/hash'
import type { Blobs, JsonBlobs } from '#core/ports'

/** JSON values as canonical text in blobs; what is read is checked against its hash first. */
export function jsonBlobs(blobs: Blobs): JsonBlobs {
  async function put(value: unknown): Promise<Hash> {
    return blobs.putBytes(Buffer.from(canonicalJson(value), 'utf8'))
  }

  async function get(hash: Hash): Promise<Json> {
    const bytes = await blobs.getBytes(hash)
    if (bytes === undefined) throw new SignalboxError({ code: 'BLOB_MISSING', message: `artifact ${hash} is gone` })
    const found = createHash('sha256').update(bytes).digest('hex')
    if (found !== hash) {
      throw new SignalboxError({
        code: 'CHAIN_BROKEN',
        message: `artifact ${hash} was changed: its bytes now have the hash ${found}`,
        detail: { blob: hash, found },
      })
    }
    const value: Json = JSON.parse(Buffer.from(bytes).toString('utf8'))
    return value
  }

  return { put, get }
}
