/** The chapters that a report can have, in their order. */
export const sectionIds = [
  'question',
  'performance',
  'model',
  'curves',
  'data_work',
  'left_out',
  'comparison',
  'calibration',
  'errors',
  'segments',
  'fairness',
  'limits',
  'decisions',
  'artifacts',
] as const
export type SectionId = (typeof sectionIds)[number]

/** The heading of each chapter. */
export const sectionTitles: Readonly<Record<SectionId, string>> = {
  question: 'What was asked, and of which data',
  performance: 'How well it does on rows it never saw',
  model: 'The model',
  curves: 'What each column adds',
  data_work: 'What was done to the data',
  left_out: 'What was left out, and why',
  comparison: 'The trainers that were compared',
  calibration: 'Whether its probabilities can be taken at their word',
  errors: 'Where it is wrong',
  segments: 'Where it does worst',
  fairness: 'Deployment and fairness by group',
  limits: 'Limits',
  decisions: 'Who decided what',
  artifacts: 'Artifacts and their hashes',
}
