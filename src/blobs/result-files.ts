import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import type { Blobs } from '#core/ports'
import type { GrowingFile, ResultFiles } from '#core/scoring-job'

/** Result files over the blobs: they grow in a folder of their own, which a start may empty. */
export function growingFiles(blobs: Blobs, temporaryFolder: string): Omit<ResultFiles, 'parquet'> {
  return {
    create: () => createFile(blobs, temporaryFolder),
    async chunks(hash) {
      const path = await blobs.localPath(hash)
      const { size } = await stat(path)
      return { bytes: size, chunks: createReadStream(path, { highWaterMark: 1 << 18 }) }
    },
  }
}

async function createFile(blobs: Blobs, folder: string): Promise<GrowingFile> {
  await mkdir(folder, { recursive: true })
  const path = join(folder, `result-${randomUUID()}`)
  const stream = createWriteStream(path, { mode: 0o600, flags: 'wx' })
  let failure: unknown
  stream.on('error', (error) => {
    failure = error
  })
  return {
    async write(text) {
      if (failure !== undefined) throw failure
      if (!stream.write(text)) await once(stream, 'drain')
    },
    async finish() {
      stream.end()
      await finished(stream)
      return blobs.putFile(path)
    },
    async drop() {
      stream.destroy()
      await rm(path, { force: true })
    },
  }
}
