import type { TreesSettings } from './settings.ts'

/** How trees are boosted; what is not given is as LightGBM has it. */
export interface TreeRules {
  readonly rounds: number
  /** Most leaves of a tree. */
  readonly leaves: number
  readonly learningRate: number
  /** Rows that a leaf must have; estimated from the hessians where rows differ in them. */
  readonly rowsPerLeaf: number
  /** L2 penalty of a leaf's value. */
  readonly lambda: number
}

/** Hessian that a leaf must have: LightGBM's `min_sum_hessian_in_leaf`. */
export const HESSIAN_PER_LEAF = 1e-3

/** Up to this many levels one level is split from all others: LightGBM's `max_cat_to_onehot`. */
export const LEVELS_ONE_BY_ONE = 4

/** Hessian added to a level before levels are sorted, and the rows a level must have: LightGBM's `cat_smooth`. */
export const LEVEL_SMOOTHING = 10

/** L2 penalty added where levels were sorted by the gradient that then judges them: LightGBM's `cat_l2`. */
export const LEVEL_PENALTY = 10

/** Most levels that go left: LightGBM's `max_cat_threshold`. */
export const MOST_LEVELS_LEFT = 32

/** Rows that must join before the next group of levels is tried: LightGBM's `min_data_per_group`. */
export const ROWS_PER_GROUP = 100

/** Fills in what the settings leave open. */
export function treeRules(given: TreesSettings = {}): TreeRules {
  return {
    rounds: Math.max(0, Math.floor(given.rounds ?? 100)),
    leaves: Math.max(1, Math.floor(given.leaves ?? 31)),
    learningRate: given.learningRate ?? 0.1,
    rowsPerLeaf: Math.max(1, given.rowsPerLeaf ?? 20),
    lambda: Math.max(0, given.lambda ?? 0),
  }
}
