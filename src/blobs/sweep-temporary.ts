import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

const anHour = 3_600_000

/** Removes what a crash left. Younger files may belong to a process that is alive on the same folder. */
export async function sweepTemporary(folder: string, now: number = Date.now()): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && now - found.mtimeMs > anHour) await rm(path, { force: true, recursive: true })
  }
}
