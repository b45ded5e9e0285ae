import { createHash } from 'node:crypto'
import { access, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { LocalBlobs } from './duckdb-engine.ts'

/** The least that blobs can be, since `data` may not import `blobs`. */
export function folderBlobs(folder: string): LocalBlobs {
  const pathOf = (hash: string) => join(folder, hash)
  const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  return {
    folder,
    putBytes: async (bytes) => {
      await mkdir(folder, { recursive: true })
      await writeFile(pathOf(hashOf(bytes)), bytes)
      return hashOf(bytes)
    },
    putFile: async (path) => {
      await mkdir(folder, { recursive: true })
      const hash = hashOf(await readFile(path))
      await rename(path, pathOf(hash))
      return hash
    },
    getBytes: (hash) => readFile(pathOf(hash)).catch(() => undefined),
    has: (hash) =>
      access(pathOf(hash)).then(
        () => true,
        () => false,
      ),
    localPath: (hash) => Promise.resolve(pathOf(hash)),
    delete: (hash) => rm(pathOf(hash), { force: true }),
    list: async function* () {
      yield* await readdir(folder)
    },
  }
}
