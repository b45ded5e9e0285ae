import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import type { ReadOptions } from '#core/dataset'
import { unmarkedUtf16 } from './unmarked-utf16.ts'

/** `damaged` is UTF-8 but for a few bytes, which are read as the replacement character. */
export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16be' | 'windows-1252' | 'utf-8-damaged'

export interface EncodingFound {
  readonly encoding: TextEncoding
  /** A NUL byte outside UTF-16: no text. */
  readonly hasNul: boolean
  /** Every byte is a blank or a line end. */
  readonly onlyBlank: boolean
  /** Bytes that are no UTF-8, where the rest is. */
  readonly damaged: number
}

const pieceSize = 1 << 18

/** Reads the file once and tells how its text is written; an encoding that was told is taken, and its text weighed. */
export async function findEncoding(
  path: string,
  told: ReadOptions['encoding'],
  signal: AbortSignal,
): Promise<EncodingFound> {
  const state = { encoding: told as TextEncoding | undefined, valid: true, hasNul: false, onlyBlank: true }
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of pieces(path, signal)) {
    const bytes = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    state.encoding ??= byMark(bytes) ?? unmarkedUtf16(bytes) ?? 'utf-8'
    state.onlyBlank &&= isBlank(bytes)
    if (state.encoding === 'utf-16le' || state.encoding === 'utf-16be') {
      if (!state.onlyBlank) break
      rest = Buffer.alloc(0)
      continue
    }
    state.hasNul ||= bytes.includes(0)
    if (state.hasNul) break
    const whole = wholeCharacters(bytes)
    state.valid &&= isUtf8(bytes.subarray(0, whole))
    rest = bytes.subarray(whole)
  }
  const base = { hasNul: state.hasNul, onlyBlank: state.onlyBlank, damaged: 0 }
  if (state.encoding !== undefined && state.encoding !== 'utf-8') {
    if (state.encoding !== 'utf-8-bom' || (state.valid && isUtf8(rest))) return { ...base, encoding: state.encoding }
  }
  if (state.hasNul || (state.valid && isUtf8(rest))) return { ...base, encoding: 'utf-8' }
  const weighed = await weighDamage(path, signal)
  return told === undefined ? { ...base, ...weighed } : { ...base, encoding: 'utf-8-damaged', damaged: weighed.broken }
}

export async function* pieces(path: string, signal: AbortSignal): AsyncGenerator<Buffer> {
  for await (const piece of createReadStream(path, { highWaterMark: pieceSize, signal })) yield piece
}

function byMark(bytes: Uint8Array): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8-bom'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** NUL counts as blank here, so that UTF-16 blanks do too. */
function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte, i) => byte === 32 || (byte >= 9 && byte <= 13) || byte === 0 || (i < 3 && byte >= 0xbb))
}

/** How many bytes end on a whole character, so that a character cut by the end of a piece is not taken for an error. */
function wholeCharacters(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte >= 0xc0) return back < lengthOf(byte) ? bytes.length - back : bytes.length
    if (byte < 0x80) return bytes.length
  }
  return bytes.length
}

function lengthOf(lead: number): number {
  if (lead >= 0xf0) return 4
  return lead >= 0xe0 ? 3 : 2
}

/** One in this many characters beyond ASCII may be broken before the file is no UTF-8 but an old 8-bit encoding. */
const mendableShare = 0.1

interface Weighed {
  readonly encoding: TextEncoding
  readonly damaged: number
  readonly broken: number
}

async function weighDamage(path: string, signal: AbortSignal): Promise<Weighed> {
  const decoder = new TextDecoder('utf-8')
  let broken = 0
  let good = 0
  for await (const piece of pieces(path, signal)) {
    for (const [character] of decoder.decode(piece, { stream: true }).matchAll(/[^\0-\x7f]/gu)) {
      if (character === '\ufffd') broken += 1
      else good += 1
    }
  }
  return broken <= good * mendableShare
    ? { encoding: 'utf-8-damaged', damaged: broken, broken }
    : { encoding: 'windows-1252', damaged: 0, broken }
}
