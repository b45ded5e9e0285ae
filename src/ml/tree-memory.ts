import type { Task } from './table.ts'
import type { TreeRules } from './tree-rules.ts'

/** One feature as trees see it while they grow. */
export interface TreeFeature {
  /** Numbers and ordered levels are cut at a threshold; levels without an order are gathered into two groups. */
  readonly kind: 'threshold' | 'levels'
  /** Number of codes, the missing one (0) included. */
  readonly codes: number
  /** Position of code 0 in a histogram: gradients at 2 x (start + code), hessians right behind. */
  readonly start: number
  /** Where the code lies: byte `shift / 8` of this word. */
  readonly word: number
  readonly shift: number
  /** 1 where the score must not fall with the code, -1 where it must not rise, 0 where it is free. */
  readonly direction: number
  /** Whether the last code pools rare levels, which always go right as unknown ones do. */
  readonly pools: boolean
}

/** Features whose codes lie in at most two words: the unit of work of a split search. */
export interface FeatureBlock {
  readonly first: number
  /** One past the last feature. */
  readonly end: number
}

/**
 * All that a fit works on, as plain data and typed arrays: handed to every thread, whose arrays are then the same memory.
 * Rows are cut into segments, features into blocks; both depend on the table only.
 */
export interface TreeMemory {
  readonly task: Task
  readonly rows: number
  readonly outputs: number
  readonly rules: TreeRules
  readonly features: readonly TreeFeature[]
  readonly blocks: readonly FeatureBlock[]
  readonly segments: number
  /** Whether any feature has a direction. */
  readonly isConstrained: boolean
  /** Cells of a histogram. */
  readonly cells: number
  /** Codes of four features each, by row. */
  readonly words: readonly Int32Array[]
  /** Class index or value, by row. */
  readonly target: Float64Array
  readonly weights: Float64Array | undefined
  /** Largest weight. */
  readonly heaviest: number | undefined
  /** Score by output and row. */
  readonly scores: Float64Array
  /** Packed gradients and hessians by output and row. */
  readonly packed: Float64Array
  /** Rows by leaf and segment; a leaf's rows lie in one of the two, its children's in the other. */
  readonly orders: readonly [Int32Array, Int32Array]
  /** Which order the rows of a leaf lie in. */
  readonly buffers: Int32Array
  /** First position and number of rows, by leaf and segment. */
  readonly ranges: Int32Array
  /** Sums of packed gradients and hessians, by output and segment: two numbers each. */
  readonly totals: Float64Array
  /** Gradients and hessians by slot and cell. */
  readonly histograms: Float64Array
  /** Kind of the present phase; see `tree-work.ts`. */
  readonly phase: Int32Array
  /** What the present phase is about; see `tree-job.ts`. */
  readonly job: Float64Array
  /** 1 for codes that go left in the present split. */
  readonly goesLeft: Uint8Array
  /** Best split by side and block; see `tree-job.ts`. */
  readonly found: Float64Array
  /** Value of each leaf of the last tree. */
  readonly values: Float64Array
  /** Weight of the rows of each leaf of the last tree, by leaf and segment. */
  readonly leafWeights: Float64Array
  /** Largest absolute residual by segment. */
  readonly largest: Float64Array
  /** Rounds that are done. */
  readonly progress: Int32Array
  /** Words by which threads agree; see `tree-crew.ts`. */
  readonly crew: Int32Array
}

/** First row of a segment; that of the segment behind the last is the number of rows. */
export function segmentStart({ rows, segments }: Pick<TreeMemory, 'rows' | 'segments'>, segment: number): number {
  return Math.floor((rows * segment) / segments)
}
