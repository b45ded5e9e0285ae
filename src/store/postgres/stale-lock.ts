import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { isAlive, isPostgresOf } from './process-mark.ts'

/** Milliseconds after which an empty lock file counts as left over. */
const emptyFor = 1_000

/**
 * Removes a lock file of Postgres whose process id now belongs to something else, as after the restart of a container;
 * Postgres itself would take that process for a running server. It clears locks of dead processes on its own.
 */
export function clearForeignLock(path: string, cluster: string): void {
  if (!isForeign(path, cluster)) return
  const aside = `${path}.stale-${process.pid}`
  try {
    renameSync(path, aside)
  } catch {
    return
  }
  try {
    // Between the look and the rename another process may have started a server; its lock goes back.
    if (!isForeign(aside, cluster)) linkSync(aside, path)
  } finally {
    rmSync(aside, { force: true })
  }
}

function isForeign(path: string, cluster: string): boolean {
  let text: string
  let age: number
  try {
    text = readFileSync(path, 'utf8')
    age = Date.now() - statSync(path).mtimeMs
  } catch {
    return false
  }
  const pid = Math.abs(Number.parseInt(text, 10))
  // Postgres fills the file right after making it: one that stays empty is a leftover of a crash or a full disk.
  if (!(pid > 0)) return age > emptyFor
  if (isPostgresOf(pid, cluster)) return false
  return isAlive(pid) || isUncollected(pid)
}

/** Ended, but its parent has not asked for its exit code: to Postgres it looks alive for ever. */
function isUncollected(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
