import { viewsByTerm } from './binned-rows.ts'
import { addChange, type Change, emptyChange, scaleChange } from './change.ts'
import type { GradientTracker } from './gradient-tracker.ts'
import { curveGrower, type Grower, type TreeSettings } from './grow-curve.ts'
import { gridGrower } from './grow-grid.ts'
import { holdMonotone } from './hold-monotone.ts'
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
  /** Rounds over which the learning rate grows by its first value, up to four times of it. */
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

/** Terms at the round with the lowest loss on the held-out rows. */
export interface BoostedTerms {
  /** Score by output and cell. */
  readonly scores: Float64Array
  readonly rounds: number
  /** Mean loss of the held-out rows at the start and with the terms. */
  readonly startLoss: number
  readonly holdOutLoss: number
}

/** An improvement smaller than this share of the loss does not reset the patience. */
const TOLERANCE = 1e-4

/** Rounds at which the second derivatives are worked out anew. */
const WEIGHT_ROUNDS = [0, 5, 20, 80]

/** Visits the terms in turn, a small change each, until the held-out loss no longer falls. */
export function boostTerms(run: BoostingRun, settings: BoostingSettings): BoostedTerms {
  const { statistics, tracker, holdOut } = run
  const scores = new Float64Array(statistics.outputs * statistics.layout.total)
  const best = scores.slice()
  holdOut.update(scores)
  const startLoss = holdOut.meanLoss()
  let bestLoss = startLoss
  let bestRounds = 0
  let reference = bestLoss
  let improved = 0
  let nextRefresh = 0
  let nextLook = 5
  const takeRound = roundTaker(run, settings, scores)
  for (let round = 0; round < settings.rounds; round++) {
    const weights = round === 0 || (!statistics.constantWeights && WEIGHT_ROUNDS.includes(round))
    if (weights || round >= nextRefresh) {
      tracker.refresh(scores, weights)
      nextRefresh = round + refreshInterval(round, statistics.quadratic)
    }
    takeRound(round)
    if (round + 1 < nextLook && round + 1 < settings.rounds) continue
    nextLook = round + 6 + Math.floor(round * 0.05)
    holdOut.update(scores)
    const loss = holdOut.meanLoss()
    run.progress?.((round + 1) / settings.rounds)
    if (loss < bestLoss) {
      bestLoss = loss
      bestRounds = round + 1
      best.set(scores)
    }
    if (loss < reference - TOLERANCE * Math.abs(reference)) {
      reference = loss
      improved = round
    }
    if (round - improved >= settings.patience) break
  }
  return { scores: best, rounds: bestRounds, startLoss, holdOutLoss: bestLoss }
}

/** A quadratic loss needs a refresh against rounding only; others often at first, then every sixty rounds. */
function refreshInterval(round: number, quadratic: boolean): number {
  return quadratic ? 200 : Math.min(60, Math.max(5, Math.floor(round * 0.2)))
}

/** Makes the function of one round: a change of every term and output, a block of terms at a time. */
function roundTaker(run: BoostingRun, settings: BoostingSettings, scores: Float64Array): (round: number) => void {
  const { statistics, tracker, random } = run
  const { layout, outputs, rowsByCell, shapes } = statistics
  const growers = growersOf(statistics, settings)
  const rowViews = viewsByTerm(rowsByCell, 0, layout)
  const scoreViews = Array.from({ length: outputs }, (_, k) => viewsByTerm(scores, k, layout))
  const blocks = blocksOf(shapes.length, tracker.blockSize, Math.max(1, ...layout.binCounts))
  let largest = 0
  return (round) => {
    const chance = round < settings.smoothingRounds ? random : undefined
    const least = largest * settings.idleShare
    const factor = Math.min(4, 1 + round / settings.growthRounds)
    largest = 0
    for (const { first, changes } of blocks) {
      for (let k = 0; k < outputs; k++) {
        tracker.lookAt(first, k)
        for (const [i, change] of changes.entries()) {
          const t = first + i
          const weights = tracker.weightsOf(t, k)
          const sums = { gradient: tracker.gradientOf(t, k), weights, rows: rowViews[t] as Float64Array }
          const gain = (growers[t] as Grower)(sums, chance, change)
          if (gain > largest) largest = gain
          if (gain === 0 || gain < least) {
            change.count = 0
            continue
          }
          const termScores = (scoreViews[k] as Float64Array[])[t] as Float64Array
          scaleChange(change, factor)
          keepDirection(change, { run, term: t, termScores, weights })
          addChange(change, termScores)
        }
        tracker.apply(changes, first, k)
      }
    }
  }
}

/** Terms that are visited together, each with room for its change. */
interface Block {
  readonly first: number
  readonly changes: Change[]
}

function blocksOf(terms: number, size: number, mostCells: number): Block[] {
  const blocks: Block[] = []
  for (let first = 0; first < terms; first += size) {
    const changes = Array.from({ length: Math.min(size, terms - first) }, () => emptyChange(mostCells))
    blocks.push({ first, changes })
  }
  return blocks
}

function growersOf({ shapes, layout }: BoostingRun['statistics'], settings: BoostingSettings): Grower[] {
  const mostCells = Math.max(1, ...layout.binCounts)
  const curve = curveGrower(settings, mostCells)
  const grid = gridGrower(settings, mostCells)
  return shapes.map((shape) => (shape.kind === 'curve' ? curve : grid(shape)))
}

interface Kept {
  readonly run: BoostingRun
  readonly term: number
  readonly termScores: Float64Array
  readonly weights: Float64Array
}

/** Curves are projected; the changes of grids keep their directions by themselves. */
function keepDirection(change: Change, { run, term, termScores, weights }: Kept): void {
  const shape = run.statistics.shapes[term]
  if (shape?.kind !== 'curve' || shape.direction === null) return
  holdMonotone(change, { curve: termScores, weights, direction: shape.direction })
}
