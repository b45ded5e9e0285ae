import { type CalibrationMap, calibratedProbability, fitCalibrationMap } from './calibration-map.ts'
import { assignFolds, splitRows } from './folds.ts'
import { log } from './logarithm.ts'
import { clipProbability } from './metrics.ts'
import { comparePaired, type FoldPair, type PairedDifference } from './paired-difference.ts'
import { judgeReliability, type Reliability } from './reliability.ts'
import { probabilityOfScore } from './score-scale.ts'
import { takeCodes, takeNumbers } from './table.ts'

/** Out-of-fold log-odds of a binary model. */
export interface CalibrateInput {
  readonly codes: Int32Array
  readonly score: Float64Array
  readonly seed: number
}

/** One kind of map, judged on rows that it was not fitted on. */
export interface CalibrationCandidate {
  readonly kind: 'platt' | 'isotonic'
  readonly logLoss: number
  /** Against the scores as they are; positive is a lower log loss. */
  readonly difference: PairedDifference
}

/** The map that is worth applying, and the reliability before and (cross-validated) after it. */
export interface Calibration {
  readonly map: CalibrationMap
  readonly logLoss: number
  readonly candidates: CalibrationCandidate[]
  readonly before: Reliability
  readonly after: Reliability
}

const FOLDS = 10

/** Chooses a calibration map; one is kept only where it lowers the cross-validated log loss distinguishably. */
export function calibrate({ codes, score, seed }: CalibrateInput): Calibration {
  const target = { task: 'binary', codes, classes: ['0', '1'] } as const
  const folds = assignFolds(target, Math.min(FOLDS, Math.max(2, codes.length)), seed)
  const plain = score.map(probabilityOfScore)
  const tried = (['platt', 'isotonic'] as const).map((kind) => tryMap(kind, { codes, score, folds, plain }))
  const before = judgeReliability(codes, plain)
  const candidates = tried.map(({ candidate }) => candidate)
  let best: (typeof tried)[number] | undefined
  for (const one of tried) {
    const better = !best || one.candidate.logLoss < best.candidate.logLoss
    if (one.candidate.difference.verdict === 'gain' && better) best = one
  }
  const logLoss = meanLogLoss(codes, plain)
  if (!best) return { map: { kind: 'identity' }, logLoss, candidates, before, after: before }
  const map = fitCalibrationMap(best.candidate.kind, score, codes)
  return { map, logLoss, candidates, before, after: judgeReliability(codes, best.probability) }
}

interface Trial {
  readonly codes: Int32Array
  readonly score: Float64Array
  readonly folds: Int32Array
  readonly plain: Float64Array
}

/** Fits the map on all folds but one, applies it to that one, and compares fold by fold. */
function tryMap(kind: 'platt' | 'isotonic', { codes, score, folds, plain }: Trial) {
  const probability = plain.slice()
  const pairs: FoldPair[] = []
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const { train, test } = splitRows(folds, fold)
    if (train.length === 0 || test.length === 0) continue
    const map = fitCalibrationMap(kind, takeNumbers(score, train), takeCodes(codes, train))
    for (const row of test) probability[row] = calibratedProbability(map, score[row] as number)
    const truth = takeCodes(codes, test)
    pairs.push({
      candidate: meanLogLoss(truth, takeNumbers(probability, test)),
      baseline: meanLogLoss(truth, takeNumbers(plain, test)),
      trainRows: train.length,
      testRows: test.length,
    })
  }
  const difference = comparePaired(pairs, false)
  const candidate: CalibrationCandidate = { kind, logLoss: meanLogLoss(codes, probability), difference }
  return { candidate, probability }
}

function meanLogLoss(codes: Int32Array, probability: Float64Array): number {
  let sum = 0
  for (let i = 0; i < codes.length; i++) {
    const p = clipProbability(probability[i] as number)
    sum -= log(codes[i] === 1 ? p : 1 - p)
  }
  return sum / codes.length
}
