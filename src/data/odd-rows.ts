import type { CsvRecord } from './csv-record.ts'

/**
 * What a row looks like that may be none of the table: the sum of rows above it, a remark, nothing at all; or, sure to
 * be none, a line of words without any delimiter (`stray`).
 */
export type Oddity = 'total' | 'remark' | 'empty' | 'stray'

interface Shape {
  readonly columns: number
  /** Whether first fields are often several words. */
  readonly wordyRows: boolean
}

/** Looked at for every row, so the common row is done after its first two fields. */
export function oddityOf(bytes: Buffer, record: CsvRecord, { columns, wordyRows }: Shape): Oddity | undefined {
  if (columns < 2) return undefined
  const first = nextFilled(record, 0)
  if (first < 0) return 'empty'
  const alone = nextFilled(record, first + 1) < 0
  if (!alone) return mayBeTotal(bytes, record, first) && isTotal(fieldText(bytes, record, first)) ? 'total' : undefined
  if (first > 0) return undefined
  const text = fieldText(bytes, record, first)
  if (isTotal(text)) return 'remark'
  if (!(wordyRows ? isMarked(text) : isMarked(text) || isWords(text))) return undefined
  return record.fields === 1 && columns > 2 ? 'stray' : 'remark'
}

function nextFilled(record: CsvRecord, from: number): number {
  for (let field = from; field < record.fields; field += 1) {
    if (record.starts[field] !== record.ends[field]) return field
  }
  return -1
}

function fieldText(bytes: Buffer, record: CsvRecord, field: number): string {
  return bytes.toString('utf8', record.starts[field], record.ends[field]).trim()
}

const longestTotal = 60
/** The letters that the words below begin with, and l, that "total" ends with; bytes of other scripts count as well. */
const letters = new Set([...'tTsSgGzZaAmM*-#('].map((letter) => letter.charCodeAt(0)))
const lowerL = 0x6c

/** Cheap, and never wrong about a row that is one. */
function mayBeTotal(bytes: Buffer, record: CsvRecord, field: number): boolean {
  const start = record.starts[field] ?? 0
  const end = record.ends[field] ?? 0
  if (end - start > longestTotal) return false
  const byte = bytes[start] ?? 0
  return byte >= 0x80 || byte === 0x20 || letters.has(byte) || ((bytes[end - 1] ?? 0) | 0x20) === lowerL
}

const sumWords = 'total|totals|subtotal|sub-total|sum|summe|gesamt|gesamtsumme|zwischensumme|insgesamt|somme|suma|totale|totaal|总计|合计|合計|小計|итого|всего'
const beginsAsTotal = new RegExp(`^[*#(-]*\\s*(grand\\s+)?(${sumWords})(?![\\p{L}\\p{N}_])`, 'iu')
const endsAsTotal = /(?<![\p{L}\p{N}_])(sub-?)?total:?$/iu

function isTotal(text: string): boolean {
  return beginsAsTotal.test(text) || endsAsTotal.test(text)
}

/** Begins as footnotes and sources do. */
function isMarked(text: string): boolean {
  return /^([#*=_†‡©]|--|\(?(source|sources|note|notes|footnote|generated|exported|created|updated|last updated|copyright|disclaimer|quelle|hinweis|stand|fuente|nota|fonte)\b)/iu.test(
    text,
  )
}

function isWords(text: string): boolean {
  return /\p{L}\S*\s+\S/u.test(text) || /:$/.test(text)
}
