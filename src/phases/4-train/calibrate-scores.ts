import type { Calibration } from '#ml/calibrate'
import { type CalibrationMap, calibratedProbability } from '#ml/calibration-map'
import type { Prediction } from '#ml/prediction'
import { type Target, takeCodes } from '#ml/table'
import type { Tools } from '#phases/phase'
import type { Measured } from './measured-candidate.ts'
import { runOne } from './run-task.ts'

/** The map that turns scores into probabilities that can be taken at their word, and what was measured for it. */
export interface ChosenCalibration {
  readonly map: CalibrationMap
  readonly measured: Calibration | null
  readonly note: string | null
}

/** Fewer rows of a class cannot show that a map helps. */
const FEWEST_OF_CLASS = 20

/** Finds a calibration on out-of-fold scores; one is kept only where it distinguishably helps. */
export async function chooseCalibration(
  measured: Measured,
  target: Target,
  { tools, wanted, weighed }: { tools: Tools; wanted: boolean; weighed: boolean },
): Promise<ChosenCalibration> {
  const none: ChosenCalibration = { map: { kind: 'identity' }, measured: null, note: null }
  const { outOfFold } = measured
  if (target.task !== 'binary' || outOfFold === null) return none
  if (!wanted) return { ...none, note: 'Probabilities are not calibrated, as asked.' }
  if (measured.plan.trainer === 'dummy') return none
  // A map that counts rows would undo what their weights did to the probabilities.
  if (weighed) return { ...none, note: 'Probabilities are not calibrated, since rows are weighed.' }
  const codes = takeCodes(target.codes, outOfFold.rows)
  const positives = codes.reduce((sum, code) => sum + code, 0)
  if (Math.min(positives, codes.length - positives) < FEWEST_OF_CLASS) {
    return {
      ...none,
      note: `Probabilities are not calibrated: that needs ${FEWEST_OF_CLASS} training rows of each class.`,
    }
  }
  const { compute, signal, seed } = tools
  const input = { codes, score: outOfFold.scores, seed }
  const found = await runOne({ compute, task: 'calibrate', input }, { signal })
  return { map: found.map, measured: found, note: null }
}

/** The prediction with calibrated probabilities; scores stay, since a calibration does not change their order. */
export function applyCalibration(map: CalibrationMap, prediction: Prediction): Prediction {
  if (prediction.task !== 'binary' || map.kind === 'identity') return prediction
  return { ...prediction, probability: prediction.score.map((score) => calibratedProbability(map, score)) }
}
