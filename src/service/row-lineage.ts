import type { RowExplanation } from '#core/advisor-ports'
import { accept, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { sql } from '#core/sql'
import { pipelineQuery } from '#steps/compile-pipeline'
import type { ColumnLineageAnswer, LineageColumn } from '#wire/column-lineage'
import { explainRow } from './explain-row.ts'
import type { ServiceInput } from './ports.ts'
import type { PreparedData } from './prepared-data.ts'

/** One row on its way: as it stands in the table, as the steps leave it, and what the model makes of it. */
export interface RowLineage {
  readonly raw: ReadonlyMap<string, Cell>
  readonly prepared: ReadonlyMap<string, Cell>
  readonly said: RowExplanation
}

export async function rowLineage(input: ServiceInput, data: PreparedData, row: number): Promise<Result<RowLineage>> {
  const { raw, pipeline, state, trained, labelled } = data
  if (trained === null || labelled === null) return refuse('RUN_WITHOUT_MODEL', 'The run has trained no model yet, so no row can be followed to a prediction.', { suggestion: 'Leave row out, or ask again once model_training is completed.' })
  const said = await explainRow(input, { raw, labelled, trained }, row)
  if (said === null) return refuse('NOT_FOUND', `The table has no row ${row}; its rows are counted from 0 to ${raw.rows - 1}.`, { suggestion: 'Ask for a row of the table.' })
  const cellsOf = async (query: ReturnType<typeof pipelineQuery>, columns: typeof raw.columns | typeof pipeline.output) => {
    const [found] = await input.data.query(sql`select * from (${query}) q where row_id = ${row}`, { tables: { t: raw.hash }, signal: new AbortController().signal })
    return new Map(columns.map((column) => [column.name, found?.[column.id] ?? null]))
  }
  const [before, after] = [await cellsOf(sql`select * from t`, raw.columns), await cellsOf(pipelineQuery(pipeline, sql`t`, state), pipeline.output)]
  return accept({ raw: before, prepared: after, said })
}

/** The answer with the values of the row, and edges from the terms on to its prediction. */
export function withRow(answer: ColumnLineageAnswer, { raw, prepared, said }: RowLineage): ColumnLineageAnswer {
  const parts = new Map<string, number>()
  for (const { name, part } of said.contributions) parts.set(name, (parts.get(name) ?? 0) + part)
  const columns = answer.columns.map((column): LineageColumn => {
    if (column.type === 'model_term') return { ...column, contribution: parts.get(column.name) ?? 0 }
    return { ...column, value: (column.type === 'raw' ? raw : prepared).get(column.name) ?? null }
  })
  const { row, side, prediction, probability, start, total, link, explained } = said
  const target = 'prediction'
  const predicted: LineageColumn = { id: target, name: 'prediction', type: 'prediction', left_out: null, value: prediction, contribution: total }
  const edges = columns.flatMap(({ id, contribution, type }) => (type === 'model_term' ? [{ source: id, target, step: null, text: `adds ${contribution ?? 0} to the score`, steps: [] }] : []))
  return { columns: [...columns, predicted], edges: [...answer.edges, ...edges], prediction: { row, side, prediction, probability, start, total, link, explained } }
}
