import type { TaskName, tasks } from './tasks.ts'

/** Loads the function of each task and what it needs, nothing else: a worker that is new has little to load. */
export const taskLoaders: { readonly [Name in TaskName]: () => Promise<(typeof tasks)[Name]> } = {
  boostTrees: async () => (await import('./tree-boost.ts')).boostTrees,
  bootstrapDifference: async () => (await import('./bootstrap-difference.ts')).bootstrapDifference,
  bootstrapMetrics: async () => (await import('./bootstrap.ts')).bootstrapMetrics,
  calibrate: async () => (await import('./calibrate.ts')).calibrate,
  checkDrift: async () => (await import('./check-drift.ts')).checkDrift,
  checkEvidently: async () => (await import('./evidently-drift.ts')).checkEvidently,
  chooseThreshold: async () => (await import('./threshold.ts')).chooseThreshold,
  evaluateFold: async () => (await import('./evaluate-fold.ts')).evaluateFold,
  fitBag: async () => (await import('./fit-bag.ts')).fitBag,
  fitModel: async () => (await import('./fit-model.ts')).fitModel,
  judgeRows: async () => (await import('./judge-rows.ts')).judgeRows,
  measureAlarms: async () => (await import('./drift-alarms.ts')).measureAlarms,
  measureEdits: async () => (await import('./measure-edits.ts')).measureEdits,
  measurePower: async () => (await import('./drift-power.ts')).measurePower,
  oneFeatureStrength: async () => (await import('./one-feature-strength.ts')).oneFeatureStrength,
  predictTable: async () => (await import('./predict-table.ts')).predictTable,
  profileDrift: async () => (await import('./drift-profile.ts')).profileDrift,
  rankPairs: async () => (await import('./rank-pairs.ts')).rankPairs,
  scoreLambdas: async () => (await import('./choose-lambda.ts')).scoreLambdas,
  screenFormulas: async () => (await import('./screen-formulas.ts')).screenFormulas,
}
