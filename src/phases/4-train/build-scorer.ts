import { accept, refuse, type Result } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import type { CalibrationMap } from '#ml/calibration-map'
import type { Model } from '#ml/model'
import type { Facts } from '#phases/phase'
import { type ScorerDocument, scorerSchema } from '#scoring/scorer-schema'
import { compilePipeline } from '#steps/compile-pipeline'
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
export function buildScorer({ facts, labelled, features, model, calibration, threshold }: ScorerParts): Result<ScorerDocument> {
  const pipeline = compilePipeline(labelled.spec, facts.table.columns)
  if (!pipeline.ok) return pipeline
  if (!pipeline.value.rowwise) return refuse('CUSTOM_REFUSED', 'The pipeline holds steps that have to be fitted, which training cannot do yet.')
  const reads = pipelineLineage(pipeline.value).filter((edge) => features.includes(edge.to)).map((edge) => edge.from)
  return accept(
    scorerSchema.parse({
      format: 'signalbox-scorer',
      version: 1,
      pipeline: { spec: labelled.spec, columns: facts.table.columns, reads: [...new Set(reads)], state: {} },
      label: labelled.label.name,
      task: labelled.task,
      classes: labelled.classes,
      positive: labelled.positive,
      features: labelled.features.filter((column) => features.includes(column.name)).map(({ name, type }) => ({ name, type })),
      calibration,
      threshold,
      model,
    }),
  )
}
