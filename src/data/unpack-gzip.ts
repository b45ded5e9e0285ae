import { createReadStream, createWriteStream } from 'node:fs'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { SignalboxError } from '#core/errors'
import type { Reading } from './reading.ts'

/** A small file may unpack to anything; a table of more than this is not read from a packed file. */
const mostBytes = 8 * 2 ** 30

/** Unpacks a gzip file to another path. */
export async function unpackGzip(reading: Reading, path: string, signal: AbortSignal): Promise<void> {
  let bytes = 0
  const count = new Transform({
    transform(piece: Buffer, _encoding, done) {
      bytes += piece.length
      done(bytes > mostBytes ? tooLarge(reading.fileName) : null, piece)
    },
  })
  try {
    await pipeline(createReadStream(reading.path), createGunzip(), count, createWriteStream(path), { signal })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof SignalboxError) throw error
    throw new SignalboxError({
      code: 'FILE_UNREADABLE',
      message: `${reading.fileName} is a damaged gzip file`,
      suggestion: 'Pack it again, or send it unpacked.',
      cause: error,
    })
  }
}

function tooLarge(fileName: string): SignalboxError {
  return new SignalboxError({
    code: 'FILE_TOO_LARGE',
    message: `${fileName} unpacks to more than ${mostBytes / 2 ** 30} GB`,
    suggestion: 'Unpack it, and send it as Parquet or in parts.',
  })
}
