import { stat } from 'node:fs/promises'
import type { ReadOptions } from '#core/dataset'
import { SignalboxError } from '#core/errors'
import type { Converted } from './converted.ts'
import { findEncoding } from './find-encoding.ts'
import type { TextEncoding } from './find-encoding.ts'
import { listed } from './header-names.ts'
import type { Repair } from './header-names.ts'
import { documentRows, isRow, parseJson } from './json-document.ts'
import type { JsonRow } from './json-document.ts'
import { arrayElements, filledLines } from './json-pieces.ts'
import { LineFile } from './line-file.ts'
import type { Reading } from './reading.ts'
import type { AsideRow } from './set-aside-file.ts'
import { tooManyColumns } from './too-many-columns.ts'
import { utf8Pieces } from './utf8-pieces.ts'
import { writeGrid } from './write-grid.ts'

/** Rewrites JSON as delimited text: an array of rows, a row a line, or one object that holds rows or columns. */
export async function convertJson(reading: Reading, path: string, signal: AbortSignal): Promise<Converted> {
  try {
    return await convert(reading, path, signal)
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(reading.fileName, `is no valid JSON: ${error.message}`)
    throw error
  }
}

function unreadable(fileName: string, what: string): SignalboxError {
  const suggestion = 'Send an array of objects, or one object a line.'
  return new SignalboxError({ code: 'FILE_UNREADABLE', message: `${fileName} ${what}`, suggestion })
}

async function convert(reading: Reading, path: string, signal: AbortSignal): Promise<Converted> {
  const { told = {}, fileName } = reading
  const { encoding, hasNul } = await findEncoding(reading.path, told.encoding, signal)
  if (hasNul) throw new SignalboxError({ code: 'FILE_BINARY', message: `${fileName} holds NUL bytes, so it is no text` })
  const source = () => utf8Pieces(reading.path, encoding, signal)
  const form = await formOf(source)
  const rows = () => rowsOf(form, source, fileName)
  const found = await lookInto(rows(), fileName)
  const { names, places } = found
  if (places && names.size > 0) throw unreadable(fileName, 'mixes rows that are arrays with rows that are objects')
  const written = places ? await writeGrid(path, () => cellRows(rows())) : await writeRecords(path, rows(), names)
  const base = { path, format: form === 'lines' ? ('ndjson' as const) : ('json' as const), bytes: (await stat(reading.path)).size }
  return {
    ...base,
    encoding: plainEncoding(encoding),
    told: { encoding: 'utf-8', delimiter: ',', ...notationOf(told), ...headerOf(told, places) },
    options: { encoding: plainEncoding(encoding), ...(places ? pick(told) : {}) },
    records: !places,
    repairs: [...(encoding === 'utf-8-damaged' ? [damaged] : []), ...written.repairs],
    aside: found.aside,
  }
}

function notationOf({ decimal, date_order }: ReadOptions): ReadOptions {
  return { ...(decimal === undefined ? {} : { decimal }), ...(date_order === undefined ? {} : { date_order }) }
}

const damaged: Repair = { code: 'damaged_text', detail: 'bytes that are no UTF-8 were replaced by \ufffd', count: 1 }

function plainEncoding(encoding: TextEncoding): NonNullable<ReadOptions['encoding']> {
  return encoding === 'utf-8-damaged' ? 'utf-8' : encoding
}

/** Objects name their columns; rows that are arrays may begin with a header like those of any text. */
function headerOf(told: ReadOptions, places: boolean): ReadOptions {
  return places ? pick(told) : { header_row: 0 }
}

function pick({ header_row, first_row }: ReadOptions): ReadOptions {
  return { ...(header_row === undefined ? {} : { header_row }), ...(first_row === undefined ? {} : { first_row }) }
}

type Form = 'lines' | 'array' | 'document'

/** Lines are told by the first being a value of its own with more below it. */
async function formOf(source: () => AsyncIterable<Buffer>): Promise<Form> {
  const first: string[] = []
  try {
    for await (const line of filledLines(source())) {
      first.push(line)
      if (first.length === 2) break
    }
    if (first.length === 2 && isRow(parseJson(first[0] ?? ''))) return 'lines'
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return first[0]?.startsWith('[') === true ? 'array' : 'document'
}

/** A larger object than this cannot be held as a whole. */
const mostDocument = 1 << 28

/** Rows as they come; a line that is no row comes as its text. */
async function* rowsOf(form: Form, source: () => AsyncIterable<Buffer>, fileName: string): AsyncGenerator<JsonRow | string> {
  if (form === 'array') {
    for await (const text of arrayElements(source())) yield rowOrText(parseJson(text), text)
    return
  }
  if (form === 'lines') {
    for await (const line of filledLines(source())) yield lineRow(line)
    return
  }
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of source()) {
    pieces.push(piece)
    length += piece.length
    if (length > mostDocument) throw unreadable(fileName, 'is one JSON object of more than 256 MB')
  }
  const document = parseJson(Buffer.concat(pieces).toString('utf8'))
  if (isRow(document)) yield* documentRows(Object.fromEntries(Object.entries(document)))
}

function rowOrText(value: unknown, text: string): JsonRow | string {
  return isRow(value) ? value : text
}

function lineRow(line: string): JsonRow | string {
  try {
    return rowOrText(parseJson(line), line)
  } catch (error) {
    if (error instanceof SyntaxError) return line
    throw error
  }
}

/** So many lines that are no JSON are a file of something else. */
const mostBroken = 10_000

interface Look {
  /** In the order in which they come first. */
  readonly names: ReadonlySet<string>
  /** Rows are arrays. */
  readonly places: boolean
  readonly aside: readonly AsideRow[]
}

async function lookInto(rows: AsyncIterable<JsonRow | string>, fileName: string): Promise<Look> {
  const names = new Set<string>()
  const aside: AsideRow[] = []
  let places = false
  let record = 0
  for await (const row of rows) {
    record += 1
    if (typeof row === 'string') aside.push({ record, reason: 'junk_row', text: row })
    else if (Array.isArray(row)) places = true
    else for (const name of Object.keys(row)) names.add(name)
    tooManyColumns(fileName, names.size)
    if (aside.length > mostBroken) break
  }
  if (aside.length > mostBroken || aside.length * 2 > record) {
    throw unreadable(fileName, `has ${aside.length} lines of ${record} that are no row of JSON`)
  }
  if (record === 0 || (!places && names.size === 0)) throw new SignalboxError({ code: 'FILE_EMPTY', message: `${fileName} holds no row` })
  return { names, places, aside }
}

async function* cellRows(rows: AsyncIterable<JsonRow | string>): AsyncGenerator<readonly string[]> {
  for await (const row of rows) if (Array.isArray(row)) yield row.map(cellText)
}

async function writeRecords(path: string, rows: AsyncIterable<JsonRow | string>, found: ReadonlySet<string>): Promise<{ repairs: Repair[] }> {
  const names = [...found]
  const file = await LineFile.create(path)
  const nested = new Set<string>()
  try {
    await file.add(names)
    for await (const row of rows) {
      if (typeof row === 'string') continue
      const cells = names.map((name) => {
        const cell: unknown = Object.hasOwn(row, name) ? Reflect.get(row, name) : null
        if (isRow(cell)) nested.add(name)
        return cellText(cell)
      })
      await file.add(cells)
    }
  } finally {
    await file.close()
  }
  const detail = `nested values were written as JSON text: ${listed([...nested])}`
  return { repairs: nested.size === 0 ? [] : [{ code: 'nested', detail, count: nested.size }] }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
