import { emptyPipeline, type PipelineSpec } from '#core/pipeline-spec'
import { preparedSchema, type LeftOut } from '#core/outcomes'
import type { Table } from '#core/dataset'
import { readQueryWishes } from '#core/query-wishes'
import type { Facts } from '#phases/phase'

/** What data_preparation left, or the raw table where it was skipped or not planned. */
export interface PreparedTable {
  readonly table: Table
  readonly spec: PipelineSpec
  readonly left_out: readonly LeftOut[]
}

export function preparedTable(facts: Facts): PreparedTable {
  const prepared = preparedSchema.safeParse(facts.outcomes.data_preparation)
  if (prepared.success) return prepared.data
  const { exclude } = readQueryWishes(facts.texts.user_query, facts.table.columns)
  // Without a preparation nobody was asked about the wish, so it counts as it stands.
  const left_out = facts.table.columns
    .filter((column) => exclude.includes(column.id))
    .map((column): LeftOut => ({ column: column.id, name: column.name, reason: 'asked', text: `The request asks not to use "${column.name}".` }))
  return { table: facts.table, spec: emptyPipeline, left_out }
}
