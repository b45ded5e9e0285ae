import { assignFolds } from './folds.ts'
import type { Target } from './table.ts'

/** Which rows a bag holds out: those whose fold is `fold`. */
export interface BagSplit {
  readonly folds: Int32Array
  readonly fold: number
}

/** Folds of one division of the rows; more bags than these divide the rows again. */
const FOLDS = 8

/**
 * Divides the rows for the bags: in each division every row is held out by exactly one bag, so that every row has a
 * score of models that did not learn from it. Divisions are stratified by class.
 */
export function bagSplits(target: Target, bags: number, seed: number): BagSplit[] {
  const perDivision = Math.max(2, Math.min(FOLDS, bags))
  const splits: BagSplit[] = []
  for (let division = 0; splits.length < bags; division++) {
    const folds = shareCodes(assignFolds(target, perDivision, seed + division))
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
