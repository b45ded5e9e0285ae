import { fieldForm, newRecord, scanRecord } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'

/** The beginning of a file. */
export interface SampleSource {
  readonly bytes: Buffer
  /** The sample is the whole file. */
  readonly whole: boolean
}

const mostRecords = 1_000

/** Shows each record of the sample that is no blank line, until told to stop. */
export function scanSample(source: SampleSource, delimiter: number, show: (record: CsvRecord) => boolean): void {
  const record = newRecord()
  let from = 0
  for (let seen = 0; from < source.bytes.length && seen < mostRecords; seen += 1) {
    const final = source.whole || seen === 0
    if (!scanRecord({ bytes: source.bytes, from, length: source.bytes.length, final, delimiter }, record)) return
    if (!isBlankLine(source.bytes, record, delimiter >= 0) && !show(record)) return
    from = record.next
  }
}

/** More cells than this say nothing new, and take time. */
const mostCells = 20_000

/** The first records as text. */
export function sampleTexts(source: SampleSource, delimiter: number): string[][] {
  const records: string[][] = []
  let cells = 0
  scanSample(source, delimiter, (record) => {
    records.push(Array.from({ length: record.fields }, (_, i) => fieldText(source.bytes, record, i)))
    cells += record.fields
    return cells < mostCells
  })
  return records
}

function fieldText(bytes: Buffer, record: CsvRecord, field: number): string {
  const text = bytes.toString('utf8', record.starts[field], record.ends[field])
  return record.forms[field] === fieldForm.escaped ? text.replaceAll('""', '"') : text
}

/** A line without any field: nothing on it, or, where lines have several fields, nothing but blanks. */
export function isBlankLine(bytes: Uint8Array, record: CsvRecord, manyFields: boolean): boolean {
  if (record.fields !== 1 || record.forms[0] !== fieldForm.plain) return false
  const start = record.starts[0] ?? 0
  const end = record.ends[0] ?? 0
  if (!manyFields) return start === end
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== 32 && bytes[at] !== 9) return false
  }
  return true
}
