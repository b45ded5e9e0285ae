import { createHash } from 'node:crypto'
import { canonicalJson, type Json } from '#core/canonical-json'
import type { Column, ColumnType, Table } from '#core/dataset'
import type { Cell, Compute, DataEngine, JsonBlobs, Values } from '#core/ports'
import { type Sql, sqlText } from '#core/sql'
import type { Context } from '#ml/context'
import { tasks } from '#ml/tasks'
import type { Tools } from '#phases/phase'

/** A column of a table made for a test; cells as a query would answer them, dates as numbers. */
export interface MadeColumn {
  readonly name: string
  readonly type: ColumnType
  readonly cells: readonly Cell[]
}

export interface MadeTable {
  readonly table: Table
  readonly columns: readonly MadeColumn[]
}

/** A table in memory whose columns are c0, c1, … in the given order. */
export function makeTable(columns: readonly MadeColumn[]): MadeTable {
  const described = columns.map(({ name, type }, i): Column => ({ id: `c${i}`, name, type }))
  const hash = createHash('sha256')
    .update(canonicalJson(columns.map(({ name, cells }) => ({ name, cells }))))
    .digest('hex')
  return { columns, table: { hash, rows: columns[0]?.cells.length ?? 0, columns: described } }
}

/** JSON blobs in memory. */
export function memoryBlobs(): JsonBlobs {
  const kept = new Map<string, string>()
  return {
    async put(value) {
      const text = canonicalJson(value)
      const hash = createHash('sha256').update(text).digest('hex')
      kept.set(hash, text)
      return hash
    },
    async get(hash) {
      const text = kept.get(hash)
      if (text === undefined) throw new Error(`no blob ${hash}`)
      const value: Json = JSON.parse(text)
      return value
    },
  }
}

/** Runs the tasks on this thread. */
export function inlineCompute(): Compute {
  const byName = new Map(
    Object.entries(tasks).map(([task, run]): [string, (input: never, context: Context) => unknown] => [task, run]),
  )
  const run: Compute['run'] = async (task, input, { signal }) => {
    signal.throwIfAborted()
    const found = byName.get(task)
    if (found === undefined) throw new Error(`no task ${task}`)
    return found(input as never, { signal })
  }
  return {
    run,
    async parallel(task, inputs, observed) {
      const results: unknown[] = []
      for (const input of inputs) results.push(await run(task, input, observed))
      return results
    },
    async close() {},
  }
}

/** Serves whole columns of made tables; knows just the requests that training makes. */
export function memoryEngine(tables: readonly MadeTable[]): DataEngine {
  const refuse = async (): Promise<never> => {
    throw new Error('this engine serves columns only')
  }
  return {
    query: refuse,
    materialise: refuse,
    profile: refuse,
    async columns({ table, columns, where }) {
      const made = tables.find((candidate) => candidate.table.hash === table)
      if (made === undefined) throw new Error(`no table ${table}`)
      const rows = rowsWhere(made, where)
      return columns.map(({ kind, expression }) => valuesOf(cellsOf(made, sqlText(expression), rows), kind))
    },
  }
}

function rowsWhere(made: MadeTable, where: Sql | undefined): number[] {
  const all = Array.from({ length: made.table.rows }, (_, row) => row)
  if (where === undefined) return all
  const text = sqlText(where)
  const negated = text.startsWith('NOT ')
  const flags = cellsOf(made, negated ? text.slice(4) : text, all)
  return all.filter((row) => (flags[row] === true) !== negated)
}

function cellsOf(made: MadeTable, quoted: string, rows: readonly number[]): Cell[] {
  const at = made.table.columns.findIndex((column) => `"${column.id}"` === quoted)
  const cells = made.columns[at]?.cells
  if (cells === undefined) throw new Error(`no column ${quoted}`)
  return rows.map((row) => cells[row] ?? null)
}

function valuesOf(cells: readonly Cell[], kind: 'numeric' | 'category'): Values {
  if (kind === 'numeric') {
    const values = new Float64Array(new SharedArrayBuffer(8 * cells.length))
    cells.forEach((cell, row) => {
      values[row] = cell === null ? Number.NaN : Number(cell)
    })
    return { kind, values }
  }
  const levels = [...new Set(cells.flatMap((cell) => (cell === null ? [] : [String(cell)])))].sort()
  const places = new Map(levels.map((level, place) => [level, place]))
  const codes = new Int32Array(new SharedArrayBuffer(4 * cells.length))
  cells.forEach((cell, row) => {
    codes[row] = cell === null ? -1 : (places.get(String(cell)) ?? -1)
  })
  return { kind, codes, levels }
}

/** Tools over made tables; anything may be replaced. */
export function memoryTools(tables: readonly MadeTable[], replaced: Partial<Tools> = {}): Tools {
  return {
    data: memoryEngine(tables),
    blobs: memoryBlobs(),
    compute: inlineCompute(),
    seed: 1,
    signal: new AbortController().signal,
    progress: () => undefined,
    ...replaced,
  }
}
