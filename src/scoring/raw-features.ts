import type { ColumnType } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import type { Value } from '#ml/compiled-model'
import { compilePipeline } from '#steps/compile-pipeline'
import type { BoundStep, Row } from '#steps/step-type'
import { featureValue } from './feature-value.ts'
import type { RawCells } from './raw-cells.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** Takes the cells of a raw row to what the model reads, in its order. */
export interface RawFeatures {
  readonly values: Value[]
  /** Whether the steps behind a feature look at its row alone and learnt nothing, by position. */
  readonly rowwise: readonly boolean[]
  run(): void
}

/**
 * Compiles the pipeline for single rows. A feature that no step writes is its raw cell; only what the others are made
 * of passes through steps, and steps that they do not depend on are left out.
 */
export function rawFeatures(document: ScorerDocument, raw: RawCells, reads: readonly string[]): Result<RawFeatures> {
  const { spec, columns, state } = document.pipeline
  const compiled = compilePipeline(spec, columns, state)
  if (!compiled.ok) return compiled
  const { steps, output } = compiled.value
  const types = new Map(document.features.map(({ name, type }) => [name, type]))
  const written = new Set(steps.flatMap(writesOf))
  const wanted = reads.map((feature, place): Wanted => {
    const id = output.find(({ name }) => name === feature)?.id ?? ''
    const source = written.has(id) ? -1 : raw.columns.findIndex((column) => column.id === id)
    return { place, id, type: types.get(feature) ?? 'number', source }
  })
  const direct = wanted.filter(({ source }) => source >= 0)
  const stepped = wanted.filter(({ source }) => source < 0)
  const behind = stepsBehind(steps, stepped.map(({ id }) => id))
  const values: Value[] = reads.map(() => null)
  const runSteps = stepRunner(behind, state, raw)
  function run(): void {
    for (let i = 0; i < direct.length; i++) {
      const { place, type, source } = direct[i] as Wanted
      const cell = raw.cells[source] as Cell
      values[place] = isPlain(cell, type) ? cell : featureValue(cell, type)
    }
    if (stepped.length === 0) return
    const done = runSteps()
    for (let i = 0; i < stepped.length; i++) {
      const { place, type, id } = stepped[i] as Wanted
      values[place] = featureValue(done[id] ?? null, type)
    }
  }
  return accept({ values, rowwise: wanted.map(({ id }) => stepsBehind(steps, [id]).every((step) => step.rowwise)), run })
}

interface Wanted {
  /** Position in what the model reads. */
  readonly place: number
  readonly id: string
  readonly type: ColumnType
  /** Position of the raw cell that it is; -1 where it comes out of steps. */
  readonly source: number
}

/** What most cells are: a value that needs no conversion. */
function isPlain(cell: Cell, type: ColumnType): cell is string | number {
  return type === 'text' ? typeof cell === 'string' : typeof cell === 'number' && (type === 'number' || type === 'integer')
}

function writesOf({ contract, created }: BoundStep): string[] {
  return [...contract.changes.map(({ id }) => id), ...created.map(({ id }) => id)]
}

/** The steps that some columns depend on, in their order. */
function stepsBehind(steps: readonly BoundStep[], ids: readonly string[]): BoundStep[] {
  const needed = new Set(ids)
  const behind: BoundStep[] = []
  for (const step of steps.toReversed()) {
    if (!writesOf(step).some((id) => needed.has(id))) continue
    for (const id of step.contract.reads) needed.add(id)
    behind.unshift(step)
  }
  return behind
}

/** A row for the steps holds the raw columns that one of them reads or writes, and no others. */
function stepRunner(steps: readonly BoundStep[], state: ScorerDocument['pipeline']['state'], raw: RawCells): () => Row {
  const ids = new Set(steps.flatMap((step) => [...step.contract.reads, ...writesOf(step)]))
  const rows = steps.map((step) => step.row(state[step.spec.id] ?? {}))
  const blank: Record<string, Cell> = Object.fromEntries((steps[0]?.before ?? []).filter(({ id }) => ids.has(id)).map(({ id }) => [id, null]))
  const sources = raw.columns.flatMap(({ id }, source) => (id in blank ? [{ id, source }] : []))
  return function runSteps() {
    const cells = { ...blank }
    for (const { id, source } of sources) cells[id] = raw.cells[source] as Cell
    let row: Row = cells
    for (const step of rows) row = step(row)
    return row
  }
}
