import { columnKey } from '#core/find-column'
import type { Cell } from '#core/ports'
import type { Pipeline, PipelineState } from './compile-pipeline.ts'
import type { Row } from './step-type.ts'

/**
 * The pipeline as a function of one row by display name, for prediction. A column that the row lacks is missing, one
 * that the pipeline does not know is ignored.
 */
export function rowRunner(pipeline: Pipeline, state: PipelineState = {}): (row: Readonly<Record<string, Cell>>) => Record<string, Cell> {
  const steps = pipeline.steps.map((step) => step.row(state[step.spec.id] ?? {}))
  const exact = new Map(pipeline.input.map((column) => [column.name, column.id]))
  const forgiving = forgivingNames(pipeline)
  return function runRow(row) {
    const cells: Record<string, Cell> = Object.fromEntries(pipeline.input.map((column) => [column.id, null]))
    const given = Object.entries(row)
    for (const [key, cell] of given) {
      const id = exact.get(key) ?? forgiving.get(columnKey(key))
      if (id !== undefined && (exact.has(key) || cells[id] === null)) cells[id] = cell
    }
    const done = steps.reduce((all: Row, step) => step(all), cells)
    return Object.fromEntries(pipeline.output.map((column) => [column.name, done[column.id] ?? null]))
  }
}

function forgivingNames(pipeline: Pipeline): Map<string, string> {
  const ids = new Map<string, string>()
  const twice = new Set<string>()
  for (const column of pipeline.input) {
    const key = columnKey(column.name)
    if (ids.has(key)) twice.add(key)
    ids.set(key, column.id)
  }
  for (const key of twice) ids.delete(key)
  return ids
}
