import { stat } from 'node:fs/promises'
import { SignalboxError } from '#core/errors'
import type { Converted } from './converted.ts'
import { listed } from './header-names.ts'
import type { Repair } from './header-names.ts'
import { openWorkbook } from './open-workbook.ts'
import type { Reading } from './reading.ts'
import type { SheetCell, Workbook } from './workbook.ts'
import { writeGrid } from './write-grid.ts'

/** Rewrites one sheet of a workbook as delimited text: the one that is told, else the first that holds a table. */
export async function convertWorkbook(reading: Reading, path: string, signal: AbortSignal): Promise<Converted> {
  const { told = {}, fileName } = reading
  const workbook = await openWorkbook(reading)
  const sheet = await chooseSheet(workbook, told.sheet, fileName)
  const timed = await timedColumns(workbook, sheet, signal)
  const cells = new CellTexts(timed)
  const written = await writeGrid(path, () => textRows(workbook, sheet, { cells, signal }))
  if (written.rows === 0) throw new SignalboxError({ code: 'FILE_EMPTY', message: `the sheet ${JSON.stringify(sheet)} of ${fileName} has nothing in it` })
  const { sheet: _sheet, ...rest } = told
  return {
    path,
    format: 'xlsx',
    bytes: (await stat(reading.path)).size,
    encoding: 'utf-8',
    told: { ...rest, encoding: 'utf-8', delimiter: ',' },
    options: { sheet },
    records: false,
    repairs: [...otherSheets(workbook, sheet), ...cells.repairs()],
    aside: [],
  }
}

/** A table has a header and a row at least. */
const fewestRows = 2

async function chooseSheet(workbook: Workbook, told: string | undefined, fileName: string): Promise<string> {
  const named = workbook.sheets.find((sheet) => sheet === told) ?? workbook.sheets.find((sheet) => sheet.trim().toLowerCase() === told?.trim().toLowerCase())
  if (named !== undefined) return named
  if (told !== undefined) {
    const message = `${fileName} has no sheet ${JSON.stringify(told)}; it has ${listed(workbook.sheets.map((sheet) => JSON.stringify(sheet)))}`
    throw new SignalboxError({ code: 'FILE_UNREADABLE', message, suggestion: 'Name one of these, or leave sheet out.' })
  }
  for (const sheet of workbook.sheets) {
    let rows = 0
    for await (const _row of workbook.rows(sheet, fewestRows)) rows += 1
    if (rows >= fewestRows) return sheet
  }
  throw new SignalboxError({ code: 'FILE_EMPTY', message: `no sheet of ${fileName} holds a table`, suggestion: 'Send a sheet with a header and at least one row.' })
}

function otherSheets({ sheets }: Workbook, sheet: string): Repair[] {
  const others = sheets.filter((name) => name !== sheet)
  if (others.length === 0) return []
  const detail = `the sheet ${JSON.stringify(sheet)} was read; the option sheet chooses another: ${listed(others.map((name) => JSON.stringify(name)))}`
  return [{ code: 'other_sheets', detail, count: others.length }]
}

/** Columns that hold times of day: all their dates are written with one, so that they are of one type. */
async function timedColumns(workbook: Workbook, sheet: string, signal: AbortSignal): Promise<Set<number>> {
  const timed = new Set<number>()
  for await (const row of workbook.rows(sheet)) {
    signal.throwIfAborted()
    row.forEach((cell, column) => {
      if (cell instanceof Date && cell.getTime() % 86_400_000 !== 0) timed.add(column)
    })
  }
  return timed
}

async function* textRows(workbook: Workbook, sheet: string, { cells, signal }: { cells: CellTexts; signal: AbortSignal }): AsyncGenerator<string[]> {
  cells.restart()
  for await (const row of workbook.rows(sheet)) {
    signal.throwIfAborted()
    yield row.map((cell, column) => cells.textOf(cell, column))
  }
}

const errors = new Set(['#N/A', '#DIV/0!', '#REF!', '#VALUE!', '#NAME?', '#NUM!', '#NULL!', '#SPILL!', '#CALC!', '#GETTING_DATA'])

/** Before this, a spreadsheet's date is a time of day alone. */
const firstDay = Date.UTC(1900, 0, 1)

/** Cells as texts that are typed again like those of any text file. */
class CellTexts {
  #errors = 0
  readonly #timed: ReadonlySet<number>

  constructor(timed: ReadonlySet<number>) {
    this.#timed = timed
  }

  restart(): void {
    this.#errors = 0
  }

  textOf(cell: SheetCell, column: number): string {
    if (cell === null) return ''
    if (cell instanceof Date) return dateText(cell, this.#timed.has(column))
    if (typeof cell === 'string' && errors.has(cell)) {
      this.#errors += 1
      return ''
    }
    return String(cell)
  }

  repairs(): Repair[] {
    if (this.#errors === 0) return []
    return [{ code: 'error_cells', detail: 'cells with an error such as #N/A were read as missing', count: this.#errors }]
  }
}

function dateText(date: Date, timed: boolean): string {
  if (Number.isNaN(date.getTime())) return ''
  const text = date.toISOString().replace(/(\.000)?Z$/, '')
  if (date.getTime() < firstDay) return text.slice(11)
  return timed ? text : text.slice(0, 10)
}
