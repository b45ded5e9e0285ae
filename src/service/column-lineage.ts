import { accept, type Result } from '#core/errors'
import { termImportances } from '#ml/term-importances'
import { pipelineLineage } from '#steps/pipeline-graph'
import type { ColumnLineageAnswer, LineageColumn, LineageQuery } from '#wire/column-lineage'
import type { ServiceInput } from './ports.ts'
import { preparedData, type PreparedData } from './prepared-data.ts'
import { rowLineage, withRow } from './row-lineage.ts'
import type { Caller } from './signalbox.ts'

const rawId = (name: string) => `raw:${name}`
const preparedId = (name: string) => `prepared:${name}`
const termId = (name: string) => `term:${name}`

/** From each raw column over what the steps make of it to the model term, and of one row on to its prediction. */
export async function columnLineage(input: ServiceInput, caller: Caller, { runId, row }: { runId: string } & LineageQuery): Promise<Result<ColumnLineageAnswer>> {
  const found = await preparedData(input, caller, runId)
  if (!found.ok) return found
  const answer = lineageOf(found.value)
  if (row === undefined) return accept(answer)
  const said = await rowLineage(input, found.value, row)
  return said.ok ? accept(withRow(answer, said.value)) : said
}

export function lineageOf(data: PreparedData): ColumnLineageAnswer {
  const terms = data.scorer === null ? [] : termImportances(data.scorer.document.model)
  const columns = [...columnsOf(data), ...terms.map(({ name }): LineageColumn => ({ id: termId(name), name, type: 'model_term', left_out: null }))]
  const made = pipelineLineage(data.pipeline).map(({ from, to, steps }) => {
    const text = steps.map((step) => step.text).join('; ')
    return { source: rawId(from), target: preparedId(to), step: steps.map(({ id }) => id).join(', ') || null, text: text === '' ? 'unchanged' : text, steps: [...steps] }
  })
  const used = terms.flatMap(({ name, features }) =>
    features.map((feature) => ({ source: preparedId(feature), target: termId(name), step: null, text: features.length > 1 ? 'model term of two columns' : 'model term', steps: [] })),
  )
  return { columns, edges: [...made, ...used], prediction: null }
}

function columnsOf({ raw, pipeline, label, left_out }: PreparedData): LineageColumn[] {
  const reasons = new Map(left_out.map(({ name, text }) => [name, text]))
  const kept = new Set(pipelineLineage(pipeline).map(({ from }) => from))
  const raws = raw.columns.map(({ name }): LineageColumn => ({ id: rawId(name), name, type: 'raw', left_out: kept.has(name) ? null : 'dropped by a step' }))
  const prepared = pipeline.output.map(({ name }): LineageColumn => {
    return { id: preparedId(name), name, type: name === label ? 'label' : 'derived', left_out: reasons.get(name) ?? null }
  })
  return [...raws, ...prepared]
}
