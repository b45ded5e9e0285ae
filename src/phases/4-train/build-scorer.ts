import { accept, type Result } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import { name, sql } from '#core/sql'
import type { CalibrationMap } from '#ml/calibration-map'
import type { Model } from '#ml/model'
import type { Facts, Tools } from '#phases/phase'
import type { ScorerDocument } from '#scoring/scorer-schema'
import { compilePipeline, fitPipeline, type Pipeline, type PipelineState } from '#steps/compile-pipeline'
import { refuseTestRows } from '#steps/refuse-test-rows'
import { pipelineLineage } from '#steps/pipeline-graph'

interface ScorerParts {
  readonly facts: Facts
  readonly labelled: Labelled
  readonly features: readonly string[]
  readonly model: Model
  readonly calibration: CalibrationMap
  readonly threshold: number | null
}

/** The pipeline and the model as one document; its hash is the hash of the model. */
export async function buildScorer(parts: ScorerParts, tools: Tools): Promise<Result<ScorerDocument>> {
  const { facts, labelled, features, model, calibration, threshold } = parts
  const pipeline = compilePipeline(labelled.spec, facts.table.columns)
  if (!pipeline.ok) return pipeline
  const state = await stateOf(pipeline.value, parts, tools)
  if (!state.ok) return state
  const reads = pipelineLineage(pipeline.value)
    .filter((edge) => features.includes(edge.to))
    .map((edge) => edge.from)
  return accept({
    format: 'signalbox-scorer',
    version: 1,
    pipeline: {
      spec: labelled.spec,
      columns: [...facts.table.columns],
      reads: [...new Set(reads)],
      state: state.value,
    },
    label: labelled.label.name,
    task: labelled.task,
    classes: labelled.classes,
    positive: labelled.positive,
    features: labelled.features
      .filter((column) => features.includes(column.name))
      .map(({ name: feature, type }) => ({ name: feature, type })),
    calibration,
    threshold,
    model,
  })
}

/** The state of fitted steps, from the training rows alone. */
async function stateOf(
  pipeline: Pipeline,
  { facts, labelled }: ScorerParts,
  { data, signal }: Tools,
): Promise<Result<ScorerDocument['pipeline']['state']>> {
  if (pipeline.rowwise) return accept({})
  const table = sql`(select raw.* from raw where raw.row_id in (select row_id from labelled where not ${name(labelled.sealed)}))`
  const source = { data, table, tables: { raw: facts.table.hash, labelled: labelled.table.hash }, signal }
  const guarded = await refuseTestRows(pipeline, { ...source, sealed: sql`select row_id from labelled where ${name(labelled.sealed)}` })
  if (!guarded.ok) return guarded
  const fitted = await fitPipeline(pipeline, source)
  return fitted.ok ? accept(plainState(fitted.value)) : fitted
}

/** A state is JSON by its type, so that its text holds all of it. */
function plainState(state: PipelineState): ScorerDocument['pipeline']['state'] {
  return JSON.parse(JSON.stringify(state))
}
