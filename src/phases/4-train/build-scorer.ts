import { accept, type Result } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import { name, sql } from '#core/sql'
import type { CalibrationMap } from '#ml/calibration-map'
import type { Model } from '#ml/model'
import type { Facts, Tools } from '#phases/phase'
import type { ScorerDocument } from '#scoring/scorer-schema'
import { compileKnown, fitSpec, type FittedPipeline, type PipelineState } from '#steps/compile-pipeline'
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
  const fitted = await fitOnTraining(parts, tools)
  if (!fitted.ok) return fitted
  const { pipeline, state } = fitted.value
  const reads = pipelineLineage(pipeline)
    .filter((edge) => features.includes(edge.to))
    .map((edge) => edge.from)
  return accept({
    format: 'signalbox-scorer',
    version: 1,
    pipeline: {
      spec: labelled.spec,
      columns: [...facts.table.columns],
      reads: [...new Set(reads)],
      state: plainState(state),
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

/** The pipeline with the state of its fitted steps, from the training rows alone. */
async function fitOnTraining({ facts, labelled }: ScorerParts, { data, signal }: Tools): Promise<Result<FittedPipeline>> {
  const known = compileKnown(labelled.spec, facts.table.columns)
  if (!known.ok) return known
  const { pipeline, behind } = known.value
  if (pipeline.rowwise && behind.length === 0) return accept({ pipeline, state: {} })
  return fitSpec(labelled.spec, facts.table.columns, {
    data,
    table: sql`(select raw.* from raw where raw.row_id in (select row_id from labelled where not ${name(labelled.sealed)})) r`,
    tables: { raw: facts.table.hash, labelled: labelled.table.hash },
    signal,
    side: 'training rows',
  })
}

/** A state is JSON by its type, so that its text holds all of it. */
function plainState(state: PipelineState): ScorerDocument['pipeline']['state'] {
  return JSON.parse(JSON.stringify(state))
}
