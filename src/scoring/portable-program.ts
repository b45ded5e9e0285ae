import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { compilePipeline, type Pipeline } from '#steps/compile-pipeline'
import type { PortableStep } from '#steps/portable-step'
import { type PortableModel, portableModel } from './portable-model.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** A scorer as data that a small program in any language can run: read, do the operations, look up, add up. */
export interface PortableProgram {
  /** All columns of the raw table, so that a name is found as the API finds it. */
  readonly columns: readonly Column[]
  /** Names of those whose values reach the model. */
  readonly reads: readonly string[]
  readonly steps: readonly PortableStep[]
  /** What the model reads, and the cell that holds it. */
  readonly features: ReadonlyArray<{ readonly name: string; readonly id: string; readonly type: Column['type'] }>
  readonly label: string
  readonly positive: string | null
  readonly model: PortableModel
}

/** Puts a scorer into plain operations; a step that has none is refused by its name. */
export function portableProgram(document: ScorerDocument): Result<PortableProgram> {
  const pipeline = compilePipeline(document.pipeline.spec, document.pipeline.columns, document.pipeline.state)
  if (!pipeline.ok) return pipeline
  const steps: PortableStep[] = []
  for (const step of pipeline.value.steps) {
    const portable = step.portable(document.pipeline.state[step.spec.id] ?? {})
    if (portable === null) {
      const why = step.otherRows === 'none' ? 'has no words in this language' : 'takes values of other rows, which a row that is scored alone does not bring'
      return refuse('EXPORT_STEP_UNSAYABLE', `Step "${step.spec.id}" (${step.spec.type}) ${why}.`, { detail: { step: step.spec.id, type: step.spec.type } })
    }
    steps.push(...portable)
  }
  return accept({ ...rawSide(document), steps, features: featuresOf(document, pipeline.value), model: modelOf(document) })
}

function rawSide({ pipeline: { columns, reads }, label, positive }: ScorerDocument): Pick<PortableProgram, 'columns' | 'reads' | 'label' | 'positive'> {
  return { columns, reads, label, positive }
}

/** The model of a scorer in tables. */
export function modelOf({ model, classes, threshold, calibration }: ScorerDocument): PortableModel {
  return portableModel(model, { classes, threshold: threshold ?? 0.5, calibration })
}

/** The features with the columns of the prepared table that hold them. */
export function featuresOf({ features }: ScorerDocument, { output }: Pipeline): PortableProgram['features'] {
  return features.map(({ name, type }) => ({ name, type, id: output.find((column) => column.name === name)?.id ?? '' }))
}
