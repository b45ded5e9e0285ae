import { fieldForm, newRecord, scanRecord } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'

/** The first records of a file as text, for looking at. */
export interface CsvSample {
  readonly records: readonly (readonly string[])[]
  /** Which records are blank lines. */
  readonly blank: readonly boolean[]
}

export interface SampleSource {
  readonly bytes: Buffer
  /** The sample is the whole file. */
  readonly whole: boolean
}

const mostRecords = 1_000

export function sampleRecords(source: SampleSource, delimiter: number): CsvSample {
  const records: string[][] = []
  const blank: boolean[] = []
  const record = newRecord()
  let from = 0
  while (from < source.bytes.length && records.length < mostRecords) {
    const final = source.whole || records.length === 0
    if (!scanRecord({ bytes: source.bytes, from, length: source.bytes.length, final, delimiter }, record)) break
    records.push(Array.from({ length: record.fields }, (_, i) => fieldText(source.bytes, record, i)))
    blank.push(isBlankLine(source.bytes, record, delimiter >= 0))
    from = record.next
  }
  return { records, blank }
}

export function fieldText(bytes: Buffer, record: CsvRecord, field: number): string {
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
