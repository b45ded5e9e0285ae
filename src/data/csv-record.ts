/** How a field was written: as it is, in quotes, or in quotes with quotes inside that have to be undone. */
export const fieldForm = { plain: 0, quoted: 1, escaped: 2 } as const

const lineFeed = 10
const carriageReturn = 13
const quote = 34
const blank = 32

/** Longer than any cell that people write: a quoted field that goes on for so long was never closed. */
const longestField = 4 << 20

/** One record found in a window of bytes: where its fields lie. Reused from record to record. */
export interface CsvRecord {
  fields: number
  starts: Int32Array
  ends: Int32Array
  forms: Uint8Array
  /** Where the next record starts. */
  next: number
  /** Quotes that stood where none may stand, and were taken for text or blanks around quotes. */
  strayQuotes: number
}

export function newRecord(): CsvRecord {
  const room = 64
  return {
    fields: 0,
    starts: new Int32Array(room),
    ends: new Int32Array(room),
    forms: new Uint8Array(room),
    next: 0,
    strayQuotes: 0,
  }
}

export interface Window {
  readonly bytes: Uint8Array
  readonly from: number
  readonly length: number
  /** No more bytes follow. */
  readonly final: boolean
  /** The byte between fields; -1 where a line is one field. */
  readonly delimiter: number
}

/**
 * Finds the record that starts at `from`. False where it goes on beyond the window. Reads what RFC 4180 allows, and
 * what programs write all the same: lone carriage returns, bare quotes inside a field, quotes that never close.
 */
export function scanRecord(window: Window, record: CsvRecord): boolean {
  record.fields = 0
  record.strayQuotes = 0
  let at = window.from
  for (;;) {
    const end = scanField(window, at, record)
    if (end < 0) return false
    if (end >= window.length) return finish(window, record, end)
    if (window.bytes[end] !== window.delimiter) return finish(window, record, end)
    at = end + 1
  }
}

function finish(window: Window, record: CsvRecord, end: number): boolean {
  if (end >= window.length) {
    record.next = window.length
    return window.final
  }
  const returned = window.bytes[end] === carriageReturn
  if (returned && end + 1 >= window.length && !window.final) return false
  record.next = returned && window.bytes[end + 1] === lineFeed ? end + 2 : end + 1
  return true
}

/** Adds one field; answers where the delimiter or line end after it lies, -1 where more bytes are needed. */
function scanField(window: Window, at: number, record: CsvRecord): number {
  const first = afterBlanks(window, at)
  return window.bytes[first] === quote && first < window.length
    ? scanQuoted(window, at, record)
    : scanPlain(window, at, record)
}

function scanPlain(window: Window, start: number, record: CsvRecord): number {
  const { bytes, length, delimiter } = window
  let at = start
  while (at < length) {
    const byte = bytes[at]
    if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break
    at += 1
  }
  addField(record, start, at)
  return at
}

/**
 * A field in quotes. A quote followed by other text is taken for text, since many programs forget to double it; but
 * where such a field also runs over a line end, or never closes, its first quote is taken for text instead: so one
 * forgotten quote does not swallow the lines below it.
 */
function scanQuoted(window: Window, fieldStart: number, record: CsvRecord): number {
  const { bytes, length } = window
  const opening = afterBlanks(window, fieldStart)
  let escaped = false
  let stray = 0
  let lines = 0
  let at = opening + 1
  while (at < length) {
    const byte = bytes[at]
    if (byte === lineFeed || byte === carriageReturn) lines += 1
    if (byte === quote) {
      if (bytes[at + 1] === quote && at + 1 < length) {
        escaped = true
        at += 1
      } else {
        const close = afterClosing(window, at + 1)
        if (close >= 0)
          return closeField(
            { start: opening + 1, end: at, close, escaped: escaped || stray > 0, stray },
            record,
            opening > fieldStart || close > at + 1,
          )
        if (close === needMore) return -1
        stray += 1
      }
    }
    if (stray > 0 && lines > 0) break
    at += 1
  }
  const unclosed = window.final || length - opening > longestField || (stray > 0 && lines > 0)
  if (!unclosed) return -1
  const end = scanPlain(window, fieldStart, record)
  record.strayQuotes += 1
  return end
}

interface QuotedField {
  readonly start: number
  readonly end: number
  readonly close: number
  readonly escaped: boolean
  readonly stray: number
}

function closeField(field: QuotedField, record: CsvRecord, blanksAround: boolean): number {
  addField(record, field.start, field.end)
  record.forms[record.fields - 1] = field.escaped ? fieldForm.escaped : fieldForm.quoted
  record.strayQuotes += field.stray + (blanksAround ? 1 : 0)
  return field.close
}

const needMore = -1
const notClosing = -2

/** Where the field ends if the quote before `at` closes it: at once, or after blanks. */
function afterClosing(window: Window, start: number): number {
  const { bytes, length } = window
  const at = afterBlanks(window, start)
  if (at >= length) return window.final ? length : needMore
  const byte = bytes[at]
  return byte === window.delimiter || byte === lineFeed || byte === carriageReturn ? at : notClosing
}

function afterBlanks({ bytes, length }: Window, start: number): number {
  let at = start
  while (at < length && bytes[at] === blank) at += 1
  return at
}

function addField(record: CsvRecord, start: number, end: number): void {
  if (record.fields === record.starts.length) grow(record)
  record.starts[record.fields] = start
  record.ends[record.fields] = end
  record.forms[record.fields] = fieldForm.plain
  record.fields += 1
}

function grow(record: CsvRecord): void {
  const room = record.starts.length * 2
  const { starts, ends, forms } = record
  record.starts = new Int32Array(room)
  record.ends = new Int32Array(room)
  record.forms = new Uint8Array(room)
  record.starts.set(starts)
  record.ends.set(ends)
  record.forms.set(forms)
}
