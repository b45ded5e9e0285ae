import { decodeWindows1252 } from './windows-1252.ts'
import type { TextEncoding } from './find-encoding.ts'
import { pieces } from './find-encoding.ts'

/** The file as UTF-8 without a byte order mark, piece by piece, whatever it was written in. */
export async function* utf8Pieces(path: string, encoding: TextEncoding, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8' || encoding === 'utf-8-bom') {
    let skip = encoding === 'utf-8-bom' ? 3 : 0
    for await (const piece of pieces(path, signal)) {
      yield piece.subarray(Math.min(skip, piece.length))
      skip = Math.max(0, skip - piece.length)
    }
    return
  }
  if (encoding === 'windows-1252') {
    for await (const piece of pieces(path, signal)) yield Buffer.from(decodeWindows1252(piece), 'utf8')
    return
  }
  const decoder = new TextDecoder(encoding === 'utf-8-damaged' ? 'utf-8' : encoding)
  for await (const piece of pieces(path, signal)) yield Buffer.from(decoder.decode(piece, { stream: true }), 'utf8')
  yield Buffer.from(decoder.decode(), 'utf8')
}
