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
  if (target.task === 'regression') {
    for (let i = 0; i < rows; i++) assigned[order[i] as number] = i % folds
    return assigned
  }
  const places = firstPlaces(target.codes, target.classes.length)
  for (let i = 0; i < rows; i++) {
    const row = order[i] as number
    const code = target.codes[row] as number
    const place = places[code]
    // A row of none of the classes stays in the first fold.
    if (place === undefined) continue
    assigned[row] = place % folds
    places[code] = place + 1
  }
  return assigned
}

/**
 * Fold of each row by chance, dealt in the order of the rows: of every so many rows of a class that follow one another each goes to another
 * fold. As even as `assignFolds`, and read once from front to back, which is what counts for tables that no cache holds.
 */
export function dealFolds(target: Target, folds: number, seed: number): Int32Array {
  const codes = target.task === 'regression' ? undefined : target.codes
  const assigned = new Int32Array(target.task === 'regression' ? target.values.length : target.codes.length)
  const random = seededRandom(seed, folds, 0xdea1)
  const hands = Array.from({ length: target.task === 'regression' ? 1 : target.classes.length }, () => Int32Array.from({ length: folds }, (_, fold) => fold))
  const left = new Int32Array(hands.length)
  for (let row = 0; row < assigned.length; row++) {
    const code = codes === undefined ? 0 : (codes[row] as number)
    const hand = hands[code]
    if (hand === undefined) continue
    const last = ((left[code] as number) || folds) - 1
    const drawn = random.below(last + 1)
    const fold = hand[drawn] as number
    hand[drawn] = hand[last] as number
    hand[last] = fold
    assigned[row] = fold
    left[code] = last
  }
  return assigned
}

/** Where the rows of each class begin when they are dealt class after class. */
function firstPlaces(codes: Int32Array, classes: number): Float64Array {
  const places = new Float64Array(classes)
  for (let i = 0; i < codes.length; i++) {
    const next = (codes[i] as number) + 1
    if (next > 0 && next < classes) places[next] = (places[next] as number) + 1
  }
  for (let k = 1; k < classes; k++) places[k] = (places[k] as number) + (places[k - 1] as number)
  return places
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
