import { type CalibrationMap, calibratedProbability, fitCalibrationMap } from './calibration-map.ts'
import { assignFolds, splitRows } from './folds.ts'
import { log } from './logarithm.ts'
import { clipProbability, weightedMean } from './metrics.ts'
import { comparePaired, type FoldPair, type PairedDifference } from './paired-difference.ts'
import { judgeReliability, type Reliability } from './reliability.ts'
import { type RowWeights, rowsThatCount, takeWeights } from './row-weights.ts'
import { probabilityOfScore } from './score-scale.ts'
import { takeCodes, takeNumbers } from './table.ts'

/** Out-of-fold log-odds of a binary model. */
export interface CalibrateInput {
  readonly codes: Int32Array
  readonly score: Float64Array
  /** Weight of each row; rows of weight zero are left out. */
  readonly weights?: RowWeights
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
export function calibrate(input: CalibrateInput): Calibration {
  const { codes, score, weights, seed } = rowsToHeed(input)
  const target = { task: 'binary', codes, classes: ['0', '1'] } as const
  const folds = assignFolds(target, Math.min(FOLDS, Math.max(2, codes.length)), seed)
  const plain = score.map(probabilityOfScore)
  const tried = (['platt', 'isotonic'] as const).map((kind) => tryMap(kind, { codes, score, weights, folds, plain }))
  const before = judgeReliability(codes, plain, weights)
  const candidates = tried.map(({ candidate }) => candidate)
  let best: (typeof tried)[number] | undefined
  for (const one of tried) {
    const better = !best || one.candidate.logLoss < best.candidate.logLoss
    if (one.candidate.difference.verdict === 'gain' && better) best = one
  }
  const logLoss = meanLogLoss(codes, plain, weights)
  if (!best) return { map: { kind: 'identity' }, logLoss, candidates, before, after: before }
  const map = fitCalibrationMap(best.candidate.kind, { scores: score, codes, weights })
  return { map, logLoss, candidates, before, after: judgeReliability(codes, best.probability, weights) }
}

function rowsToHeed(input: CalibrateInput): CalibrateInput {
  const rows = rowsThatCount(input.codes.length, input.weights)
  if (rows.length === input.codes.length) return input
  const weights = takeWeights(input.weights, rows)
  return { ...input, codes: takeCodes(input.codes, rows), score: takeNumbers(input.score, rows), weights }
}

interface Trial {
  readonly codes: Int32Array
  readonly score: Float64Array
  readonly weights: RowWeights
  readonly folds: Int32Array
  readonly plain: Float64Array
}

/** Fits the map on all folds but one, applies it to that one, and compares fold by fold. */
function tryMap(kind: 'platt' | 'isotonic', { codes, score, weights, folds, plain }: Trial) {
  const probability = plain.slice()
  const pairs: FoldPair[] = []
  for (let fold = 0; fold <= Math.max(...folds); fold++) {
    const { train, test } = splitRows(folds, fold)
    if (train.length === 0 || test.length === 0) continue
    const learnt = {
      scores: takeNumbers(score, train),
      codes: takeCodes(codes, train),
      weights: takeWeights(weights, train),
    }
    const map = fitCalibrationMap(kind, learnt)
    for (const row of test) probability[row] = calibratedProbability(map, score[row] as number)
    const truth = takeCodes(codes, test)
    const own = takeWeights(weights, test)
    pairs.push({
      candidate: meanLogLoss(truth, takeNumbers(probability, test), own),
      baseline: meanLogLoss(truth, takeNumbers(plain, test), own),
      trainRows: train.length,
      testRows: test.length,
    })
  }
  const difference = comparePaired(pairs, false)
  const candidate: CalibrationCandidate = { kind, logLoss: meanLogLoss(codes, probability, weights), difference }
  return { candidate, probability }
}

function meanLogLoss(codes: Int32Array, probability: Float64Array, weights: RowWeights): number {
  const losses = probability.map((p, i) => -log(codes[i] === 1 ? clipProbability(p) : 1 - clipProbability(p)))
  return weightedMean(losses, weights)
}
