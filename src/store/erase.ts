import type { Blobs } from '#core/ports'
import type { BlobGuard } from '#core/store-ports'
import { hashesIn, type ErasureStore } from './erasures.ts'

/**
 * Erases the artifacts of deleted runs and datasets that nothing living refers to, directly or through other artifacts.
 * Returns how many went; does nothing while somebody writes, the next sweep tries again.
 */
export async function erasePending(erasures: ErasureStore, blobs: Blobs, guard: BlobGuard): Promise<number> {
  const pending = await erasures.pending()
  if (pending.length === 0) return 0
  const erased = await guard.whenIdle(async () => {
    const living = await reachable(blobs, await erasures.livingRoots())
    let count = 0
    for (const { id, roots } of pending) {
      for (const hash of await reachable(blobs, roots)) {
        if (living.has(hash)) continue
        await blobs.delete(hash)
        count += 1
      }
      await erasures.done(id)
    }
    return count
  })
  return erased ?? 0
}

/** The artifacts that these lead to: JSON artifacts name others by hash, all others name none. */
async function reachable(blobs: Blobs, roots: readonly string[]): Promise<Set<string>> {
  const found = new Set<string>()
  const open = [...roots]
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (found.has(hash)) continue
    const bytes = await blobs.getBytes(hash)
    if (bytes === undefined) continue
    found.add(hash)
    const first = bytes[0]
    if (first === 0x7b || first === 0x5b) open.push(...hashesIn(new TextDecoder().decode(bytes)))
  }
  return found
}
