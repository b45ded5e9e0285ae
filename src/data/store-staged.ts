import { rm } from 'node:fs/promises'
import type { Column, Table } from '#core/dataset'
import type { Cancellable } from '#core/ports'
import { inferTypes } from './infer-types.ts'
import type { Repair } from './header-names.ts'
import { listed } from './header-names.ts'
import { copyOptions, storeTable, writeRows } from './materialise-table.ts'
import type { Parts } from './materialise-table.ts'
import { parquetSource } from './parquet-source.ts'
import { quotedText } from './quoted-text.ts'
import type { Session } from './session.ts'
import type { Staged } from './stage-csv.ts'
import { escapeMark, escapes, fieldSeparator } from './staged-file.ts'
import type { TypeTest } from './type-tests.ts'

interface StagedTable {
  readonly path: string
  readonly staged: Staged
  readonly names: readonly string[]
}

/** A table of so few cells is staged in memory. */
const fewCells = 2_000_000

/** Finds the types of the staged text and stores it as a table. */
export async function storeStaged(
  parts: Parts,
  request: StagedTable,
  options: Cancellable,
): Promise<{ table: Table; repairs: Repair[] }> {
  const parquet = parts.database.temporaryPath('parquet')
  const repairs: Repair[] = []
  const write = async (session: Session, path: string) => {
    const source = await stage(session, request, parquet)
    await rm(request.path, { force: true })
    const types = await inferTypes(session, source, request.staged.classes)
    repairs.push(...notesOf(types, request.names))
    const columns = request.names.map((name, i): Column => ({ id: `c${i}`, name, type: types.get(i)?.type ?? 'text' }))
    const casts = columns.map((column, i) => `${castOf(i, types, request.staged)} AS ${column.id}`)
    const query = { parts: [`SELECT row_id, ${casts.join(', ')} FROM ${source}`], values: [] }
    return writeRows(session, { query, columns }, path)
  }
  try {
    return { table: await storeTable(parts, write, options), repairs }
  } finally {
    await rm(parquet, { force: true })
  }
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

function castOf(column: number, types: ReadonlyMap<number, TypeTest>, staged: Staged): string {
  const cell = `c${column}`
  if (staged.escapedColumns.has(column)) return unescaped(cell)
  return types.get(column)?.cast(cell) ?? cell
}

function unescaped(cell: string): string {
  const undone = escapes.reduce(
    (text, [byte, letter]) => `replace(${text}, chr(${escapeMark}) || '${letter}', chr(${byte}))`,
    cell,
  )
  return undone
}

function notesOf(types: ReadonlyMap<number, TypeTest>, names: readonly string[]): Repair[] {
  const noted = new Map<string, { detail: string; names: string[] }>()
  for (const [column, { note }] of types) {
    if (note === undefined) continue
    const entry = noted.get(note.code) ?? { detail: note.detail, names: [] }
    entry.names.push(names[column] ?? '')
    noted.set(note.code, entry)
  }
  return [...noted].map(([code, entry]) => ({
    code,
    detail: `${entry.detail}: ${listed(entry.names)}`,
    count: entry.names.length,
  }))
}
