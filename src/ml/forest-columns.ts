import type { Forest, ForestFeature } from './model.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Column, Table } from './table.ts'

/** Finds the column of each feature of a forest, by name. */
export function forestColumns({ features }: Forest, table: Table): Column[] | Refusal {
  const byName = new Map(table.columns.map((column) => [column.name, column]))
  const columns: Column[] = []
  for (const feature of features) {
    const column = byName.get(feature.feature)
    if (!column) {
      return refuse('missing-column', `the model needs the column "${feature.feature}", which the table does not have`)
    }
    if (column.kind !== feature.kind) {
      const kinds = `expected "${column.name}" to be ${feature.kind}, received ${column.kind}`
      return refuse('column-kind-differs', `${kinds}: convert the column as for training`)
    }
    columns.push(column)
  }
  return columns
}

/** Position of each level of a column among those of a feature; what the feature does not list comes right behind. */
export function levelPositions(feature: ForestFeature, levels: readonly string[]): Int32Array {
  const listed = feature.kind === 'category' ? feature.levels : []
  const positions = new Map(listed.map((level, i) => [level, i]))
  return Int32Array.from(levels, (level) => positions.get(level) ?? listed.length)
}
