import { mkdir, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const prefix = 'data-'
const anHour = 3_600_000

/** A new temporary folder of this process; folders that crashed processes left are removed on the way. */
export async function ownFolder(parent: string): Promise<string> {
  const folder = resolve(parent)
  await mkdir(folder, { recursive: true })
  await sweepFolders(folder)
  return mkdtemp(join(folder, `${prefix}${process.pid}-`))
}

/** Both must hold: a pid may mean another process here (containers), and a quiet folder may belong to a live one. */
async function sweepFolders(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = Number(/^data-(\d+)-/.exec(name)?.[1])
    if (!Number.isInteger(pid) || isAlive(pid)) continue
    const path = join(parent, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > anHour) await rm(path, { recursive: true, force: true })
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}
