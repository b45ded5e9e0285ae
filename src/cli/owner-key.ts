import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { House } from '#main'

/**
 * The owner's key of a data folder. The first start makes it and keeps it in `owner.key`, readable by the owner alone;
 * every start reads it there, and the database holds only its hash.
 */
export async function ownerKey(house: House, dataDir: string): Promise<string> {
  const file = join(dataDir, 'owner.key')
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : ''
  const key = await house.keyRing.ensureOwner(kept === '' ? null : kept)
  if (key === kept) return key
  if (kept !== '') rmSync(file, { force: true })
  return writeOnce(file, key) ? key : house.keyRing.ensureOwner(readFileSync(file, 'utf8').trim())
}

/** Writes the file whole or not at all; false where another process was first. */
function writeOnce(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${text}\n`, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch {
    return false
  } finally {
    rmSync(draft, { force: true })
  }
}
