import type { BoostingSettings } from './boost-terms.ts'
import type { GlassboxSettings } from './settings.ts'

/** Size of a fit, from which its budget follows. */
export interface FitSize {
  readonly rows: number
  readonly features: number
  readonly outputs: number
}

/** The terms of a stage and how often they are looked at. */
export interface StageSize {
  /** Rows of a bag. */
  readonly rows: number
  readonly terms: number
  /** Cells of all terms together. */
  readonly cells: number
  readonly outputs: number
  /** Corners of a change: leaves of a curve, five for a grid. */
  readonly corners: number
  /** Times that the second derivatives are worked out: once where they are constant. */
  readonly builds: number
}

export type StageSettings = Omit<BoostingSettings, 'largestStep'>

/** Work that a fit may do: counts set from rows x columns x classes, never seconds. */
export interface BoostingPlan {
  readonly bags: number
  readonly rowsPerBag: number
  readonly settings: StageSettings
  /** Most pairs, value slots of their sides, and the share of shuffled pairs that a pair must exceed. */
  readonly pairs: number
  readonly pairSlots: number
  readonly pairLevel: number
  readonly pairSettings: StageSettings
}

/** Below this many rows (a class) coarser bins and smaller steps are measurably better. */
const SMALL_TABLE = 10_000

/** Rows x features x outputs that one bag may hold. */
const CELLS_PER_BAG = 4_000_000

/** More rows than this in a bag do not improve the model (measured on 1 million rows). */
const ROWS_PER_BAG = 100_000

const MOST_ROUNDS = 1000

/** Rounds after which most bags have stopped; a guess, for estimates only. */
const TYPICAL_ROUNDS = 150

/** Numbers of bags, the largest that the budget allows is taken. */
const BAGS = [16, 8, 6, 4]

/** Quantile bins of a number with many distinct values. */
export function planBins({ rows, outputs }: FitSize, given: GlassboxSettings): number {
  return given.bins ?? (rows / outputs < SMALL_TABLE ? 32 : 64)
}

/** Sets the budget of a fit whose curves have `cells` bins together; given settings win. */
export function planBoosting(size: FitSize & { readonly cells: number; readonly builds: number }, given: GlassboxSettings): BoostingPlan {
  const { rows, features, outputs, cells, builds } = size
  const small = rows / outputs < SMALL_TABLE
  const width = Math.max(1, features * outputs)
  const rowsPerBag = given.rowsPerBag ?? Math.min(ROWS_PER_BAG, Math.max(2000, Math.floor(CELLS_PER_BAG / width)))
  const pairSlots = Math.min(15, given.pairSlots ?? (small ? 11 : 15))
  const bagRows = Math.min(rows, rowsPerBag)
  const curveWork = workOfBag({ rows: bagRows, terms: features, cells, outputs, corners: 3, builds })
  const pairWork = (pairs: number): number =>
    pairs === 0 ? 0 : workOfBag({ rows: bagRows, terms: pairs, cells: pairs * (pairSlots + 1) ** 2, outputs, corners: 5, builds })
  const wanted = given.pairs ?? Math.min((features * (features - 1)) / 2, 2 * features)
  const budget = budgetOf(size)
  const affordable = BAGS.find((bags) => bags * (curveWork + pairWork(wanted)) <= budget)
  const bags = Math.min(rows, given.bags ?? affordable ?? 4)
  const left = budget / bags - curveWork
  const pairs = given.pairs ?? Math.max(Math.min(wanted, FEWEST_PAIRS), Math.min(wanted, Math.floor((wanted * left) / Math.max(1, pairWork(wanted)))))
  // Curves that alone are over the budget get fewer rounds.
  const rounds = given.rounds ?? Math.max(60, Math.min(MOST_ROUNDS, Math.floor((4 * TYPICAL_ROUNDS * budget) / (bags * curveWork))))
  const settings = settingsOf({ given, small, rounds, outputs })
  return {
    bags,
    rowsPerBag,
    settings,
    pairs,
    pairSlots,
    pairLevel: given.pairLevel ?? 0.8,
    pairSettings: {
      ...settings,
      rounds: Math.min(rounds, 500),
      learningRate: given.pairLearningRate ?? settings.learningRate,
      smoothingRounds: given.pairSmoothingRounds ?? Math.min(80, settings.smoothingRounds),
    },
  }
}

/** A fit looks at this many pairs even where the budget allows fewer. */
const FEWEST_PAIRS = 6

function settingsOf({ given, small, rounds, outputs }: { given: GlassboxSettings; small: boolean; rounds: number; outputs: number }): StageSettings {
  return {
    rounds,
    learningRate: given.learningRate ?? (small ? 0.1 : 0.2),
    leaves: given.leaves ?? (small ? 3 : 4),
    smoothingRounds: given.smoothingRounds ?? Math.min(small ? 200 : 30, Math.floor(rounds / 3)),
    patience: given.patience ?? 30,
    lambda: given.lambda ?? leafPenalty(outputs),
    rowsPerLeaf: 4,
    growthRounds: given.growthRounds ?? 100,
    idleShare: given.idleShare ?? 0.3,
  }
}

/** Nanoseconds of one thread that a fit may take: a base, and a share for each value of the table. */
function budgetOf({ rows, features }: FitSize): number {
  const values = rows * Math.max(1, features)
  const small = 8e7 + 1500 * Math.min(values, 100_000)
  return rows < SMALL_TABLE ? small : Math.min(4e9, small + 4400 * Math.max(0, values - 100_000))
}

/** Nanoseconds of one thread for one bag of a stage, with the cheaper way to keep the gradient. */
function workOfBag(stage: StageSize): number {
  const { rows, terms, outputs } = stage
  const refresh = (outputs * rows * (2.2 * terms + 25)) / 8
  return TYPICAL_ROUNDS * refresh + Math.min(workByRows(stage), workByMatrix(stage)) + rows * terms
}

/** A visit: the search of its cells, and its rows or the rows of the matrix. Half of the terms sleep. */
function workByRows({ rows, terms, cells, outputs }: StageSize): number {
  return 0.5 * TYPICAL_ROUNDS * outputs * (terms * (0.75 * rows + 1500) + 10 * cells)
}

function workByMatrix({ rows, terms, cells, outputs, corners, builds }: StageSize): number {
  const build = outputs * builds * ((terms * terms * rows) / 1.5 + 3 * cells * cells)
  return build + 0.5 * TYPICAL_ROUNDS * outputs * (terms * (0.45 * corners * cells + 1200) + 10 * cells)
}

/** Whether the matrix of cells is worth its building; otherwise rows are touched at every change. */
export function chooseTracker(stage: StageSize): 'matrix' | 'rows' {
  if (stage.outputs * stage.cells * stage.cells > MATRIX_CELLS) return 'rows'
  return workByMatrix(stage) <= workByRows(stage) ? 'matrix' : 'rows'
}

/** Cells of all matrices of a bag together: 64 MB. */
const MATRIX_CELLS = 16_000_000

/** Separable classes run away without a penalty where there are more than two; the more, the fewer rows for each. */
function leafPenalty(outputs: number): number {
  return outputs === 1 ? 0.1 : Math.min(10, Math.max(1, outputs / 4))
}
