import { bootstrapMetrics } from './bootstrap.ts'
import { bootstrapDifference } from './bootstrap-difference.ts'
import { calibrate } from './calibrate.ts'
import { checkDrift } from './check-drift.ts'
import { scoreLambdas } from './choose-lambda.ts'
import type { Context } from './context.ts'
import { measureAlarms } from './drift-alarms.ts'
import { measurePower } from './drift-power.ts'
import { profileDrift } from './drift-profile.ts'
import { checkEvidently } from './evidently-drift.ts'
import { evaluateFold } from './evaluate-fold.ts'
import { fitBag } from './fit-bag.ts'
import { fitModel } from './fit-model.ts'
import { judgeRows } from './judge-rows.ts'
import { measureEdits } from './measure-edits.ts'
import { oneFeatureStrength } from './one-feature-strength.ts'
import { predictTable } from './predict-table.ts'
import { rankPairs } from './rank-pairs.ts'
import { screenFormulas } from './screen-formulas.ts'
import { chooseThreshold } from './threshold.ts'
import { boostTrees } from './tree-boost.ts'

/** What a task may use of the worker it runs on. */
export type TaskContext = Pick<Context, 'progress' | 'signal'>

/**
 * The functions that worker threads run by name. Inputs and outputs are plain data that can be cloned to another
 * thread; large arrays may lie on SharedArrayBuffer.
 */
export const tasks = {
  bootstrapDifference,
  bootstrapMetrics,
  boostTrees,
  calibrate,
  checkDrift,
  checkEvidently,
  chooseThreshold,
  evaluateFold,
  fitBag,
  fitModel,
  judgeRows,
  measureAlarms,
  measureEdits,
  measurePower,
  oneFeatureStrength,
  predictTable,
  profileDrift,
  rankPairs,
  scoreLambdas,
  screenFormulas,
} as const

/** Name of a task. */
export type TaskName = keyof typeof tasks

/** Input of a task. */
export type TaskInput<Name extends TaskName> = Parameters<(typeof tasks)[Name]>[0]

/** Output of a task. */
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<(typeof tasks)[Name]>>
