import { viewsByFeature } from './binned-rows.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import { type StepGrower, stepGrower, type TreeSettings } from './grow-step.ts'
import { holdMonotone } from './hold-monotone.ts'
import type { Direction } from './model.ts'
import type { Random } from './random.ts'
import type { RowScores } from './row-scores.ts'
import type { Statistics } from './statistics.ts'
import { addStep } from './step.ts'

/** Limits of one boosting run; counts only. */
export interface BoostingSettings extends TreeSettings {
  readonly rounds: number
  /** First rounds with random cuts, which smooth the curves (EBM does the same). */
  readonly smoothingRounds: number
  /** Rounds without improvement after which boosting ends. */
  readonly patience: number
}

/** What one boosting run works on. */
export interface BoostingRun {
  readonly statistics: Pick<Statistics, 'layout' | 'outputs' | 'constantWeights' | 'rowsByBin'>
  readonly tracker: GradientTracker
  readonly holdOut: RowScores
  /** Direction by feature. */
  readonly directions: readonly (Direction | null)[]
  readonly random: Random
}

/** Curves at the round with the lowest loss on the held-out rows. */
export interface BoostedCurves {
  /** Score by output and bin. */
  readonly curves: Float64Array
  readonly rounds: number
  readonly holdOutLoss: number
}

/** An improvement smaller than this share of the loss does not reset the patience. */
const TOLERANCE = 1e-4

/** Rounds at which the second derivatives are worked out anew. */
const WEIGHT_ROUNDS = [0, 5, 20, 80]

/** Visits the features in turn, a small step each, until the held-out loss no longer falls. */
export function boostCurves(run: BoostingRun, settings: BoostingSettings): BoostedCurves {
  const { statistics, tracker, holdOut } = run
  const curves = new Float64Array(statistics.outputs * statistics.layout.total)
  const best = curves.slice()
  holdOut.update(curves)
  let bestLoss = holdOut.meanLoss()
  let bestRounds = 0
  let reference = bestLoss
  let improved = 0
  let nextRefresh = 0
  let nextLook = 5
  const takeRound = roundTaker(run, settings, curves)
  for (let round = 0; round < settings.rounds; round++) {
    const weights = round === 0 || (!statistics.constantWeights && WEIGHT_ROUNDS.includes(round))
    if (weights || round >= nextRefresh) {
      tracker.refresh(curves, weights)
      nextRefresh = round + refreshInterval(round, statistics.constantWeights)
    }
    takeRound(round)
    if (round + 1 < nextLook && round + 1 < settings.rounds) continue
    nextLook = round + 6 + Math.floor(round * 0.05)
    holdOut.update(curves)
    const loss = holdOut.meanLoss()
    if (loss < bestLoss) {
      bestLoss = loss
      bestRounds = round + 1
      best.set(curves)
    }
    if (loss < reference - TOLERANCE * Math.abs(reference)) {
      reference = loss
      improved = round
    }
    if (round - improved >= settings.patience) break
  }
  return { curves: best, rounds: bestRounds, holdOutLoss: bestLoss }
}

/** A quadratic loss needs a refresh against rounding only; others often at first, then every sixty rounds. */
function refreshInterval(round: number, constantWeights: boolean): number {
  return constantWeights ? 200 : Math.min(60, Math.max(5, Math.floor(round * 0.2)))
}

/** Makes the function of one round: a step on every feature and output. */
function roundTaker(run: BoostingRun, settings: BoostingSettings, curves: Float64Array): (round: number) => void {
  const { statistics, tracker, directions, random } = run
  const { layout, outputs, rowsByBin } = statistics
  const grow: StepGrower = stepGrower(settings, Math.max(1, ...layout.binCounts))
  const rowViews = viewsByFeature(rowsByBin, 0, layout)
  const curveViews = Array.from({ length: outputs }, (_, k) => viewsByFeature(curves, k, layout))
  return (round) => {
    const chance = round < settings.smoothingRounds ? random : undefined
    for (let f = 0; f < rowViews.length; f++) {
      const rows = rowViews[f] as Float64Array
      for (let k = 0; k < outputs; k++) {
        const weights = tracker.weightsOf(f, k)
        const grown = grow({ gradient: tracker.gradientOf(f, k), weights, rows }, chance)
        if (!grown) continue
        const curve = (curveViews[k] as Float64Array[])[f] as Float64Array
        const direction = directions[f]
        const step = direction ? holdMonotone(grown, { curve, weights, direction }) : grown
        addStep(step, curve)
        tracker.apply(step, f, k)
      }
    }
  }
}
