import { accept, type Result } from '#core/errors'
import { isEnded, isStarted, type Run } from '#core/run'
import { version as signalboxVersion } from '#core/version'
import type { ColumnLineageAnswer } from '#wire/column-lineage'
import type { ColumnLineageFacet, OpenLineageAnswer } from '#wire/open-lineage'
import { lineageOf } from './column-lineage.ts'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import { preparedData } from './prepared-data.ts'
import type { Caller } from './signalbox.ts'

const producer = `urn:signalbox:${signalboxVersion}`
const facetSchema = 'https://openlineage.io/spec/facets/1-2-0/ColumnLineageDatasetFacet.json#/$defs/ColumnLineageDatasetFacet'
const eventSchema = 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent'

/** The lineage of a run as an OpenLineage event: raw table to model input, and model input to the terms of the model. */
export async function openLineage(input: ServiceInput, caller: Caller, runId: string): Promise<Result<OpenLineageAnswer>> {
  const [loaded, data] = [await ownRun(input, caller, runId), await preparedData(input, caller, runId)]
  if (!loaded.ok) return loaded
  if (!data.ok) return data
  const { run } = loaded.value
  const namespace = `signalbox://${run.team_id}`
  const lineage = lineageOf(data.value)
  const [raw, prepared] = [{ namespace, name: `datasets/${run.dataset_id}` }, { namespace, name: `runs/${runId}/model_input` }]
  const inputs = new Set(data.value.inputs)
  const toInput = facetOf(lineage, { target: 'prepared', source: raw, wanted: (name) => inputs.has(name) })
  const outputs = [{ ...prepared, facets: { columnLineage: toInput } }]
  if (data.value.scorer !== null) {
    const toTerms = facetOf(lineage, { target: 'term', source: prepared, wanted: () => true })
    outputs.push({ namespace, name: `runs/${runId}/model_terms`, facets: { columnLineage: toTerms } })
  }
  return accept({ ...eventOf(run), producer, schemaURL: eventSchema, run: { runId }, job: { namespace, name: `runs/${runId}` }, inputs: [{ ...raw, facets: {} }], outputs })
}

interface Wanted {
  /** The kind of column that the facet is of. */
  readonly target: 'prepared' | 'term'
  readonly source: { readonly namespace: string; readonly name: string }
  readonly wanted: (name: string) => boolean
}

function facetOf({ columns, edges }: ColumnLineageAnswer, { target, source, wanted }: Wanted): ColumnLineageFacet {
  const names = new Map(columns.map(({ id, name }) => [id, name]))
  const fields = columns
    .filter(({ id, name }) => id.startsWith(`${target}:`) && wanted(name))
    .map(({ id, name }) => {
      const inputFields = edges
        .filter((edge) => edge.target === id)
        .map((edge) => ({ ...source, field: names.get(edge.source) ?? '', transformations: [transformationOf(edge, target)] }))
      return [name, { inputFields }] as const
    })
  return { _producer: producer, _schemaURL: facetSchema, fields: Object.fromEntries(fields) }
}

/** A value that is only named anew is the same value. */
function transformationOf({ steps, text }: ColumnLineageAnswer['edges'][number], target: Wanted['target']) {
  const identity = target === 'prepared' && steps.every(({ does }) => does === 'rename')
  return { type: 'DIRECT' as const, subtype: identity ? 'IDENTITY' : 'TRANSFORMATION', description: text, masking: false }
}

function eventOf(run: Run): Pick<OpenLineageAnswer, 'eventType' | 'eventTime'> {
  if (!isStarted(run)) return { eventType: 'OTHER', eventTime: run.created_at }
  if (!isEnded(run)) return { eventType: 'RUNNING', eventTime: run.started_at }
  const ends = { completed: 'COMPLETE', failed: 'FAIL', cancelled: 'ABORT' } as const
  return { eventType: ends[run.status], eventTime: run.completed_at }
}
