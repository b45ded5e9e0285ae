import { randomUUID } from 'node:crypto'
import { mkdir, rm, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** With less room than this the next upload or model is likely to fail. */
const leastBytes = 64 * 2 ** 20

/** Rejects where files cannot be written to a folder, or its disk is nearly full. */
export async function checkFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `check-${randomUUID()}`)
  try {
    await writeFile(path, 'x')
  } finally {
    await rm(path, { force: true })
  }
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < leastBytes) throw new Error(`less than ${leastBytes / 2 ** 20} MB are free at ${folder}`)
}
