import { rm } from 'node:fs/promises'
import type { Column, ReadOptions, Table } from '#core/dataset'
import type { Cancellable } from '#core/ports'
import { inferTypes } from './infer-types.ts'
import type { Inferred, Known } from './infer-types.ts'
import { ambiguousDays } from './local-dates.ts'
import { ambiguousNumbers } from './marked-numbers.ts'
import type { Repair } from './header-names.ts'
import { listed } from './header-names.ts'
import { copyOptions, storeTable, writeRows } from './materialise-table.ts'
import type { Parts } from './materialise-table.ts'
import { parquetSource } from './parquet-source.ts'
import { quotedText } from './quoted-text.ts'
import type { Session } from './session.ts'
import type { SetAsideFile } from './set-aside-file.ts'
import { settleSuspects } from './settle-suspects.ts'
import type { Staged } from './stage-csv.ts'
import { escapeMark, escapes, fieldSeparator } from './staged-file.ts'
import { reasonOf } from './suspects.ts'
import type { TypeTest } from './type-tests.ts'

interface StagedTable {
  readonly path: string
  readonly staged: Staged
  readonly names: readonly string[]
  /** So many of the last columns have no name in the file. */
  readonly unnamed: number
  /** Takes the rows that turn out to be none of the table. */
  readonly aside: SetAsideFile
  readonly told: ReadOptions
  readonly delimiter: number
  /** Numbers were written plainly, whatever notation the texts of the file have. */
  readonly typed: boolean
}

export interface StoredTable {
  readonly table: Table
  readonly repairs: readonly Repair[]
  /** How it writes numbers and dates, where the table shows it. */
  readonly shown: Pick<ReadOptions, 'decimal' | 'date_order'>
}

/** A table of so few cells is staged in memory. */
const fewCells = 2_000_000

/** Finds the types of the staged text and stores it as a table. */
export async function storeStaged(
  parts: Parts,
  request: StagedTable,
  options: Cancellable,
): Promise<StoredTable> {
  const parquet = parts.database.temporaryPath('parquet')
  const repairs: Repair[] = []
  let shown: StoredTable['shown'] = {}
  const write = async (session: Session, path: string) => {
    const all = await stage(session, request, parquet)
    await rm(request.path, { force: true })
    const { source, aside } = await settleSuspects(session, all, request.staged)
    for (const suspect of aside) request.aside.add({ ...suspect, reason: reasonOf(suspect) })
    const inferred = await inferTypes(session, source, knownOf(request))
    const { types } = inferred
    shown = { decimal: inferred.decimal, date_order: inferred.dateOrder }
    repairs.push(...notesOf(inferred, request.names))
    const names = request.names.slice(0, request.names.length - emptyAtEnd(request))
    if (names.length < request.names.length) repairs.push({ ...endedLines, count: request.names.length - names.length })
    const columns = names.map((name, i): Column => ({ id: `c${i}`, name, ...typeOf(types.get(i)) }))
    const casts = columns.map((column, i) => `${castOf(i, types, request.staged)} AS ${column.id}`)
    const query = { parts: [`SELECT row_id, ${casts.join(', ')} FROM ${source}`], values: [] }
    return writeRows(session, { query, columns }, path)
  }
  try {
    const table = await storeTable(parts, write, options)
    return { table, repairs, shown }
  } finally {
    await rm(parquet, { force: true })
  }
}

const endedLines = { code: 'trailing_delimiters', detail: 'columns at the end without a name and without any value were left out' }

/** Columns that are there only because each line ends with a delimiter; one column stays at least. */
function emptyAtEnd({ staged, names, unnamed }: StagedTable): number {
  const named = staged.met.classes.findLastIndex((seen, column) => seen !== 0 || column < names.length - unnamed)
  return names.length - Math.max(1, named + 1)
}

const semicolon = 0x3b

function knownOf({ staged, told, typed, delimiter }: StagedTable): Known {
  return { classes: staged.met.classes, told, typed, asCommas: delimiter === semicolon }
}

/**
 * All cells as text; answers where to read them. Long tables go to Parquet first: types are then found reading only the
 * columns and the dictionaries needed, and memory stays free.
 */
async function stage(session: Session, request: StagedTable, parquet: string): Promise<string> {
  const source = `SELECT * FROM ${csvSource(request)}`
  if (request.staged.rows * request.names.length <= fewCells) {
    await session.run(`CREATE TEMP TABLE staged AS ${source}`)
    return 'staged'
  }
  await session.run(`COPY (${source}) TO ${quotedText(parquet)} (${copyOptions(request.names.length)})`)
  return parquetSource(parquet)
}

/** Every option is given, so that nothing is guessed. */
function csvSource(request: StagedTable): string {
  const columns = request.names.map((_, i) => `'c${i}': 'VARCHAR'`)
  const line = Math.max(2 << 20, request.staged.longestLine + 1_024)
  const options = [
    "auto_detect = false, header = false, quote = '', escape = '', nullstr = '', new_line = '\\n'",
    `delim = ${quotedText(String.fromCharCode(fieldSeparator))}`,
    `max_line_size = ${line}, buffer_size = ${Math.max(32 << 20, line * 2)}`,
    `columns = {'row_id': 'BIGINT', ${columns.join(', ')}}`,
  ]
  return `read_csv(${quotedText(request.path)}, ${options.join(', ')})`
}

function typeOf(test: TypeTest | undefined): Pick<Column, 'type' | 'notation'> {
  if (test === undefined) return { type: 'text' }
  return test.notation === undefined ? { type: test.type } : { type: test.type, notation: test.notation }
}

function castOf(column: number, types: ReadonlyMap<number, TypeTest>, staged: Staged): string {
  const cell = `c${column}`
  if (staged.met.escaped.has(column)) return unescaped(cell)
  return types.get(column)?.cast(cell) ?? cell
}

function unescaped(cell: string): string {
  const undone = escapes.reduce(
    (text, [byte, letter]) => `replace(${text}, chr(${escapeMark}) || '${letter}', chr(${byte}))`,
    cell,
  )
  return undone
}

function notesOf({ types, ambiguous, ambiguousDates }: Inferred, names: readonly string[]): Repair[] {
  const noted = new Map<string, { detail: string; names: string[] }>()
  for (const [column, { note }] of types) {
    if (note === undefined) continue
    const entry = noted.get(note.code) ?? { detail: note.detail, names: [] }
    entry.names.push(names[column] ?? '')
    noted.set(note.code, entry)
  }
  for (const [note, columns] of [[ambiguousNumbers, ambiguous], [ambiguousDays, ambiguousDates]] as const) {
    if (columns.length > 0) noted.set(note.code, { ...note, names: columns.map((column) => names[column] ?? '') })
  }
  return [...noted].map(([code, entry]) => ({
    code,
    detail: `${entry.detail}: ${listed(entry.names)}`,
    count: entry.names.length,
  }))
}
