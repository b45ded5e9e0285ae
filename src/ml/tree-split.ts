/** The best split found so far; gradients and hessians in fixed-point units. */
export interface TreeSplit {
  /** Gain of the two children, to be compared with other splits of the same leaf; that of no split at the start. */
  gain: number
  /** Feature, or -1 where no split was found. */
  feature: number
  /** Codes 1 to this one go left; -1 where `left` names the codes. */
  code: number
  /** Where a missing value goes. */
  missing: MissingSide
  /** Sums of the left child. */
  gradient: number
  hessian: number
  /** One bit for each code that goes left. */
  readonly left: Int32Array
}

/** Side of a missing value; a leaf without one has none to learn from. */
export type MissingSide = 0 | 1 | 2
export const MISSING_RIGHT: MissingSide = 0
export const MISSING_LEFT: MissingSide = 1
export const MISSING_UNKNOWN: MissingSide = 2

/** Words that hold a bit for each of 256 codes. */
const LEFT_WORDS = 8
/** Numbers that a stored split takes. */
export const SPLIT_NUMBERS = 6 + LEFT_WORDS

/** A split that has not been found yet. */
export function noSplit(): TreeSplit {
  return { gain: 0, feature: -1, code: -1, missing: 0, gradient: 0, hessian: 0, left: new Int32Array(LEFT_WORDS) }
}

/** Whether a code is among those that go left. */
export function isLeftCode({ code, left, missing }: TreeSplit, asked: number): boolean {
  if (asked === 0) return missing === MISSING_LEFT
  if (code >= 0) return asked <= code
  return (((left[asked >> 5] as number) >>> (asked & 31)) & 1) === 1
}

/** Writes a split where all threads find it. */
export function storeSplit(split: TreeSplit, numbers: Float64Array, at: number): void {
  numbers[at] = split.gain
  numbers[at + 1] = split.feature
  numbers[at + 2] = split.code
  numbers[at + 3] = split.missing
  numbers[at + 4] = split.gradient
  numbers[at + 5] = split.hessian
  numbers.set(split.left, at + 6)
}

/** Gain of a stored split; 0 where none was found. */
export function gainAt(numbers: Float64Array, at: number): number {
  return numbers[at + 1] === -1 ? 0 : (numbers[at] as number)
}

/** Reads what `storeSplit` wrote. */
export function loadSplit(numbers: Float64Array, at: number): TreeSplit {
  const [gain = 0, feature = -1, code = -1, missing = 0, gradient = 0, hessian = 0] = numbers.subarray(at, at + 6)
  const left = Int32Array.from(numbers.subarray(at + 6, at + SPLIT_NUMBERS))
  return { gain, feature, code, missing: missing as MissingSide, gradient, hessian, left }
}
