import type { CsvRecord } from './csv-record.ts'

/** Tells the header from rows: files that were joined, and reports cut into pages, repeat it. */
export function headerAgain(header: readonly string[] | null): (bytes: Buffer, record: CsvRecord) => boolean {
  const filled = header?.filter((field) => field.trim() !== '') ?? []
  // A word alone may well be a value; names that are the cells of a row as well are no proof.
  if (header === null || filled.length < 2) return () => false
  const fields = header.map((field) => Buffer.from(field.replaceAll('"', '""')))
  return (bytes, record) => {
    if (record.fields !== fields.length) return false
    return fields.every((field, i) => {
      const start = record.starts[i] ?? 0
      const end = record.ends[i] ?? 0
      return end - start === field.length && field.compare(bytes, start, end) === 0
    })
  }
}
