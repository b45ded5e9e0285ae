import { accept, type Result } from '#core/errors'
import type { Prepared } from '#core/outcomes'
import { name } from '#core/sql'
import type { Applied, Facts, Tools } from '#phases/phase'
import { compilePipeline, fitPipeline, pipelineQuery } from '#steps/compile-pipeline'
import { splitLearning } from '#steps/split-learning'
import { combineDecisions } from './combine.ts'
import { countCopies } from '#findings/copies'
import { prepareDecisionSchema, type PrepareDecision } from './schema.ts'

/** Applies the steps of this decision and of the drafts before it to the raw table; those that learn from rows wait until some are sealed. */
export async function applyPreparation(facts: Facts, decision: PrepareDecision, tools: Tools): Promise<Result<Applied<Prepared>>> {
  const drafts = facts.drafts.map((draft) => prepareDecisionSchema.parse(draft))
  const { spec, left_out } = combineDecisions([...drafts, decision])
  const split = splitLearning(spec, facts.table.columns)
  if (!split.ok) return split
  const { now, waiting } = split.value
  const pipeline = compilePipeline({ ...spec, steps: [...now] }, facts.table.columns)
  if (!pipeline.ok) return pipeline
  const { output } = pipeline.value
  const tables = { t: facts.table.hash }
  const fitted = await fitPipeline(pipeline.value, { data: tools.data, table: name('t'), tables, signal: tools.signal })
  if (!fitted.ok) return fitted
  tools.progress(0.2, 'Applying the steps')
  const table = now.length === 0
    ? facts.table
    : await tools.data.materialise({ query: pipelineQuery(pipeline.value, name('t'), fitted.value), tables, columns: output }, tools)
  tools.progress(0.8, 'Counting copies')
  const copies = await countCopies(table, tools.data, tools)
  const names = new Map(output.map((column) => [column.id, column.name]))
  const kept = left_out.flatMap((one) => {
    const current = names.get(one.column)
    return current === undefined ? [] : [{ ...one, name: current }]
  })
  const ordered = { ...spec, steps: [...now, ...waiting] }
  return accept({ outcome: { spec: ordered, ...(waiting.length === 0 ? {} : { waiting: waiting.map(({ id }) => id) }), table, left_out: kept, copies }, publishes: [] })
}
