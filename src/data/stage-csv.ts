import { isBlankLine } from './csv-sample.ts'
import { newRecord, scanRecord } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'
import type { CsvLayout } from './csv-layout.ts'
import { headerAgain } from './header-again.ts'
import type { Repair } from './header-names.ts'
import { oddityOf } from './odd-rows.ts'
import type { SetAsideFile } from './set-aside-file.ts'
import { stagingRepairs } from './staging-repairs.ts'
import type { StagingCounts } from './staging-repairs.ts'
import { StagedFile } from './staged-file.ts'
import type { CellMarks } from './staged-file.ts'
import { Suspects } from './suspects.ts'

/** What was met on the way through the file. */
export interface Staged {
  readonly rows: number
  /** Rows with more fields than can be. */
  readonly tooLong: number
  readonly blankLines: number
  readonly met: CellMarks
  readonly longestLine: number
  readonly suspects: Suspects
  readonly repairs: readonly Repair[]
}

export interface StagingTarget {
  readonly path: string
  readonly aside: SetAsideFile
}

/** Reads the text once, record by record, and writes the rows where the database can read them. */
export async function stageCsv(
  source: AsyncIterable<Buffer>,
  layout: CsvLayout,
  { path, aside }: StagingTarget,
): Promise<Staged> {
  const columns = layout.names.length
  const counts: StagingCounts = { records: 0, blankLines: 0, short: 0, trailing: 0, stray: 0, tooLong: 0, tooLongAt: [] }
  const staged = await StagedFile.create(path, columns)
  const isHeaderAgain = headerAgain(layout.header)
  const output = { record: newRecord(), counts, staged, aside, suspects: new Suspects(columns), isHeaderAgain }
  try {
    let rest: Buffer = Buffer.alloc(0)
    let wanted = 0
    for await (const piece of source) {
      rest = rest.length === 0 ? piece : Buffer.concat([rest, piece])
      if (rest.length < wanted) continue
      rest = await takeAll({ bytes: rest, final: false, layout }, output)
      // A record that outgrew the window is looked at again only when the window has doubled.
      wanted = rest.length * 2
    }
    await takeAll({ bytes: rest, final: true, layout }, output)
  } finally {
    await staged.close()
  }
  return {
    rows: staged.rows,
    met: staged.met,
    longestLine: staged.longestLine,
    suspects: output.suspects,
    tooLong: counts.tooLong,
    blankLines: counts.blankLines,
    repairs: stagingRepairs(counts, columns, staged.marks),
  }
}

interface Input {
  readonly bytes: Buffer
  readonly final: boolean
  readonly layout: CsvLayout
}

interface Output {
  readonly record: CsvRecord
  readonly counts: StagingCounts
  readonly staged: StagedFile
  readonly aside: SetAsideFile
  readonly suspects: Suspects
  readonly isHeaderAgain: ReturnType<typeof headerAgain>
}

/** Bytes between two turns of the event loop. */
const bytesAStep = 1 << 19

/** Takes every whole record; answers what is left. */
async function takeAll(input: Input, output: Output): Promise<Buffer> {
  let rest = input.bytes
  for (;;) {
    const taken = takeRecords({ ...input, bytes: rest }, output)
    await output.staged.flush()
    await output.aside.flush()
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
    else takeRow({ bytes, from }, layout, output)
    from = record.next
  }
  return from
}

interface Place {
  readonly bytes: Buffer
  readonly from: number
}

function takeRow(place: Place, layout: CsvLayout, output: Output): void {
  const { record, counts, aside } = output
  const { bytes } = place
  counts.records += 1
  if (counts.records <= layout.recordsAbove) return
  const columns = layout.names.length
  counts.stray += record.strayQuotes
  const tooLong = record.fields > columns && !restIsEmpty(record, columns)
  if (tooLong) {
    counts.tooLong += 1
    if (counts.tooLongAt.length < 100) counts.tooLongAt.push(String(counts.records))
  }
  if (tooLong || output.isHeaderAgain(bytes, record)) {
    const reason = tooLong ? 'too_many_fields' : 'repeated_header'
    aside.add({ record: counts.records, reason, text: rowText(place, record) })
    return
  }
  const { wordyRows, records = false } = layout
  const oddity = records ? undefined : oddityOf(bytes, record, { columns, wordyRows })
  if (oddity === 'stray') {
    aside.add({ record: counts.records, reason: 'junk_row', text: rowText(place, record) })
    return
  }
  if (record.fields > columns) counts.trailing += 1
  else if (record.fields < columns && oddity === undefined) counts.short += 1
  stageRow(place, oddity, output)
}

/** A suspect is staged like any row, but what is met in it is kept apart until it is known to be one of the table. */
function stageRow(place: Place, oddity: ReturnType<typeof oddityOf>, { record, counts, staged, suspects }: Output): void {
  if (oddity === undefined || oddity === 'stray') {
    suspects.passed(staged.met)
    staged.add(place.bytes, record)
    return
  }
  const suspect = { row: staged.rows, record: counts.records, oddity, text: rowText(place, record) }
  staged.add(place.bytes, record, suspects.add(suspect, staged.met))
}

/** The row as it stands in the file, its line end left out. */
function rowText({ bytes, from }: Place, record: CsvRecord): string {
  return bytes.toString('utf8', from, record.next).replace(/[\r\n]+$/, '')
}

function restIsEmpty(record: CsvRecord, columns: number): boolean {
  for (let field = columns; field < record.fields; field += 1) {
    if (record.starts[field] !== record.ends[field]) return false
  }
  return true
}
