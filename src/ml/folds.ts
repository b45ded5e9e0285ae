import { orderOfScores } from './area-under-curve.ts'
import { type Random, seededRandom, shuffledRows } from './random.ts'
import type { Target } from './table.ts'

/** One division of the rows: learn on `train`, judge on `test`; both ascending. */
export interface Fold {
  readonly train: Int32Array
  readonly test: Int32Array
}

/** How rows may be divided: by chance (stratified for classes), by group, or by time. */
export type FoldPlan =
  | { readonly kind: 'random'; readonly folds: number; readonly seed: number }
  | { readonly kind: 'grouped'; readonly folds: number; readonly seed: number; readonly groups: Int32Array }
  | { readonly kind: 'time'; readonly folds: number; readonly times: Float64Array }

/** Divides the rows of a target; folds that would have an empty side are left out. */
export function makeFolds(target: Target, plan: FoldPlan): Fold[] {
  if (plan.kind === 'time') return timeFolds(plan.times, plan.folds)
  const folds =
    plan.kind === 'grouped'
      ? assignGroups(plan.groups, plan.folds, seededRandom(plan.seed))
      : assignFolds(target, plan.folds, plan.seed)
  const made: Fold[] = []
  for (let fold = 0; fold < plan.folds; fold++) {
    const split = splitRows(folds, fold)
    if (split.train.length > 0 && split.test.length > 0) made.push(split)
  }
  return made
}

/** Fold of each row by chance; classes are dealt out evenly, so that every fold has its share of each. */
export function assignFolds(target: Target, folds: number, seed: number): Int32Array {
  const rows = target.task === 'regression' ? target.values.length : target.codes.length
  const order = shuffledRows(rows, seededRandom(seed, folds))
  const assigned = new Int32Array(rows)
  let next = 0
  const deal = (row: number): void => {
    assigned[row] = next
    next = (next + 1) % folds
  }
  if (target.task === 'regression') {
    for (const row of order) deal(row)
    return assigned
  }
  const byClass: number[][] = target.classes.map(() => [])
  for (const row of order) byClass[target.codes[row] as number]?.push(row)
  for (const members of byClass) for (const row of members) deal(row)
  return assigned
}

/** Rows inside and outside of a fold. */
export function splitRows(assigned: ArrayLike<number>, fold: number): Fold {
  let inside = 0
  for (let i = 0; i < assigned.length; i++) if (assigned[i] === fold) inside++
  const train = new Int32Array(assigned.length - inside)
  const test = new Int32Array(inside)
  let trainCount = 0
  let testCount = 0
  for (let i = 0; i < assigned.length; i++) {
    if (assigned[i] === fold) test[testCount++] = i
    else train[trainCount++] = i
  }
  return { train, test }
}

/** Deals whole groups, the largest first, always to the fold that has the fewest rows. */
function assignGroups(groups: Int32Array, folds: number, random: Random): Int32Array {
  const rowsOfGroup = new Map<number, number>()
  for (const group of groups) rowsOfGroup.set(group, (rowsOfGroup.get(group) ?? 0) + 1)
  const ranked = [...rowsOfGroup].map(([group, rows]) => ({ group, rows, chance: random.next() }))
  ranked.sort((a, b) => b.rows - a.rows || a.chance - b.chance)
  const load: number[] = Array.from({ length: folds }, () => 0)
  const foldOfGroup = new Map<number, number>()
  for (const { group, rows } of ranked) {
    const lightest = load.indexOf(Math.min(...load))
    load[lightest] = (load[lightest] ?? 0) + rows
    foldOfGroup.set(group, lightest)
  }
  return groups.map((group) => foldOfGroup.get(group) ?? 0)
}

/** Expanding windows: fold i learns on all earlier rows; rows of one time are never on both sides. */
function timeFolds(times: Float64Array, folds: number): Fold[] {
  const order = orderOfScores(times)
  const rows = order.length
  const timeAt = (position: number): number => times[order[position] as number] as number
  const borders: number[] = []
  for (let i = 1; i <= folds; i++) {
    let border = Math.round((i * rows) / (folds + 1))
    while (border > 0 && border < rows && timeAt(border) === timeAt(border - 1)) border++
    borders.push(border)
  }
  borders.push(rows)
  const made: Fold[] = []
  for (let i = 0; i < folds; i++) {
    const start = borders[i] as number
    const end = borders[i + 1] as number
    if (start === 0 || end === start) continue
    made.push({ train: order.slice(0, start).sort(), test: order.slice(start, end).sort() })
  }
  return made
}
