import type { SectionId } from './sections.ts'

const model = 'Model and pipeline (model_hash)'
const table = 'Table as it was read'
const evaluation = 'Evaluation on the sealed rows'
const work = ['data_preparation', 'feature_engineering']

/** The artifacts from which each chapter takes its numbers, by the beginning of their names. */
const sources: Readonly<Record<SectionId, readonly string[]>> = {
  question: [table, 'Outcome of label_selection'],
  use: [],
  performance: ['Outcome of model_training', evaluation],
  playground: [model, table],
  model: [model, 'Outcome of model_training'],
  curves: [model, table],
  reading: [table],
  data_work: work.flatMap((phase) => [`Proposal of ${phase}`, `Outcome of ${phase}`]),
  lineage: [model],
  left_out: ['Outcome of data_preparation', 'Outcome of label_selection', 'Outcome of feature_engineering'],
  comparison: [evaluation],
  calibration: [evaluation],
  errors: [evaluation],
  segments: [evaluation],
  fairness: ['Evaluation of the deployment', 'Outcome of model_deployment'],
  monitoring: ['Outcome of monitoring_creation'],
  limits: ['Proposal of ', 'Outcome of model_training'],
  decisions: ['Proposal of ', 'Answer of '],
  artifacts: [],
}

/** The names of the artifacts behind a chapter, of those that this run has. */
export function sourcesOf(id: SectionId, names: readonly string[]): string[] {
  return names.filter((name) => sources[id].some((start) => name.startsWith(start)))
}
