import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { classOfByte } from './character-class.ts'
import { fieldForm } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'

/** Between fields of the staged file: a control character, so that quotes are not needed. */
export const fieldSeparator = 0x1f
/** Before a letter that stands for a character which would cut fields or lines. */
export const escapeMark = 0x1e

/** Each escaped byte and its letter; the mark itself last, as it has to be undone last. */
export const escapes: ReadonlyArray<readonly [byte: number, letter: string]> = [
  [0x0a, 'n'],
  [0x0d, 'r'],
  [fieldSeparator, 'u'],
  [escapeMark, 'e'],
]

/** What was met in the cells of some rows. */
export interface CellMarks {
  /** The classes of characters met in each column. */
  readonly classes: Uint16Array
  /** Columns where something was escaped. */
  readonly escaped: Set<number>
}

export function newMarks(columns: number): CellMarks {
  return { classes: new Uint16Array(columns), escaped: new Set() }
}

/** Adds what was met in other rows. */
export function addMarks(marks: CellMarks, more: CellMarks): void {
  more.classes.forEach((seen, column) => {
    marks.classes[column] = (marks.classes[column] ?? 0) | seen
  })
  for (const column of more.escaped) marks.escaped.add(column)
}

const letters = new Uint8Array(256)
for (const [byte, letter] of escapes) letters[byte] = letter.charCodeAt(0)

const roomAtFirst = 1 << 20
const quote = 34
const zero = 48
const lineFeed = 10

/**
 * The rows of a text file as the database reads them fastest and without guessing: row id first, fields cut by a
 * control character, no quotes, one line a row whatever the fields hold.
 */
export class StagedFile {
  readonly met: CellMarks
  /** Cells that began with a byte order mark, as joined files have them: it is left out. */
  marks = 0
  longestLine = 0
  rows = 0
  readonly #file: FileHandle
  #out = Buffer.allocUnsafe(roomAtFirst)
  #at = 0

  private constructor(file: FileHandle, columns: number) {
    this.#file = file
    this.met = newMarks(columns)
  }

  static async create(path: string, columns: number): Promise<StagedFile> {
    return new StagedFile(await open(path, 'wx'), columns)
  }

  /** Adds one row; a record with too few fields is padded, with too many is cut. What is met in it goes into `met`. */
  add(bytes: Uint8Array, record: CsvRecord, met: CellMarks = this.met): void {
    const columns = met.classes.length
    const start = this.#at
    const size = (record.ends[record.fields - 1] ?? 0) - (record.starts[0] ?? 0)
    this.#reserve(size * 2 + columns + 32)
    this.#writeNumber(this.rows)
    for (let field = 0; field < columns; field += 1) {
      this.#out[this.#at++] = fieldSeparator
      if (field < record.fields) this.#writeField({ bytes, record, met }, field)
    }
    this.#out[this.#at++] = lineFeed
    this.rows += 1
    this.longestLine = Math.max(this.longestLine, this.#at - start)
  }

  /** Writes what has gathered; called between pieces of input, so that memory stays bounded by their size. */
  async flush(): Promise<void> {
    if (this.#at === 0) return
    await this.#file.write(this.#out, 0, this.#at)
    this.#at = 0
  }

  async close(): Promise<void> {
    await this.#file.close()
  }

  #reserve(room: number): void {
    if (this.#at + room <= this.#out.length) return
    const larger = Buffer.allocUnsafe(Math.max(this.#out.length * 2, this.#at + room))
    this.#out.copy(larger, 0, 0, this.#at)
    this.#out = larger
  }

  #writeNumber(value: number): void {
    let divisor = 1
    while (value >= divisor * 10) divisor *= 10
    for (let rest = value; divisor >= 1; divisor /= 10) {
      const digit = Math.floor(rest / divisor)
      this.#out[this.#at++] = zero + digit
      rest -= digit * divisor
    }
  }

  #afterMarks(bytes: Uint8Array, start: number, end: number): number {
    let from = start
    while (bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf && from + 2 < end) from += 3
    if (from > start) this.marks += 1
    return from
  }

  #writeField({ bytes, record, met }: { bytes: Uint8Array; record: CsvRecord; met: CellMarks }, field: number): void {
    const out = this.#out
    const end = record.ends[field] ?? 0
    const halved = record.forms[field] === fieldForm.escaped
    let at = this.#at
    let seen = 0
    for (let from = this.#afterMarks(bytes, record.starts[field] ?? 0, end); from < end; from += 1) {
      const byte = bytes[from] ?? 0
      const letter = letters[byte] ?? 0
      seen |= classOfByte[byte] ?? 0
      if (letter !== 0) {
        met.escaped.add(field)
        out[at++] = escapeMark
        out[at++] = letter
      } else {
        out[at++] = byte
        if (halved && byte === quote && bytes[from + 1] === quote && from + 1 < end) from += 1
      }
    }
    met.classes[field] = (met.classes[field] ?? 0) | seen
    this.#at = at
  }
}
