import { viewsByTerm } from './binned-rows.ts'
import { addChange, type Change } from './change.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import { type CellSums, curveGrower, type Grower, type TreeSettings } from './grow-curve.ts'
import { gridGrower } from './grow-grid.ts'
import { holdMonotone } from './hold-monotone.ts'
import type { Direction } from './model.ts'
import type { Random } from './random.ts'
import type { RowScores } from './row-scores.ts'
import type { Statistics } from './statistics.ts'

/** Limits of one boosting run; counts only. */
export interface BoostingSettings extends TreeSettings {
  readonly rounds: number
  /** First rounds with random cuts, which smooth the terms (EBM does the same). */
  readonly smoothingRounds: number
  /** Rounds without improvement after which boosting ends. */
  readonly patience: number
  /** Whether all bags end at one round, or each where its own held-out rows say. */
  readonly endTogether: boolean
  /** Rounds with the first learning rate; after them it grows by itself every `growthRounds`. */
  readonly steadyRounds: number
  readonly growthRounds: number
  /** A term whose gain is below this share of the largest gain of the round before is passed over. */
  readonly idleShare: number
}

/** What one boosting run works on. */
export interface BoostingRun {
  readonly statistics: Omit<Statistics, 'gradientByCell' | 'weightsByPair'>
  readonly tracker: GradientTracker
  readonly holdOut: RowScores
  readonly random: Random
  /** Told the share of the rounds that are over. */
  readonly progress?: ((fraction: number) => void) | undefined
}

/** What the held-out rows said of the terms at some of the rounds, the start first. */
export interface BoostedTerms {
  readonly rounds: number[]
  /** Mean loss of the held-out rows. */
  readonly losses: number[]
  /** Score by output and cell. */
  readonly snapshots: Float64Array[]
  /** Estimated nanoseconds: a count of touches. */
  work: number
}

/** An improvement smaller than this share of the loss does not reset the patience. */
const TOLERANCE = 1e-4

/** Rounds at which the second derivatives are worked out anew. */
const WEIGHT_ROUNDS = [0, 5, 20, 80]

/** Visits the terms in turn, a small change each, until the held-out loss has not fallen for a while. */
export function boostTerms(run: BoostingRun, settings: BoostingSettings): BoostedTerms {
  const { statistics, tracker, holdOut } = run
  const scores = new Float64Array(statistics.outputs * statistics.layout.total)
  holdOut.update(scores)
  const boosted: BoostedTerms = { rounds: [0], losses: [holdOut.meanLoss()], snapshots: [scores.slice()], work: tracker.buildWork }
  let reference = boosted.losses[0] as number
  let improved = 0
  let nextRefresh = 0
  let nextLook = 5
  const takeRound = roundTaker(run, settings, scores)
  for (let round = 0; round < settings.rounds; round++) {
    const weights = round === 0 || (!statistics.constantWeights && WEIGHT_ROUNDS.includes(round))
    if (weights || round >= nextRefresh) {
      tracker.refresh(scores, weights)
      boosted.work += tracker.refreshWork + (weights && round > 0 ? tracker.buildWork : 0)
      nextRefresh = round + refreshInterval(round, statistics.quadratic)
    }
    boosted.work += takeRound(round)
    if (round + 1 < nextLook && round + 1 < settings.rounds) continue
    nextLook = lookAfter(round + 1)
    holdOut.update(scores)
    const loss = holdOut.meanLoss()
    run.progress?.((round + 1) / settings.rounds)
    boosted.rounds.push(round + 1)
    boosted.losses.push(loss)
    boosted.snapshots.push(scores.slice())
    if (loss < reference - TOLERANCE * Math.abs(reference)) {
      reference = loss
      improved = round
    }
    if (round - improved >= settings.patience) break
  }
  return boosted
}

/** Every five rounds at first, then less often: looks are the same in all bags. */
function lookAfter(round: number): number {
  return round + 5 + Math.floor(round * 0.05)
}

/** A quadratic loss needs a refresh against rounding only; others often at first, then every sixty rounds. */
function refreshInterval(round: number, quadratic: boolean): number {
  return quadratic ? 200 : Math.min(60, Math.max(5, Math.floor(round * 0.2)))
}

/** Makes the function of one round: a change of every term that is awake, a block at a time; returns its work. */
function roundTaker(run: BoostingRun, settings: BoostingSettings, scores: Float64Array): (round: number) => number {
  const { statistics, tracker } = run
  const { outputs, shapes } = statistics
  const rest = sleeper(shapes.length)
  const sites = sitesOf(run, settings, scores)
  const gains = new Float64Array(shapes.length)
  let largest = 0
  return (round) => {
    const least = largest * settings.idleShare
    const random = round < settings.smoothingRounds ? run.random : undefined
    const pace = Math.min(MOST_GROWTH, 1 + Math.max(0, round - settings.steadyRounds) / settings.growthRounds)
    const awake = rest.awake()
    gains.fill(0)
    largest = 0
    for (let first = 0; first < awake.length; first += tracker.blockSize) {
      const block = awake.slice(first, first + tracker.blockSize)
      for (let output = 0; output < outputs; output++) {
        tracker.lookAt(block, output)
        for (const term of block) {
          const gain = visit(sites[output * shapes.length + term] as Site, { random, least, pace })
          if (gain > (gains[term] as number)) gains[term] = gain
        }
        tracker.apply(block, output)
      }
      for (const term of block) {
        const gain = gains[term] as number
        largest = Math.max(largest, gain)
        rest.note(term, gain < least)
      }
    }
    return outputs * awake.reduce((sum, term) => sum + tracker.visitWork + CELL_WORK * (shapes[term]?.cells ?? 0), 0)
  }
}

/** Nanoseconds to search one cell for a cut. */
const CELL_WORK = 10

/** What a visit of a term works on, for one output. */
interface Site {
  readonly grow: Grower
  readonly sums: CellSums
  readonly change: Change
  readonly scores: Float64Array
  /** The way that a curve must go; the changes of grids keep their directions by themselves. */
  readonly direction: Direction | null
}

/** Sites by output and term. */
function sitesOf({ statistics, tracker }: BoostingRun, settings: BoostingSettings, scores: Float64Array): Site[] {
  const { layout, outputs, rowsByCell, shapes } = statistics
  const growers = growersOf(statistics, settings)
  const rowViews = viewsByTerm(rowsByCell, 0, layout)
  return Array.from({ length: outputs }, (_, output) => {
    const scoreViews = viewsByTerm(scores, output, layout)
    return shapes.map(
      (shape, term): Site => ({
        grow: growers[term] as Grower,
        sums: { gradient: tracker.gradientOf(term, output), weights: tracker.weightsOf(term, output), rows: rowViews[term] as Float64Array },
        change: tracker.changes[term] as Change,
        scores: scoreViews[term] as Float64Array,
        direction: shape.kind === 'curve' ? shape.direction : null,
      }),
    )
  }).flat()
}

interface Visit {
  /** Given in the rounds with random cuts. */
  readonly random: Random | undefined
  /** Gain below which the term is passed over. */
  readonly least: number
  /** What the learning rate is multiplied by. */
  readonly pace: number
}

/** Changes one term and returns the gain; the change is empty where it is passed over. */
function visit({ grow, sums, change, scores, direction }: Site, { random, least, pace }: Visit): number {
  change.pace = pace
  const gain = grow(sums, random, change)
  if (gain === 0 || gain < least) {
    change.count = 0
    return gain
  }
  if (direction !== null) holdMonotone(change, { curve: scores, weights: sums.weights, direction })
  addChange(change, scores)
  return gain
}

/** The learning rate grows to this multiple of its first value. */
const MOST_GROWTH = 20

/** Rounds that a term may sleep. */
const LONGEST_NAP = 8

/** Which terms are worth a look: one that was passed over sleeps a round, then two, then four. */
function sleeper(terms: number) {
  const naps = new Uint8Array(terms)
  const left = new Uint8Array(terms)
  return {
    awake(): number[] {
      const awake: number[] = []
      for (let t = 0; t < terms; t++) {
        if (left[t] === 0) awake.push(t)
        else left[t] = (left[t] as number) - 1
      }
      return awake
    },
    note(term: number, idle: boolean): void {
      naps[term] = idle ? Math.min(LONGEST_NAP, Math.max(1, 2 * (naps[term] as number))) : 0
      left[term] = naps[term] as number
    },
  }
}

function growersOf({ shapes, layout }: BoostingRun['statistics'], settings: BoostingSettings): Grower[] {
  const mostCells = Math.max(1, ...layout.binCounts)
  const curve = curveGrower(settings, mostCells)
  const grid = gridGrower(settings, mostCells)
  return shapes.map((shape) => (shape.kind === 'curve' ? curve : grid(shape)))
}
