import { assignFolds, type Fold, makeFolds, splitRows } from '#ml/folds'
import { seededRandom, shuffledRows } from '#ml/random'
import { type Target, takeCodes, takeNumbers, takeTarget, targetRows } from '#ml/table'

/** What the folds have to respect. */
export interface FoldRequest {
  readonly target: Target
  /** Rows with the same number stay on one side of every fold. */
  readonly groups: Int32Array
  /** Set where the split is by time. */
  readonly times: Float64Array | null
  /** Groups that somebody chose; otherwise they only keep copies of a row together. */
  readonly grouped: boolean
  readonly folds: number
  /** At most so many rows take part. */
  readonly rows: number
  readonly seed: number
}

/** Divides the training rows: by time, by group, or by chance with classes spread evenly and copies kept together. */
export function makeTrainingFolds(request: FoldRequest): Fold[] {
  const all = targetRows(request.target)
  const rows = drawRows(all, request.rows, request.seed)
  const target = takeTarget(request.target, rows)
  const folds = divide(request, target, rows)
  return rows.length === all
    ? folds
    : folds.map((fold) => ({ train: takeCodes(rows, fold.train), test: takeCodes(rows, fold.test) }))
}

function divide(request: FoldRequest, target: Target, rows: Int32Array): Fold[] {
  const { folds, seed } = request
  if (request.times !== null) return makeFolds(target, { kind: 'time', folds, times: takeNumbers(request.times, rows) })
  const groups = takeCodes(request.groups, rows)
  if (request.grouped) return makeFolds(target, { kind: 'grouped', folds, seed, groups })
  return spreadFolds(target, groups, { folds, seed })
}

/** Deals the first row of each group evenly by class; its copies follow it. */
function spreadFolds(target: Target, groups: Int32Array, { folds, seed }: { folds: number; seed: number }): Fold[] {
  const place = new Map<number, number>()
  const first: number[] = []
  const placeOfRow = groups.map((group, row) => {
    const known = place.get(group)
    if (known !== undefined) return known
    place.set(group, first.length)
    return first.push(row) - 1
  })
  const dealt = assignFolds(takeTarget(target, Int32Array.from(first)), folds, seed)
  const assigned = placeOfRow.map((at) => dealt[at] ?? 0)
  const made = Array.from({ length: folds }, (_, fold) => splitRows(assigned, fold))
  return made.filter((fold) => fold.train.length > 0 && fold.test.length > 0)
}

/** All rows, or a seeded draw in row order. */
function drawRows(all: number, most: number, seed: number): Int32Array {
  const shuffled = shuffledRows(all, seededRandom(seed, all, most))
  return all <= most ? shuffled.sort() : shuffled.slice(0, most).sort()
}
