import type { BoostingSettings } from './boost-terms.ts'
import type { GlassboxSettings } from './settings.ts'

/** Size of a fit, from which its budget follows. */
export interface FitSize {
  readonly rows: number
  readonly features: number
  readonly outputs: number
}

type StageSettings = Omit<BoostingSettings, 'largestStep'>

/** Work that a fit may do: counts set from rows x columns x classes, never seconds. */
export interface BoostingPlan {
  readonly bags: number
  readonly rowsPerBag: number
  readonly quantileBins: number
  readonly settings: StageSettings
  /** Most pairs, value slots of their sides, and the share of shuffled pairs that a pair must exceed. */
  readonly pairs: number
  readonly pairSlots: number
  readonly pairLevel: number
  readonly pairSettings: StageSettings
  /** Estimated touches of a row or cell in each stage. */
  readonly work: number
  readonly pairWork: number
}

/** Below this many rows (a class) a smaller learning rate, fewer leaves and coarser bins are measurably better. */
const SMALL_TABLE = 10_000

/** Touches of a row or bin (about a nanosecond each) that all rounds of all bags may need together. */
const WORK = 2e9

/** Rows x features x outputs that one bag may hold. */
const CELLS_PER_BAG = 4_000_000

/** More rows than this in a bag do not improve the model (measured on 1 million rows). */
const ROWS_PER_BAG = 100_000

const MANY_FEATURES = 100
const FEWEST_ROUNDS = 60
const MOST_ROUNDS = 1000

/** Sets the budget of a fit; given settings win. */
export function planBoosting({ rows, features, outputs }: FitSize, given: GlassboxSettings): BoostingPlan {
  const small = rows / outputs < SMALL_TABLE
  const width = Math.max(1, features * outputs)
  const rowsPerBag = given.rowsPerBag ?? Math.min(ROWS_PER_BAG, Math.max(2000, Math.floor(CELLS_PER_BAG / width)))
  const quantileBins = given.bins ?? (small ? 32 : 64)
  const round = workOfRound({ rows: Math.min(rows, rowsPerBag), features, outputs }, quantileBins)
  const affordable = (bags: number): number => Math.floor(WORK / (bags * round))
  const bags = Math.min(rows, given.bags ?? (affordable(8) >= 150 ? 8 : 4))
  const rounds = given.rounds ?? Math.min(MOST_ROUNDS, Math.max(FEWEST_ROUNDS, affordable(bags)))
  const settings = {
    rounds,
    learningRate: given.learningRate ?? learningRate(small, features, rounds),
    leaves: given.leaves ?? (small ? 3 : 4),
    smoothingRounds: given.smoothingRounds ?? Math.min(small ? 200 : 30, Math.floor(rounds / 3)),
    patience: given.patience ?? 30,
    lambda: given.lambda ?? leafPenalty(outputs),
    rowsPerLeaf: 4,
    idleShare: given.idleShare ?? 0.4,
    growthRounds: given.growthRounds ?? 1e9,
  }
  const pairSettings = {
    ...settings,
    learningRate: given.pairLearningRate ?? settings.learningRate,
    smoothingRounds: given.pairSmoothingRounds ?? settings.smoothingRounds,
    leaves: 4,
  }
  return {
    bags,
    rowsPerBag,
    quantileBins,
    settings,
    pairs: given.pairs ?? 2 * features,
    pairSlots: Math.min(15, given.pairSlots ?? (small ? 11 : 15)),
    pairLevel: given.pairLevel ?? 0.8,
    pairSettings,
    work: bags * round * 100,
    pairWork: bags * round * 100,
  }
}

/** What decides how boosting keeps its gradient. */
export interface TrackerSize extends FitSize {
  /** Cells of all terms together. */
  readonly cells: number
  /** Corners of a change: leaves of a curve, five for a grid. */
  readonly corners: number
  /** Times that the second derivatives are worked out. */
  readonly builds: number
}

/** Whether the matrix of cells is worth its building; otherwise rows are touched at every change. In nanoseconds. */
export function chooseTracker({ rows, features, outputs, cells, corners, builds }: TrackerSize): 'matrix' | 'rows' {
  if (outputs * cells * cells > MATRIX_CELLS) return 'rows'
  const visits = TYPICAL_ROUNDS * features * outputs
  const matrix = outputs * builds * ((features * features * rows) / 1.5 + 3 * cells * cells) + visits * 0.45 * corners * cells
  return matrix <= visits * 0.9 * rows ? 'matrix' : 'rows'
}

const TYPICAL_ROUNDS = 120

/** Cells of all matrices of a bag together: 64 MB. */
const MATRIX_CELLS = 16_000_000

/** Separable classes run away without a penalty where there are more than two; the more, the fewer rows for each. */
function leafPenalty(outputs: number): number {
  return outputs === 1 ? 0.1 : Math.min(10, Math.max(1, outputs / 4))
}

function learningRate(small: boolean, features: number, rounds: number): number {
  // Each round takes a step on every feature: with many of them a large step overfits within ten rounds.
  if (features > MANY_FEATURES) return 0.1
  // Few rounds must go further each.
  if (rounds < 300) return 0.3
  return small ? 0.1 : 0.2
}

/** Touches of one round of one bag, the cheaper of both trackers and the share of the exact refreshes. */
function workOfRound({ rows, features, outputs }: FitSize, bins: number): number {
  const guess = features * Math.min(bins, 32)
  const refresh = (rows * features * outputs * 2 + rows * outputs * 20) / 10
  const step = outputs * guess * guess > MATRIX_CELLS ? 2 * rows : Math.min(2 * rows, 2 * guess)
  return features * outputs * (step + 4 * bins) + refresh
}
