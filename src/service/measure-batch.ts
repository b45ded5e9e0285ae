import type { Trained } from '#core/outcomes'
import { calibratedProbability } from '#ml/calibration-map'
import { estimatePerformance } from '#ml/estimate-performance'
import { normalTails } from '#ml/incomplete-gamma'
import type { MetricName } from '#ml/metrics'
import type { Prediction } from '#ml/prediction'
import { isRefusal } from '#ml/refusal'
import { type Table, takeRows } from '#ml/table'
import { wireName } from '#phases/4-train/primary-metric'
import { testMetrics } from '#phases/4-train/test-metrics'
import { runTask } from '#phases/7-monitor/run-task'
import type { Tools } from '#phases/phase'
import type { Scorer } from '#scoring/scorer'
import type { EstimateAnswer, PerformanceAnswer } from '#wire/monitor-check'
import { readLabels } from './read-labels.ts'
import type { ServiceInput } from './ports.ts'

export interface Measuring {
  readonly scorer: Scorer
  readonly trained: Trained
  readonly table: Table
  /** As sent, one for each row. */
  readonly labels: readonly unknown[]
  readonly seed: number
}

/** How the model does on the rows that hold their label; null where none does. */
export async function performanceOf(input: ServiceInput, { scorer, trained, table, labels, seed }: Measuring): Promise<PerformanceAnswer | null> {
  const { rows, target, unreadable } = readLabels(scorer.document, labels)
  if (rows.length === 0) return unreadable === 0 ? null : { rows: 0, unreadable, metrics: {}, notes: ['No label could be read as the model\'s.'] }
  const prediction = await predictBatch(input, scorer, rows.length === table.rows ? table : takeRows(table, rows))
  const { data, compute } = input
  const tools: Tools = { data, blobs: input.blobs, compute, signal: new AbortController().signal, seed, progress: () => undefined }
  const { metrics, notes } = await testMetrics({ target, prediction, weights: undefined, threshold: scorer.document.threshold }, tools)
  const beside = Object.entries(metrics).map(([name, found]) => {
    const reference = referenceOf(trained, name)
    return [name, { ...found, reference, verdict: reference === null ? null : verdictOf(name, found, reference) }] as const
  })
  return { rows: rows.length, unreadable, metrics: Object.fromEntries(beside), notes: notes.map((note) => note.replace('the test rows', 'these rows')) }
}

/** What the measures are expected to be before the labels come. */
export async function estimateOf(input: ServiceInput, { scorer, trained, table }: Omit<Measuring, 'labels' | 'seed'>): Promise<EstimateAnswer> {
  const prediction = await predictBatch(input, scorer, table)
  const expected = estimatePerformance(prediction, scorer.document.threshold ?? 0.5)
  if (expected === null) return { metrics: null, note: 'Not estimated: nothing that a model of a number says tells how far off it is. Send labelled rows.' }
  const metrics = Object.entries(expected).map(([name, found]) => {
    const shown = wireName(name as MetricName)
    return [shown, { ...found, reference: referenceOf(trained, shown) }] as const
  })
  return { metrics: Object.fromEntries(metrics), note: 'Each probability is taken at its word (confidence-based estimate). It follows a change of the inputs; that the label has come to depend on them differently it cannot see.' }
}

async function predictBatch({ compute }: ServiceInput, { document }: Scorer, table: Table): Promise<Prediction> {
  const said = await runTask({ compute, signal: new AbortController().signal }, 'predictTable', { model: document.model, table })
  if (isRefusal(said)) throw new Error(`the model cannot read the batch: ${said.message}`)
  const { calibration } = document
  if (said.task !== 'binary' || calibration.kind === 'identity') return said
  return { ...said, probability: said.score.map((score) => calibratedProbability(calibration, score)) }
}

interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** What the sealed rows gave, where it has an interval. */
function referenceOf({ test_metrics }: Trained, name: string): Interval | null {
  const { value, low, high } = test_metrics[name] ?? { value: 0, low: null, high: null }
  return low === null || high === null ? null : { value, low, high }
}

const lowerIsBetter = new Set(['logloss', 'brier', 'rmse', 'mae'])

/** How many standard errors the metric of a batch lies on the worse side of the test rows'. */
function worseBy(name: string, found: Interval, reference: Interval): number {
  const error = Math.hypot(found.high - found.low, reference.high - reference.low) / (2 * 1.959963984540054)
  const worse = lowerIsBetter.has(name) ? found.value - reference.value : reference.value - found.value
  return error > 0 ? worse / error : 0
}

function verdictOf(name: string, found: Interval, reference: Interval): 'better' | 'worse' | 'no distinguishable difference' {
  const errors = worseBy(name, found, reference)
  if (Math.abs(errors) < 1.959963984540054) return 'no distinguishable difference'
  return errors > 0 ? 'worse' : 'better'
}

/** The chance that some metric lies so far on the worse side where nothing has changed, and which does. */
export function worstMetric({ metrics }: PerformanceAnswer): { readonly name: string; readonly probability: number } | null {
  const judged = Object.entries(metrics).flatMap(([name, { reference, ...found }]) => (reference === null ? [] : [{ name, errors: worseBy(name, found, reference) }]))
  const [worst] = judged.toSorted((a, b) => b.errors - a.errors)
  return worst === undefined || worst.errors <= 0 ? null : { name: worst.name, probability: Math.min(1, (judged.length * normalTails(worst.errors)) / 2) }
}

