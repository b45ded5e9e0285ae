import { emptyPipeline, type PipelineSpec, type StepSpec } from '#core/pipeline-spec'
import { preparedSchema, type LeftOut } from '#core/outcomes'
import type { Table } from '#core/dataset'
import { readQueryWishes } from '#core/query-wishes'
import type { Facts } from '#phases/phase'

/** What data_preparation left, or the raw table where it was skipped or not planned. */
export interface PreparedTable {
  /** The raw table after the steps that do not wait. */
  readonly table: Table
  /** All steps; those that wait are the last ones. */
  readonly spec: PipelineSpec
  readonly waiting: readonly StepSpec[]
  readonly left_out: readonly LeftOut[]
}

export function preparedTable(facts: Facts): PreparedTable {
  const prepared = preparedSchema.safeParse(facts.outcomes.data_preparation)
  if (prepared.success) {
    const { table, spec, waiting, left_out } = prepared.data
    return { table, spec, left_out, waiting: spec.steps.filter(({ id }) => waiting?.includes(id) === true) }
  }
  const { exclude } = readQueryWishes(facts.texts.user_query, facts.table.columns)
  // Without a preparation nobody was asked about the wish, so it counts as it stands.
  const left_out = facts.table.columns
    .filter((column) => exclude.includes(column.id))
    .map((column): LeftOut => ({ column: column.id, name: column.name, reason: 'asked', text: `The request asks not to use "${column.name}".` }))
  return { table: facts.table, spec: emptyPipeline, waiting: [], left_out }
}
