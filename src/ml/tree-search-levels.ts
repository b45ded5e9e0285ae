import { constrainedGain, leafGain } from './tree-gain.ts'
import {
  LEVEL_PENALTY,
  LEVEL_SMOOTHING,
  LEVELS_ONE_BY_ONE,
  MOST_LEVELS_LEFT,
  ROWS_PER_GROUP,
} from './tree-rules.ts'
import type { TreeFeature } from './tree-memory.ts'
import type { SearchPlace } from './tree-search-threshold.ts'
import { MISSING_LEFT, MISSING_RIGHT, MISSING_UNKNOWN, type TreeSplit } from './tree-split.ts'

/** Room for the codes of one search; one for each thread. */
export interface LevelRoom {
  readonly codes: Int32Array
  readonly keys: Float64Array
  /** Hessian units of one. */
  hessianUnits: number
  isConstrained: boolean
}

/** Makes room for 256 codes. */
export function levelRoom(): LevelRoom {
  return { codes: new Int32Array(256), keys: new Float64Array(256), hessianUnits: 1, isConstrained: false }
}

/**
 * Splits levels without an order: one level from all others where there are few, otherwise the first or last ones in
 * the order of gradient by hessian, which holds the best of all groupings (Fisher 1958; LightGBM's rules for the
 * rest). A missing value is a level like others; pooled rare levels always go right.
 */
export function searchLevels(place: SearchPlace, best: TreeSplit, room: LevelRoom): void {
  if (isOneByOne(place.feature)) searchOne(place, best, room)
  else searchGroups(place, best, room)
}

/** Whether a feature has so few levels that each is split from all others; otherwise values pay `LEVEL_PENALTY`. */
export function isOneByOne({ codes }: TreeFeature): boolean {
  return codes - 1 <= LEVELS_ONE_BY_ONE
}

function searchOne(place: SearchPlace, best: TreeSplit, room: LevelRoom): void {
  const { histograms, start, limits, feature } = place
  for (let code = 0; code < feature.codes; code++) {
    const gradient = histograms[start + 2 * code] as number
    const hessian = histograms[start + 2 * code + 1] as number
    if (hessian < limits.least || hessian > limits.most) continue
    const gain = gainOf(place, room, { gradient, hessian, penalty: limits.penalty })
    if (gain <= best.gain) continue
    keep(place, best, { gain, gradient, hessian })
    nameLeft(best, place, [code])
  }
}

function searchGroups(place: SearchPlace, best: TreeSplit, room: LevelRoom): void {
  const count = sortCodes(place, room)
  const most = Math.min(MOST_LEVELS_LEFT, (count + 1) >> 1)
  const before = best.gain
  let first = 0
  let taken = 0
  for (const from of [0, count - 1]) {
    const number = searchOneWay({ place, room, from, most, count }, best)
    if (number === 0) continue
    taken = number
    first = from === 0 ? 0 : count - number
  }
  if (best.gain !== before) nameLeft(best, place, room.codes.subarray(first, first + taken))
}

/** Codes that have enough rows, by ascending gradient by hessian; returns how many they are. */
function sortCodes({ histograms, start, feature, limits }: SearchPlace, room: LevelRoom): number {
  const { codes, keys, hessianUnits } = room
  const end = feature.codes - (feature.pools ? 1 : 0)
  const enough = (LEVEL_SMOOTHING - 0.5) * limits.hessianPerRow
  const smoothing = LEVEL_SMOOTHING * hessianUnits
  let count = 0
  for (let code = 0; code < end; code++) {
    const hessian = histograms[start + 2 * code + 1] as number
    if (hessian === 0 || hessian < enough) continue
    const key = (histograms[start + 2 * code] as number) / (hessian + smoothing)
    let at = count++
    for (; at > 0 && (keys[at - 1] as number) > key; at--) {
      keys[at] = keys[at - 1] as number
      codes[at] = codes[at - 1] as number
    }
    keys[at] = key
    codes[at] = code
  }
  return count
}

interface OneWay {
  readonly place: SearchPlace
  readonly room: LevelRoom
  /** First position in the order; 0 goes up, the last one goes down. */
  readonly from: number
  readonly most: number
  readonly count: number
}

/** Lets one level after another join the left; returns how many it has at the best gain, 0 where none is better. */
function searchOneWay({ place, room, from, most, count }: OneWay, best: TreeSplit): number {
  const { histograms, start, leaf, limits } = place
  const penalty = limits.penalty + LEVEL_PENALTY * room.hessianUnits
  const group = (ROWS_PER_GROUP - 0.5) * limits.hessianPerRow
  const step = from === 0 ? 1 : -1
  let gradient = 0
  let hessian = 0
  let joined = 0
  let taken = 0
  for (let i = 0; i < most && i < count; i++) {
    const at = start + 2 * (room.codes[from + step * i] as number)
    gradient += histograms[at] as number
    hessian += histograms[at + 1] as number
    joined += histograms[at + 1] as number
    if (hessian < limits.least) continue
    if (hessian > limits.most || leaf.hessian - hessian < group) break
    if (joined < group) continue
    joined = 0
    const gain = gainOf(place, room, { gradient, hessian, penalty })
    if (gain <= best.gain) continue
    keep(place, best, { gain, gradient, hessian })
    taken = i + 1
  }
  return taken
}

function gainOf({ leaf }: SearchPlace, room: LevelRoom, child: { gradient: number; hessian: number; penalty: number }): number {
  const { gradient, hessian, penalty } = child
  if (room.isConstrained) return constrainedGain(leaf, { ...child, direction: 0 })
  return leafGain(gradient, hessian, penalty) + leafGain(leaf.gradient - gradient, leaf.hessian - hessian, penalty)
}

function keep(place: SearchPlace, best: TreeSplit, found: Pick<TreeSplit, 'gain' | 'gradient' | 'hessian'>): void {
  best.gain = found.gain
  best.gradient = found.gradient
  best.hessian = found.hessian
  best.feature = place.index
  best.code = -1
}

function nameLeft(best: TreeSplit, { histograms, start }: SearchPlace, codes: ArrayLike<number>): void {
  best.left.fill(0)
  const isMissing = histograms[start] !== 0 || histograms[start + 1] !== 0
  best.missing = isMissing ? MISSING_RIGHT : MISSING_UNKNOWN
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i] as number
    best.left[code >> 5] = (best.left[code >> 5] as number) | (1 << (code & 31))
    if (code === 0) best.missing = MISSING_LEFT
  }
}
