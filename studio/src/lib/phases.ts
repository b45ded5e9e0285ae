import type { PhaseStatusAnswer } from '#sdk/client'

export type Phase = PhaseStatusAnswer['phase']

export const phaseTitles: Readonly<Record<Phase, string>> = {
  data_preparation: 'Preparation',
  label_selection: 'Label',
  feature_engineering: 'Features',
  model_training: 'Training',
  model_deployment: 'Deployment',
  report_creation: 'Report',
  monitoring_creation: 'Monitoring',
}

/** The seven, in the order of a run. */
export const phases = Object.keys(phaseTitles) as readonly Phase[]

/** Phases where any number of options may be taken. */
export const manyChoicePhases: ReadonlySet<Phase> = new Set<Phase>(['data_preparation', 'feature_engineering'])

/** What each decision asks. */
export const phaseQuestions: Readonly<Record<Phase, string>> = {
  data_preparation: 'What should be cleaned?',
  label_selection: 'Which column should be predicted?',
  feature_engineering: 'Which features should the model get?',
  model_training: 'Which model should go on?',
  model_deployment: 'May this model answer requests?',
  report_creation: 'Which report should be written?',
  monitoring_creation: 'What should be watched?',
}
