import type { Column } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import { name } from '#core/sql'
import type { Facts, Tools } from '#phases/phase'
import { compilePipeline, fitPipeline, pipelineQuery } from '#steps/compile-pipeline'
import { specForLabel } from './label-spec.ts'
import { preparedTable, type PreparedTable } from './prepared-table.ts'

/** The prepared table as it is with some columns as labels, and the steps that leave those alone. */
export interface LabelTable extends PreparedTable {
  readonly cut: readonly string[]
}

/** The prepared table, made anew from the raw one where steps have to leave the labels alone. */
export async function labelTable(facts: Facts, labels: readonly Pick<Column, 'id'>[], tools: Tools): Promise<Result<LabelTable>> {
  const prepared = preparedTable(facts)
  let { spec } = prepared
  const cut = new Set<string>()
  for (const { id } of labels) {
    const left = specForLabel(spec, facts.table.columns, id)
    spec = left.spec
    for (const step of left.cut) cut.add(step)
  }
  if (cut.size === 0) return accept({ ...prepared, cut: [] })
  const pipeline = compilePipeline(spec, facts.table.columns)
  if (!pipeline.ok) return pipeline
  const tables = { t: facts.table.hash }
  const fitted = await fitPipeline(pipeline.value, { data: tools.data, table: name('t'), tables, signal: tools.signal })
  if (!fitted.ok) return fitted
  const query = pipelineQuery(pipeline.value, name('t'), fitted.value)
  const table = await tools.data.materialise({ query, tables, columns: pipeline.value.output }, tools)
  return accept({ table, spec, left_out: prepared.left_out, cut: [...cut] })
}
