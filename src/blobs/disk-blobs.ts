import { createHash, randomUUID } from 'node:crypto'
import { access, copyFile, mkdir, open, readFile, rename, rm, unlink } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { SignalboxError } from '#core/errors'
import type { Hash } from '#core/hash'
import type { Blobs } from '#core/ports'
import { blobPath } from './blob-path.ts'
import { hashFile } from './hash-file.ts'
import { isMissing, unusableFolder } from './file-faults.ts'
import { listBlobs } from './list-blobs.ts'
import { sweepTemporary } from './sweep-temporary.ts'

/** Blobs in a local folder: an engine that reads files may be allowed that folder and nothing else. */
export interface DiskBlobs extends Blobs {
  readonly folder: string
}

/**
 * Artifacts as files under the SHA-256 of their bytes. A file comes to its place by a rename of a finished and synced
 * temporary file, so a crash leaves only temporary files, which a later start sweeps.
 */
export function diskBlobs(options: { readonly folder: string }): DiskBlobs {
  const folder = resolve(options.folder)
  const temporary = join(folder, 'temporary')
  let prepared: Promise<void> | undefined
  const prepare = () => (prepared ??= makeReady(temporary))

  async function putBytes(bytes: Uint8Array): Promise<Hash> {
    const hash = createHash('sha256').update(bytes).digest('hex')
    const target = blobPath(folder, hash)
    await guard(folder, async () => {
      await prepare()
      if (await exists(target)) return
      const path = join(temporary, randomUUID())
      await writeSynced(path, bytes)
      await moveIn(path, target)
    })
    return hash
  }

  async function putFile(path: string): Promise<Hash> {
    const hash = await hashFile(path)
    const target = blobPath(folder, hash)
    await guard(folder, async () => {
      await prepare()
      if (await exists(target)) return unlink(path)
      await moveIn(await ownFile(path, temporary), target)
    })
    return hash
  }

  async function localPath(hash: Hash): Promise<string> {
    const path = blobPath(folder, hash)
    if (await exists(path)) return path
    throw new SignalboxError({ code: 'BLOB_MISSING', message: `artifact ${hash} is not in ${folder}` })
  }

  return {
    folder,
    putBytes,
    putFile,
    getBytes: (hash) => readIfThere(blobPath(folder, hash)),
    has: (hash) => exists(blobPath(folder, hash)),
    localPath,
    delete: (hash) => rm(blobPath(folder, hash), { force: true }),
    list: () => listBlobs(folder),
  }
}

async function makeReady(temporary: string): Promise<void> {
  await mkdir(temporary, { recursive: true })
  await sweepTemporary(temporary)
}

async function readIfThere(path: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** The file under a temporary name of ours, on our file system and synced: a rename where possible, else a copy. */
async function ownFile(path: string, temporary: string): Promise<string> {
  const own = join(temporary, randomUUID())
  try {
    await rename(path, own)
  } catch {
    await copyFile(path, own)
    await unlink(path)
  }
  await sync(own)
  return own
}

async function moveIn(path: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true })
  await rename(path, target)
  await sync(dirname(target))
}

async function sync(path: string): Promise<void> {
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

async function guard(folder: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw unusableFolder(folder, error)
  }
}
