import { chmodSync, cpSync, lstatSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'

/**
 * A copy of the programs under the system's temporary folder, for root that has to start Postgres as another user who
 * may not look into node_modules (root's home, for example). It is made once and kept for later starts.
 */
export function publicBinaries(binaries: PostgresBinaries): PostgresBinaries {
  const native = dirname(dirname(binaries.postgres))
  const { ino, mtimeMs } = statSync(binaries.postgres)
  const copy = join(tmpdir(), `signalbox-postgres-${ino.toString(36)}-${Math.trunc(mtimeMs).toString(36)}`)
  if (!isTrusted(copy)) {
    const draft = mkdtempSync(`${copy}.`)
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    chmodSync(draft, 0o755)
    // Whatever stands there is not ours: a folder made by another user could hold any program.
    rmSync(copy, { recursive: true, force: true })
    try {
      renameSync(draft, copy)
    } catch (error) {
      // Another start was faster; its copy does as well.
      rmSync(draft, { recursive: true, force: true })
      if (!isTrusted(copy)) throw error
    }
  }
  const bin = (file: string) => join(copy, 'bin', basename(file))
  return { initdb: bin(binaries.initdb), postgres: bin(binaries.postgres), pgControl: bin(binaries.pgControl) }
}

function isTrusted(folder: string): boolean {
  const found = lstatSync(folder, { throwIfNoEntry: false })
  return found?.isDirectory() === true && found.uid === process.getuid?.() && (found.mode & 0o022) === 0
}
