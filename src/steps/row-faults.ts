import { refuse } from '#core/errors'
import { sql } from '#core/sql'
import { pipelineQuery, type Pipeline, type PipelineState } from './compile-pipeline.ts'
import { overComputedRows } from './computed-rows.ts'
import type { StepFault, TrialRows } from './try-spec.ts'

/** Counts the rows behind a pipeline: each has to be there once, under its own number. Names the first step after which they are not. */
export async function rowFaults(pipeline: Pipeline, { rows, state }: { rows: TrialRows; state: PipelineState }): Promise<StepFault[]> {
  const moved = async (count: number): Promise<string | null> => {
    const query = pipelineQuery({ ...pipeline, steps: pipeline.steps.slice(0, count) }, rows.table, state)
    const counts = sql`select (select count(*) from given) as given, (select count(*) from made) as made, (select count(distinct made.row_id) from made join given on made.row_id = given.row_id) as kept`
    const [found] = await rows.data.query(overComputedRows({ given: sql`select row_id from ${rows.table}`, made: query }, counts), { tables: rows.tables, signal: rows.signal })
    const [given, made, kept] = [Number(found?.given ?? 0), Number(found?.made ?? 0), Number(found?.kept ?? 0)]
    return given === made && kept === given ? null : `makes ${made} rows out of ${given}, of which ${kept} are still in their place`
  }
  if ((await moved(pipeline.steps.length)) === null) return []
  for (const [place, { spec }] of pipeline.steps.entries()) {
    const how = await moved(place + 1)
    if (how === null) continue
    const { code, message, suggestion } = refuse('STEP_CHANGES_ROWS', `Step "${spec.id}" (${spec.type}) ${how}.`).refusal
    return [{ step_id: spec.id, step_type: spec.type, code, message, suggestion }]
  }
  return []
}
