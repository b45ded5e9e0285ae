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
  | RandomPlan
  | { readonly kind: 'grouped'; readonly folds: number; readonly seed: number; readonly groups: Int32Array }
  | { readonly kind: 'time'; readonly folds: number; readonly times: Float64Array }

/** By chance, once or several times over; every time the rows are dealt anew and each is judged once. */
interface RandomPlan {
  readonly kind: 'random'
  readonly folds: number
  readonly seed: number
  /**
   * Without it 1. More make means and paired differences of small tables steadier; the corrected interval of a paired
   * difference holds for them with folds x repeats in the place of folds (Bouckaert and Frank 2004).
   */
  readonly repeats?: number
}

/** Divides the rows of a target; folds that would have an empty side are left out. */
export function makeFolds(target: Target, plan: FoldPlan): Fold[] {
  if (plan.kind === 'time') return timeFolds(plan.times, plan.folds)
  if (plan.kind === 'grouped') {
    return splitAll(assignGroups(plan.groups, plan.folds, seededRandom(plan.seed)), plan.folds)
  }
  return Array.from({ length: plan.repeats ?? 1 }, (_, repeat) => {
    const seed = plan.seed + Math.imul(repeat, 0x9e3779b1)
    return splitAll(assignFolds(target, plan.folds, seed), plan.folds)
  }).flat()
}

function splitAll(assigned: Int32Array, folds: number): Fold[] {
  const made = Array.from({ length: folds }, (_, fold) => splitRows(assigned, fold))
  return made.filter(({ train, test }) => train.length > 0 && test.length > 0)
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
