import { type Context, runParts } from './context.ts'
import { evaluateFold, type EvaluateFoldInput } from './evaluate-fold.ts'
import type { FitRequest } from './fit-request.ts'
import { compareFolds, type FoldFigures, type FoldMean, meanOfFolds } from './fold-comparison.ts'
import type { Fold } from './folds.ts'
import { higherIsBetter, leadingMetric, type MetricName } from './metrics.ts'
import type { PairedDifference } from './paired-difference.ts'
import { planSearch, type SearchRound } from './plan-search.ts'
import { isRefusal, type Refusal } from './refusal.ts'
import type { Settings } from './settings.ts'
import { drawTries, type Knob, type Knobs, type SettingsTry, spaceOf, withKnobs } from './settings-space.ts'
import type { Target } from './table.ts'

/** A trainer whose settings are sought. */
export interface SettingsSearchInput {
  /** Its seed also draws the settings that are tried; its own settings hold where none is tried. */
  readonly request: FitRequest
  /** Divisions of the rows of the request. */
  readonly folds: readonly Fold[]
  /** Settings to try; those of `spaceOf` where it is not given. */
  readonly space?: readonly Knob[] | undefined
  /** Without it the measure by which trainers are compared. */
  readonly metric?: MetricName | undefined
  /** Rows that all fits together may learn from (fits x rows); 2 million where it is not given. */
  readonly budget?: number | undefined
  /** Most ways that are tried; 24 where it is not given. */
  readonly most?: number | undefined
}

/** One way to set the trainer, and what it measured. */
export interface TriedSettings extends SettingsTry {
  readonly settings: Settings
  /** In the order of the folds; fewer than all where it was dropped. */
  readonly folds: readonly FoldFigures[]
  readonly mean: FoldMean
  /** Against the best, on the folds that both have; positive is better. Null for the best itself. */
  readonly againstBest: PairedDifference | null
  readonly verdict: 'measured on all folds' | 'distinguishably worse' | 'left for the budget'
}

/** What a search found. */
export interface SettingsSearch {
  readonly metric: MetricName
  /** The trainer's own settings first, then in the order in which they were drawn. */
  readonly tried: readonly TriedSettings[]
  /** Position of the best mean among those measured on all folds. */
  readonly best: number
  /** Position of the simplest that cannot be told from the best. */
  readonly chosen: number
  /** Fits that were made, and rows that they learnt from. */
  readonly fits: number
  readonly rows: number
  readonly budget: number
}

const BUDGET = 2_000_000
const MOST = 24

/** Two folds cannot tell a difference, whatever it is. */
const FOLDS_TO_DROP = 3

interface Racer extends SettingsTry {
  readonly settings: Settings
  readonly folds: FoldFigures[]
  verdict: TriedSettings['verdict']
}

/**
 * Seeks the settings of a trainer by cross-validation within a budget. Tries that are distinguishably worse than the
 * best so far are dropped (racing: Maron and Moore 1994, here by the paired difference corrected as in Nadeau and
 * Bengio), and the worst where the budget asks for it (`planSearch`); the trainer's own settings always stay in. Chosen
 * is the simplest that cannot be told from the best: the one with fewest departures from the trainer's own settings, so
 * that each has to earn it; of these the one of the simplest model, and of those the best. The folds run on the caller's workers; decisions are made
 * between rounds, so the result does not depend on how many there are.
 */
export async function searchSettings(input: SettingsSearchInput, context: Context = {}): Promise<SettingsSearch | Refusal> {
  const { request, folds } = input
  if (folds.length === 0) throw new RangeError('a search of settings needs at least one fold')
  const budget = input.budget ?? BUDGET
  const metric = input.metric ?? metricOf(request.target, folds)
  const drawn = drawTries(input.space ?? spaceOf(request.trainer), input.most ?? MOST, request.seed)
  const plan = planSearch({ tries: drawn.length, folds, budget })
  const racers = drawn.slice(0, plan.rounds[0]?.tries ?? 1).map((one): Racer => {
    return { ...one, settings: withKnobs(request.settings, request.trainer, one.knobs), folds: [], verdict: 'measured on all folds' }
  })
  let fits = 0
  let rows = 0
  for (const round of plan.rounds) {
    const racing = dropRacers(racers, round, metric)
    const parts = partsOf(racing, round, input)
    const before = rows
    rows += parts.reduce((sum, { fold }) => sum + fold.train.length, 0)
    fits += parts.length
    const share = [before / plan.rows, rows / plan.rows] as const
    const refusal = await measureRound(racing, parts, { round, context: roundContext(context, share, racing.length) })
    if (refusal) return refusal
  }
  context.progress?.(1)
  return { metric, ...chooseTried(racers, metric), fits, rows, budget }
}

/** The task's own measure, or log loss where a fold has one class only and no AUC. */
function metricOf(target: Target, folds: readonly Fold[]): MetricName {
  const leading = leadingMetric(target.task)
  if (leading !== 'auc' || target.task === 'regression') return leading
  const { codes } = target
  const both = folds.every(({ test }) => test.some((row) => codes[row] === 0) && test.some((row) => codes[row] === 1))
  return both ? leading : 'logLoss'
}

/** Marks the tries that do not go on, and answers with the others; the trainer's own settings always go on. */
function dropRacers(racers: readonly Racer[], round: SearchRound, metric: MetricName): Racer[] {
  const racing = racers.filter(isRacing)
  const [first] = racing
  if (first === undefined || first.folds.length === 0) return racing
  const ranked = rank(racing, metric)
  const [best] = ranked
  for (const one of racing) {
    if (best === undefined || one === best || one === racers[0] || first.folds.length < FOLDS_TO_DROP) continue
    if (compareFolds(one.folds, best.folds, metric).verdict === 'loss') one.verdict = 'distinguishably worse'
  }
  const open = ranked.filter(isRacing)
  const others = open.filter((one) => one !== racers[0])
  const room = round.tries - (open.length - others.length)
  for (const one of others.slice(Math.max(0, room))) one.verdict = 'left for the budget'
  return racing.filter(isRacing)
}

function isRacing({ verdict }: Racer): boolean {
  return verdict === 'measured on all folds'
}

/** The best mean first; equals in the order in which they were drawn. */
function rank(racers: readonly Racer[], metric: MetricName): Racer[] {
  const sign = higherIsBetter(metric) ? 1 : -1
  const scored = racers.map((one) => ({ one, score: sign * (meanOfFolds(one.folds, metric)?.value ?? 0) }))
  return scored.sort((a, b) => b.score - a.score).map(({ one }) => one)
}

function partsOf(racing: readonly Racer[], round: SearchRound, { request, folds }: SettingsSearchInput): EvaluateFoldInput[] {
  return racing.flatMap(({ settings }) =>
    round.folds.flatMap((at) => {
      const fold = folds[at]
      return fold === undefined ? [] : [{ request: { ...request, settings }, fold }]
    }),
  )
}

/** Progress as the share of the planned rows; it jumps ahead where tries were dropped. */
function roundContext(context: Context, [from, to]: readonly [number, number], tries: number): Context {
  const text = `Trying ${tries} ${tries === 1 ? 'way' : 'ways'} to set the trainer`
  context.progress?.(from, text)
  return { ...context, progress: (fraction) => context.progress?.(from + fraction * (to - from), text) }
}

interface Measuring {
  readonly round: SearchRound
  readonly context: Context
}

async function measureRound(
  racing: readonly Racer[],
  parts: readonly EvaluateFoldInput[],
  { round, context }: Measuring,
): Promise<Refusal | undefined> {
  const run = (part: EvaluateFoldInput) => evaluateFold(part, { signal: context.signal })
  const answers = await runParts({ task: 'evaluateFold', run }, parts, context)
  for (const [i, answer] of answers.entries()) {
    if (isRefusal(answer)) return answer
    const { trainRows, rows, metrics } = answer
    racing[Math.floor(i / round.folds.length)]?.folds.push({ trainRows, testRows: rows.length, metrics })
  }
  return undefined
}

function chooseTried(racers: readonly Racer[], metric: MetricName): Pick<SettingsSearch, 'tried' | 'best' | 'chosen'> {
  const finished = rank(racers.filter(isRacing), metric)
  const [best] = finished
  if (best === undefined) throw new Error('the own settings of the trainer are always measured')
  const level = finished.filter((one) => one === best || compareFolds(one.folds, best.folds, metric).verdict !== 'loss')
  const [chosen = best] = level.toSorted((a, b) => a.departures - b.departures || a.complexity - b.complexity)
  const tried = racers.map((one): TriedSettings => ({
    ...one,
    mean: meanOfFolds(one.folds, metric) ?? { value: 0, low: null, high: null },
    againstBest: one === best ? null : compareFolds(one.folds, best.folds, metric),
  }))
  return { tried, best: racers.indexOf(best), chosen: racers.indexOf(chosen) }
}

/** Knobs that were chosen; empty where the trainer's own settings are. */
export function chosenKnobs({ tried, chosen }: SettingsSearch): Knobs {
  return tried[chosen]?.knobs ?? {}
}
