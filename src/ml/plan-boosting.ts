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
  /** Work that the bags of a stage may take together, in nanoseconds of one thread. */
  readonly curveBudget: number
  readonly pairBudget: number
}

/** Below this many rows (a class) coarser bins and smaller steps are measurably better. */
const SMALL_TABLE = 10_000

/** Rows x features x outputs that one bag may hold. */
const CELLS_PER_BAG = 4_000_000

/** More rows than this in a bag do not improve the model (measured on 1 million rows). */
const ROWS_PER_BAG = 65_000

const MOST_ROUNDS = 1000

/** Rounds after which most bags have stopped; a guess, for estimates only. */
const TYPICAL_ROUNDS = 150

/** More bags than these do not improve the model. */
const MOST_BAGS = 32

/** Share of the budget that the curves may take; where few rows name classes there are fewer pairs to fit. */
const CURVE_SHARE = 0.4
const CURVE_SHARE_FEW = 0.6

/** Quantile bins of a number with many distinct values. */
export function planBins(regression: boolean, given: GlassboxSettings): number {
  return given.bins ?? (regression ? 128 : 64)
}

/** Sets the budget of a fit whose curves have `cells` bins together; given settings win. */
export function planBoosting(size: FitSize & { readonly cells: number; readonly builds: number; readonly regression: boolean }, given: GlassboxSettings): BoostingPlan {
  const { rows, features, outputs, cells, builds, regression } = size
  const small = rows / outputs < SMALL_TABLE
  const width = Math.max(1, features * outputs)
  const rowsPerBag = given.rowsPerBag ?? Math.min(ROWS_PER_BAG, Math.max(2000, Math.floor(CELLS_PER_BAG / width)))
  const pairSlots = Math.min(15, given.pairSlots ?? (small && !regression ? 11 : 15))
  const bagRows = Math.min(rows, rowsPerBag)
  const curveWork = workOfBag({ rows: bagRows, terms: features, cells, outputs, corners: 3, builds })
  const pairWork = (pairs: number): number =>
    pairs === 0 ? 0 : workOfBag({ rows: bagRows, terms: pairs, cells: pairs * (pairSlots + 1) ** 2, outputs, corners: 5, builds })
  const wanted = given.pairs ?? Math.min((features * (features - 1)) / 2, usualPairs(size, regression))
  const budget = budgetOf(size, regression)
  const curveShare = rows < FEW_ROWS && !regression ? CURVE_SHARE_FEW : CURVE_SHARE
  const bags = Math.min(rows, given.bags ?? MOST_BAGS)
  const curveBudget = given.bags === undefined ? curveShare * budget : Number.MAX_VALUE
  const pairBudget = given.bags === undefined ? (1 - curveShare) * budget : Number.MAX_VALUE
  // At least four bags of pairs must be affordable.
  const affordable = Math.floor((wanted * (pairBudget / 4)) / Math.max(1, pairWork(wanted)))
  const pairs = given.pairs ?? Math.min(wanted, Math.max(FEWEST_PAIRS, affordable))
  // Curves that alone are over the budget get fewer rounds.
  const rounds = given.rounds ?? roundsWithin(curveShare * budget, curveWork)
  const pairRounds = Math.min(500, given.rounds ?? roundsWithin((1 - curveShare) * budget, pairWork(pairs)))
  const few = rows < FEW_ROWS
  const settings = settingsOf({ given, small, few, rounds, outputs, regression })
  return {
    bags,
    rowsPerBag,
    settings,
    pairs,
    pairSlots,
    pairLevel: pairLevel(rows, regression),
    curveBudget,
    pairBudget,
    pairSettings: {
      ...settingsOf({ given, small, few, rounds: pairRounds, outputs, regression }),
      smoothingRounds: Math.min(80, settings.smoothingRounds),
    },
  }
}

/** Pairs to look at. Where few rows name classes, more of them add noise (12 small tables: -0.0010 AUC with four times as many). */
function usualPairs({ rows, features }: FitSize, regression: boolean): number {
  return rows < FEW_ROWS && !regression ? Math.max(FEWEST_PAIRS, Math.ceil(features / 2)) : 2 * features
}

/** On few rows the best of many pairs of chance looks good: there fewer of them pass. */
function pairLevel(rows: number, regression: boolean): number {
  if (rows >= FEW_ROWS) return 0.8
  return regression ? 0.95 : 0.99
}

const FEW_ROWS = 3000

/** A fit looks at this many pairs even where the budget allows fewer. */
const FEWEST_PAIRS = 6

interface SettingsInput {
  readonly given: GlassboxSettings
  readonly small: boolean
  readonly few: boolean
  readonly rounds: number
  readonly outputs: number
  readonly regression: boolean
}

function settingsOf({ given, small, few, rounds, outputs, regression }: SettingsInput): StageSettings {
  // Where there are few rounds, each must go further.
  const pace = Math.min(1, rounds / FULL_ROUNDS)
  return {
    rounds,
    // Larger steps leave time for more bags, which is worth more where a bag says little.
    learningRate: given.learningRate ?? (few || (small && regression) ? 0.06 : 0.04) / pace,
    leaves: given.leaves ?? (small ? 2 : 4),
    endTogether: !small,
    smoothingRounds: given.smoothingRounds ?? Math.floor((small ? 200 : 30) * pace),
    patience: given.patience ?? 30,
    lambda: given.lambda ?? leafPenalty(outputs),
    // A number says more of its curve than a class does; the bags average out what so small a leaf picks up.
    rowsPerLeaf: small && regression ? 2 : 4,
    steadyRounds: 60 * pace,
    growthRounds: 20 * pace,
    idleShare: 0.1,
  }
}

/** Rounds that are enough for almost every table. */
const FULL_ROUNDS = 300

/** Rounds of four bags that a budget allows; boosting ends by itself before most of the time. */
function roundsWithin(budget: number, work: number): number {
  const affordable = Math.floor((2 * TYPICAL_ROUNDS * budget) / Math.max(1, 4 * work))
  return Math.max(FEWEST_ROUNDS, Math.min(MOST_ROUNDS, affordable))
}

const FEWEST_ROUNDS = 60

/** Nanoseconds of one thread that a fit may take: a base, and a share for each value of the table. */
function budgetOf({ rows, features }: FitSize, regression: boolean): number {
  const values = rows * Math.max(1, features)
  // Where few rows name classes, more bags are worth their time.
  const small = (rows < FEW_ROWS && !regression ? 1.3e8 : 1e8) + 150 * Math.min(values, 100_000)
  return rows < SMALL_TABLE ? small : Math.min(1.8e9, small + 1800 * Math.max(0, values - 100_000))
}

/** Nanoseconds of one thread for one bag of a stage, with the cheaper way to keep the gradient. */
function workOfBag(stage: StageSize): number {
  const { rows, terms, outputs } = stage
  const refresh = (outputs * rows * (2.2 * terms + 25)) / 8
  return TYPICAL_ROUNDS * refresh + Math.min(workByRows(stage), workByMatrix(stage)) + rows * terms
}

/** A visit: the search of its cells, and its rows or the rows of the matrix. Half of the terms sleep. */
function workByRows({ rows, terms, cells, outputs }: StageSize): number {
  return 0.5 * TYPICAL_ROUNDS * outputs * (terms * (1.15 * rows + 1500) + 10 * cells)
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
