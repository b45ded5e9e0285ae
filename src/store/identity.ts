import { createHash, hash, randomUUID } from 'node:crypto'
import type { Identity } from '#core/hash'

/** Ids and hashes by the crypto of Node. */
export const identity: Identity = {
  newId: () => randomUUID(),
  sha256: (text) => hash('sha256', text),
  derivedId(...parts) {
    const bytes = createHash('sha1').update(namespace).update(JSON.stringify(parts)).digest().subarray(0, 16)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const hex = bytes.toString('hex')
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
  },
}

/** Our name space for UUID v5 (RFC 9562 §5.5): fixed for ever, since published ids are made under it. */
const namespace = Buffer.from('7d1c5a0e4b9f4c7a9b0e5a3d2f6c8e11', 'hex')
