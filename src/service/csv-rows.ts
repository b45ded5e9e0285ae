import { accept, refuse, type Result } from '#core/errors'
import { columnKey } from '#core/find-column'
import { mostRows } from '#wire/prediction'

type CsvRow = Record<string, string | null>

interface Reading {
  /** Names of the columns that the model reads; the delimiter that finds most of them is taken. */
  readonly known: readonly string[]
  readonly pause: () => Promise<void>
}

const delimiters = [',', ';', '\t', '|'] as const
const rowsAPart = 1_000

/** The rows of a small CSV text (RFC 4180) with a header. Cells stay text: the model knows what each column holds. */
export async function readCsvRows(csv: string, { known, pause }: Reading): Promise<Result<CsvRow[]>> {
  const text = csv.replace(/^\uFEFF/u, '')
  if (text.trim() === '') return refuse('FILE_EMPTY', 'The file is empty.')
  const names = headerOf(text, known)
  const rows: CsvRow[] = []
  for (const { fields, place } of recordsOf(text, names.delimiter)) {
    if (place === 0) continue
    if (rows.length === mostRows) return refuse('TOO_MANY_ROWS', `The file has more than ${mostRows.toLocaleString('en-US')} rows, the most that are answered at once.`)
    if (fields.slice(names.header.length).some((field) => field !== null)) return tooLong(rows.length, names.header.length, fields.length)
    rows.push(Object.fromEntries(names.header.map((name, i) => [name, fields[i] ?? null])))
    if (rows.length % rowsAPart === 0) await pause()
  }
  return rows.length === 0 ? refuse('FILE_HEADER_ONLY', 'The file has a header and no rows.') : accept(rows)
}

function tooLong(row: number, expected: number, received: number) {
  const message = `Row ${row}: expected ${expected} fields as in the header, received ${received}. Rows are counted from 0.`
  return refuse('ROW_UNREADABLE', message, { suggestion: 'Put fields that hold the delimiter in quotes.', detail: { row, column: null, expected, received } })
}

function headerOf(text: string, known: readonly string[]): { header: string[]; delimiter: string } {
  const keys = new Set(known.map(columnKey))
  const tried = delimiters.map((delimiter) => {
    const [first] = recordsOf(text, delimiter)
    const header = (first?.fields ?? []).map((name) => name ?? '')
    return { header, delimiter, found: header.filter((name) => keys.has(columnKey(name))).length }
  })
  return tried.reduce((best, one) => (one.found > best.found ? one : best))
}

interface CsvRecord {
  readonly fields: (string | null)[]
  /** 0 is the header; blank lines do not count. */
  readonly place: number
}

/** One record at a time; an empty field is missing, a quoted one is a text also where it is empty. */
function* recordsOf(text: string, delimiter: string): Generator<CsvRecord> {
  let at = 0
  let place = 0
  while (at < text.length) {
    const fields: (string | null)[] = []
    for (let more = true; more; ) {
      const field = readField(text, at, delimiter)
      fields.push(field.value)
      at = field.next
      more = field.more
    }
    if (fields.length > 1 || fields[0] !== null) yield { fields, place: place++ }
  }
}

interface Field {
  readonly value: string | null
  readonly next: number
  /** Whether another field of the same record follows. */
  readonly more: boolean
}

function readField(text: string, start: number, delimiter: string): Field {
  if (text[start] !== '"') {
    const end = endOfField(text, start, delimiter)
    return { value: end === start ? null : text.slice(start, end), ...afterField(text, end, delimiter) }
  }
  let value = ''
  let from = start + 1
  for (;;) {
    const quote = text.indexOf('"', from)
    const end = quote < 0 ? text.length : quote
    value += text.slice(from, end)
    if (quote < 0 || text[quote + 1] !== '"') {
      const close = endOfField(text, Math.min(end + 1, text.length), delimiter)
      return { value: value + text.slice(end + 1, close), ...afterField(text, close, delimiter) }
    }
    value += '"'
    from = quote + 2
  }
}

function endOfField(text: string, start: number, delimiter: string): number {
  let end = start
  for (let character = text[end]; end < text.length && character !== delimiter && character !== '\n' && character !== '\r'; character = text[end]) end += 1
  return end
}

function afterField(text: string, end: number, delimiter: string): Pick<Field, 'next' | 'more'> {
  if (text[end] === delimiter) return { next: end + 1, more: true }
  return { next: text[end] === '\r' && text[end + 1] === '\n' ? end + 2 : end + 1, more: false }
}
