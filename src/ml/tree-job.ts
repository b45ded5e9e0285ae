import type { TreeMemory } from './tree-memory.ts'

/** A leaf as the search for its best split sees it; gradients and hessians in fixed-point units. */
export interface LeafSums {
  readonly leaf: number
  /** Place of its histogram. */
  readonly slot: number
  readonly rows: number
  readonly gradient: number
  readonly hessian: number
  /** Bounds of its value in gradient units by hessian units. */
  readonly lower: number
  readonly upper: number
  /** Whether it may be split again. */
  readonly isOpen: boolean
}

/** Searches the best split of one or two leaves. */
export interface SearchJob {
  /** The leaf whose rows are added up. */
  readonly small: LeafSums
  /** Its sibling, whose slot holds the histogram of both; absent for the root. */
  readonly big: LeafSums | undefined
  /** Which of the two orders the rows lie in. */
  readonly buffer: number
  /** Output whose tree grows. */
  readonly output: number
  /** Units of one hessian, and of one packed gradient. */
  readonly hessianUnits: number
  readonly shift: number
}

/** Splits the rows of a leaf; the left child keeps its number. */
export interface PartitionJob {
  readonly leaf: number
  readonly right: number
  readonly buffer: number
  readonly word: number
  readonly shift: number
  /** Last code that goes left, with the bias; -1 where the codes are marked in `goesLeft`. */
  readonly last: number
  /** Added to each code, within a byte. */
  readonly bias: number
}

/** Adds the values of a finished tree to the scores and works out the gradients of the next round. */
export interface AdvanceJob {
  /** Output whose tree has just been finished, or -1. */
  readonly output: number
  readonly leaves: number
  /** Whether gradients are due. */
  readonly isGradientDue: boolean
  readonly round: number
  readonly gradientUnits: number
  readonly hessianUnits: number
  readonly shift: number
}

/** Position of the first leaf, and numbers of each. */
const LEAVES_AT = 5
const LEAF_NUMBERS = 8
/** Numbers that a job takes. */
export const JOB_NUMBERS = LEAVES_AT + 2 * LEAF_NUMBERS

/** Writes a search where all threads find it. */
export function writeSearch({ job }: TreeMemory, { small, big, ...given }: SearchJob): void {
  job[0] = given.buffer
  job[1] = given.output
  job[2] = given.hessianUnits
  job[3] = given.shift
  job[4] = big ? 1 : 0
  writeLeaf(job, LEAVES_AT, small)
  if (big) writeLeaf(job, LEAVES_AT + LEAF_NUMBERS, big)
}

/** Reads what `writeSearch` wrote. */
export function readSearch({ job }: TreeMemory): SearchJob {
  return {
    buffer: numberAt(job, 0),
    output: numberAt(job, 1),
    hessianUnits: numberAt(job, 2),
    shift: numberAt(job, 3),
    small: readLeaf(job, LEAVES_AT),
    big: numberAt(job, 4) === 1 ? readLeaf(job, LEAVES_AT + LEAF_NUMBERS) : undefined,
  }
}

/** Writes a partition. */
export function writePartition({ job }: TreeMemory, given: PartitionJob): void {
  const { leaf, right, buffer, word, shift, last, bias } = given
  job.set([leaf, right, buffer, word, shift, last, bias])
}

/** Reads what `writePartition` wrote. */
export function readPartition({ job }: TreeMemory): PartitionJob {
  return {
    leaf: numberAt(job, 0),
    right: numberAt(job, 1),
    buffer: numberAt(job, 2),
    word: numberAt(job, 3),
    shift: numberAt(job, 4),
    last: numberAt(job, 5),
    bias: numberAt(job, 6),
  }
}

/** Writes an advance. */
export function writeAdvance({ job }: TreeMemory, given: AdvanceJob): void {
  const { output, leaves, isGradientDue, round, gradientUnits, hessianUnits, shift } = given
  job.set([output, leaves, isGradientDue ? 1 : 0, round, gradientUnits, hessianUnits, shift])
}

/** Reads what `writeAdvance` wrote. */
export function readAdvance({ job }: TreeMemory): AdvanceJob {
  return {
    output: numberAt(job, 0),
    leaves: numberAt(job, 1),
    isGradientDue: numberAt(job, 2) === 1,
    round: numberAt(job, 3),
    gradientUnits: numberAt(job, 4),
    hessianUnits: numberAt(job, 5),
    shift: numberAt(job, 6),
  }
}

function writeLeaf(job: Float64Array, at: number, sums: LeafSums): void {
  const { leaf, slot, rows, gradient, hessian, lower, upper, isOpen } = sums
  job[at] = leaf
  job[at + 1] = slot
  job[at + 2] = rows
  job[at + 3] = gradient
  job[at + 4] = hessian
  job[at + 5] = lower
  job[at + 6] = upper
  job[at + 7] = isOpen ? 1 : 0
}

function readLeaf(job: Float64Array, at: number): LeafSums {
  return {
    leaf: numberAt(job, at),
    slot: numberAt(job, at + 1),
    rows: numberAt(job, at + 2),
    gradient: numberAt(job, at + 3),
    hessian: numberAt(job, at + 4),
    lower: numberAt(job, at + 5),
    upper: numberAt(job, at + 6),
    isOpen: numberAt(job, at + 7) === 1,
  }
}

function numberAt(job: Float64Array, at: number): number {
  return job[at] as number
}
