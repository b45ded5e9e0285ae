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
  readonly classes: Uint16Array
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
  const staged = await StagedFile.create(path, layout.names.length)
  try {
    const record = newRecord()
    let rest: Buffer = Buffer.alloc(0)
    let wanted = 0
    for await (const piece of source) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      if (rest.length < wanted) continue
      rest = await takeAll({ bytes: rest, final: false, layout }, { record, counts, staged })
      // A record that outgrew the window is looked at again only when the window has doubled.
      wanted = rest.length * 2
    }
    await takeAll({ bytes: rest, final: true, layout }, { record, counts, staged })
  } finally {
    await staged.close()
  }
  const { rows, escapedColumns, classes, longestLine } = staged
  return {
    rows,
    escapedColumns,
    classes,
    longestLine,
    rejected: counts.rejected,
    blankLines: counts.blankLines,
    repairs: repairsOf(counts, layout, staged.marks),
  }
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

/** Bytes between two turns of the event loop. */
const bytesAStep = 1 << 19

/** Takes every whole record; answers what is left. */
async function takeAll(input: Input, output: Output): Promise<Buffer> {
  let rest = input.bytes
  for (;;) {
    const taken = takeRecords({ ...input, bytes: rest }, output)
    await output.staged.flush()
    rest = rest.subarray(taken)
    if (taken < bytesAStep) return rest
  }
}

/** Takes whole records for a while; answers where the next one starts. */
function takeRecords(input: Input, output: Output): number {
  const { bytes, final, layout } = input
  const { record, counts } = output
  let from = 0
  while (from < bytes.length && from < bytesAStep) {
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
  staged.add(bytes, record)
}

function restIsEmpty(record: CsvRecord, columns: number): boolean {
  for (let field = columns; field < record.fields; field += 1) {
    if (record.starts[field] !== record.ends[field]) return false
  }
  return true
}

function repairsOf(counts: Counts, layout: CsvLayout, marks: number): Repair[] {
  const fields = layout.names.length
  const repairs: Repair[] = [
    { code: 'blank_lines', detail: 'lines with nothing on them were left out', count: counts.blankLines },
    {
      code: 'short_rows',
      detail: `rows with fewer than ${fields} fields were filled up with missing values`,
      count: counts.short,
    },
    {
      code: 'trailing_delimiters',
      detail: `empty fields after the ${fields} of the header were left out`,
      count: counts.trailing,
    },
    {
      code: 'stray_quotes',
      detail:
        'quotes that were not closed, not doubled, or surrounded by blanks were taken as they most likely were meant',
      count: counts.stray,
    },
    {
      code: 'byte_order_marks',
      detail: 'invisible byte order marks at the start of cells were left out',
      count: marks,
    },
    {
      code: 'rejected_rows',
      detail: `rows with more than ${fields} fields were set aside: records ${listed(counts.rejectedAt)}`,
      count: counts.rejected,
    },
  ]
  return repairs.filter((repair) => repair.count > 0)
}
