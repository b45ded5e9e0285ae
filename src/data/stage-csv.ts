import { isBlankLine } from './csv-sample.ts'
import { newRecord, scanRecord } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'
import type { CsvLayout } from './csv-layout.ts'
import { listed } from './header-names.ts'
import type { Repair } from './header-names.ts'
import { StagedFile } from './staged-file.ts'

/** What was met on the way through the file. */
export interface Staged {
  readonly rows: number
  readonly rejected: number
  readonly blankLines: number
  readonly escapedColumns: ReadonlySet<number>
  readonly longestLine: number
  readonly repairs: readonly Repair[]
}

interface Counts {
  records: number
  blankLines: number
  short: number
  trailing: number
  stray: number
  rejected: number
  readonly rejectedAt: string[]
}

/** Reads the text once, record by record, and writes the rows where the database can read them. */
export async function stageCsv(source: AsyncIterable<Buffer>, layout: CsvLayout, path: string): Promise<Staged> {
  const counts: Counts = { records: 0, blankLines: 0, short: 0, trailing: 0, stray: 0, rejected: 0, rejectedAt: [] }
  const staged = await StagedFile.create(path)
  try {
    const record = newRecord()
    let rest: Buffer = Buffer.alloc(0)
    let wanted = 0
    for await (const piece of source) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      if (rest.length < wanted) continue
      rest = rest.subarray(takeRecords({ bytes: rest, final: false, layout }, { record, counts, staged }))
      // A record that outgrew the window is looked at again only when the window has doubled.
      wanted = rest.length * 2
      await staged.flush()
    }
    takeRecords({ bytes: rest, final: true, layout }, { record, counts, staged })
    await staged.flush()
  } finally {
    await staged.close()
  }
  const { rows, escapedColumns, longestLine } = staged
  return { rows, escapedColumns, longestLine, rejected: counts.rejected, blankLines: counts.blankLines, repairs: repairsOf(counts, layout) }
}

interface Input {
  readonly bytes: Buffer
  readonly final: boolean
  readonly layout: CsvLayout
}

interface Output {
  readonly record: CsvRecord
  readonly counts: Counts
  readonly staged: StagedFile
}

/** Takes every whole record; answers where the first one that is not whole starts. */
function takeRecords(input: Input, output: Output): number {
  const { bytes, final, layout } = input
  const { record, counts } = output
  let from = 0
  while (from < bytes.length) {
    if (!scanRecord({ bytes, from, length: bytes.length, final, delimiter: layout.delimiter }, record)) break
    if (isBlankLine(bytes, record, layout.delimiter >= 0)) counts.blankLines += 1
    else takeRow(bytes, layout, output)
    from = record.next
  }
  return from
}

function takeRow(bytes: Buffer, layout: CsvLayout, { record, counts, staged }: Output): void {
  counts.records += 1
  if (counts.records <= layout.recordsAbove) return
  const columns = layout.names.length
  counts.stray += record.strayQuotes
  if (record.fields > columns) {
    if (!restIsEmpty(record, columns)) {
      counts.rejected += 1
      if (counts.rejectedAt.length < 100) counts.rejectedAt.push(String(counts.records))
      return
    }
    counts.trailing += 1
  } else if (record.fields < columns) counts.short += 1
  staged.add(bytes, record, columns)
}

function restIsEmpty(record: CsvRecord, columns: number): boolean {
  for (let field = columns; field < record.fields; field += 1) {
    if (record.starts[field] !== record.ends[field]) return false
  }
  return true
}

function repairsOf(counts: Counts, layout: CsvLayout): Repair[] {
  const fields = layout.names.length
  const repairs: Repair[] = [
    { code: 'blank_lines', detail: 'lines with nothing on them were left out', count: counts.blankLines },
    { code: 'short_rows', detail: `rows with fewer than ${fields} fields were filled up with missing values`, count: counts.short },
    { code: 'trailing_delimiters', detail: `empty fields after the ${fields} of the header were left out`, count: counts.trailing },
    { code: 'stray_quotes', detail: 'quotes that were not closed, not doubled, or surrounded by blanks were taken as they most likely were meant', count: counts.stray },
    { code: 'rejected_rows', detail: `rows with more than ${fields} fields were set aside: records ${listed(counts.rejectedAt)}`, count: counts.rejected },
  ]
  return repairs.filter((repair) => repair.count > 0)
}
