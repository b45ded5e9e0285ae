import type { Column as RawColumn } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import { columnKey } from '#core/find-column'
import type { Cell } from '#core/ports'
import type { Column, Table } from '#ml/table'
import { compilePipeline } from '#steps/compile-pipeline'
import { pipelineLineage } from '#steps/pipeline-graph'
import { featureValue } from './feature-value.ts'
import { readRawCell } from './read-raw-cell.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** A batch of raw rows as the model reads it. */
export interface Batch {
  /** One column for each feature of the model; a value that is missing or unreadable is missing. */
  readonly table: Table
  /** By feature: the raw columns that it is made of and that no row has. */
  readonly lacking: ReadonlyMap<string, readonly string[]>
  /** By feature: cells of its raw columns that hold nothing of the type they had at training. */
  readonly unreadable: ReadonlyMap<string, number>
}

export interface BatchReader {
  /** Takes one row in, columns by their names in the training file; what is no object is a row without values. */
  add(row: unknown): void
  batch(): Batch
}

/** Opens a reader of one batch. Unlike prediction it refuses no row: what is wrong with rows is what a monitor is to see. */
export function batchReader(document: ScorerDocument): Result<BatchReader> {
  const compiled = compilePipeline(document.pipeline.spec, document.pipeline.columns, document.pipeline.state)
  if (!compiled.ok) return compiled
  const pipeline = compiled.value
  const steps = pipeline.steps.map((step) => step.row(document.pipeline.state[step.spec.id] ?? {}))
  const blank: Record<string, Cell> = Object.fromEntries(pipeline.input.map(({ id }) => [id, null]))
  const raw = rawCounts(document.pipeline)
  const columns = document.features.map((feature) => {
    const from = pipeline.output.find(({ name }) => name === feature.name)
    return { ...feature, id: from?.id ?? '', cells: growingColumn(feature.type === 'text' ? 'category' : 'numeric') }
  })
  function add(row: unknown): void {
    const cells = { ...blank }
    raw.read(row, cells)
    let prepared: Readonly<Record<string, Cell>> = cells
    for (const step of steps) prepared = step(prepared)
    for (const { id, type, cells: values } of columns) values.push(featureValue(prepared[id] ?? null, type))
  }
  function batch(): Batch {
    const made = columns.map(({ name, cells }) => cells.column(name))
    const table = { rows: raw.rows(), columns: made }
    const sources = pipelineLineage(pipeline)
    const rawOf = (feature: string) => [...new Set(sources.filter(({ to }) => to === feature).map(({ from }) => from))]
    const byFeature = document.features.map(({ name }) => ({ name, from: rawOf(name) }))
    return {
      table,
      lacking: new Map(byFeature.map(({ name, from }) => [name, from.filter((column) => !raw.seen(column))])),
      unreadable: new Map(byFeature.map(({ name, from }) => [name, from.reduce((sum, column) => sum + raw.unreadable(column), 0)])),
    }
  }
  return accept({ add, batch })
}

interface RawCounts {
  read(row: unknown, cells: Record<string, Cell>): void
  rows(): number
  seen(name: string): boolean
  unreadable(name: string): number
}

/** More different names than this are looked up anew each time, so that strange rows cannot fill the memory. */
const mostNames = 10_000

/** Reads the columns that the model uses out of raw rows, and counts what is found. */
function rawCounts({ columns, reads }: ScorerDocument['pipeline']): RawCounts {
  const wanted = new Set(reads)
  const find = nameFinder(columns)
  const known = new Map<string, RawColumn | null>()
  const seen = new Set<string>()
  const unreadable = new Map<string, number>()
  let rows = 0
  function columnOf(name: string): RawColumn | null {
    const before = known.get(name)
    if (before !== undefined) return before
    const found = find(name)
    const column = found !== null && wanted.has(found.name) ? found : null
    if (known.size < mostNames) known.set(name, column)
    return column
  }
  return {
    read(row, cells) {
      rows++
      if (typeof row !== 'object' || row === null || Array.isArray(row)) return
      for (const [name, value] of Object.entries(row)) {
        const column = columnOf(name)
        if (column === null || (column.name !== name && cells[column.id] !== null)) continue
        const read = readRawCell(value, column.type)
        seen.add(column.name)
        cells[column.id] = read.ok ? read.cell : null
        if (!read.ok) unreadable.set(column.name, (unreadable.get(column.name) ?? 0) + 1)
      }
    },
    rows: () => rows,
    seen: (name) => seen.has(name),
    unreadable: (name) => unreadable.get(name) ?? 0,
  }
}

/** Finds the column that a name means: exactly, else blanks and case forgiven where one matches. */
function nameFinder(columns: readonly RawColumn[]): (name: string) => RawColumn | null {
  const exact = new Map(columns.map((column) => [column.name, column]))
  const byKey = new Map<string, RawColumn | null>()
  for (const column of columns) {
    const key = columnKey(column.name)
    byKey.set(key, byKey.has(key) ? null : column)
  }
  return (name) => exact.get(name) ?? byKey.get(columnKey(name)) ?? null
}

interface GrowingColumn {
  push(value: number | string | null): void
  column(name: string): Column
}

function growingColumn(kind: Column['kind']): GrowingColumn {
  const numbers: number[] = []
  if (kind === 'numeric') {
    return {
      push: (value) => void numbers.push(typeof value === 'number' ? value : Number.NaN),
      column: (name) => ({ name, kind, values: Float64Array.from(numbers) }),
    }
  }
  const codes = new Map<string, number>()
  return {
    push(value) {
      if (value === null) {
        numbers.push(-1)
        return
      }
      const text = String(value)
      const code = codes.get(text) ?? codes.size
      if (code === codes.size) codes.set(text, code)
      numbers.push(code)
    },
    column: (name) => ({ name, kind, codes: Int32Array.from(numbers), levels: [...codes.keys()] }),
  }
}
