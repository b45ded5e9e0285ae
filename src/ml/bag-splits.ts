import { assignFolds, dealFolds } from './folds.ts'
import { type Target, targetRows } from './table.ts'

/** Which rows a bag holds out: those whose fold is `fold`. */
export interface BagSplit {
  readonly folds: Int32Array
  readonly fold: number
}

/** Folds of one division of the rows; more bags than these divide the rows again. */
const FOLDS = 8

/** More rows than the caches hold are dealt in their order. */
const MANY_ROWS = 200_000

/**
 * Divides the rows for the bags: in each division every row is held out by exactly one bag, so that every row has a
 * score of models that did not learn from it. Divisions are stratified by class.
 */
export function bagSplits(target: Target, bags: number, seed: number): BagSplit[] {
  const perDivision = Math.max(2, Math.min(FOLDS, targetRows(target)))
  const splits: BagSplit[] = []
  for (let division = 0; splits.length < bags; division++) {
    const divide = targetRows(target) > MANY_ROWS ? dealFolds : assignFolds
    const folds = shareCodes(divide(target, perDivision, seed + division))
    for (let fold = 0; fold < perDivision && splits.length < bags; fold++) splits.push({ folds, fold })
  }
  return splits
}

function shareCodes(codes: Int32Array): Int32Array {
  if (typeof SharedArrayBuffer === 'undefined') return codes
  const shared = new Int32Array(new SharedArrayBuffer(codes.byteLength))
  shared.set(codes)
  return shared
}

/** Share of the rows that each bag holds out. */
export function heldOutShare(splits: readonly BagSplit[]): number {
  const folds = splits[0]?.folds ?? new Int32Array(0)
  let last = 1
  for (let i = 0; i < folds.length; i++) last = Math.max(last, folds[i] as number)
  return 1 / (last + 1)
}
