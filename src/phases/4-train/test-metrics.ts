import type { BootstrapResult } from '#ml/bootstrap'
import type { MetricName } from '#ml/metrics'
import type { BinaryPrediction, Prediction } from '#ml/prediction'
import type { Target } from '#ml/table'
import type { Tools } from '#phases/phase'
import { metricTitle, wireName } from './primary-metric.ts'
import { runTask } from './run-task.ts'

/** The measures of the sealed rows by name on the wire, with bootstrap intervals. */
export interface TestMetrics {
  readonly metrics: Record<string, { value: number; low: number; high: number }>
  readonly resamples: number
  readonly notes: readonly string[]
}

interface Judged {
  readonly target: Target
  readonly prediction: Prediction
  readonly weights: Float64Array | undefined
  readonly threshold: number | null
}

const calledMetrics: readonly MetricName[] = ['accuracy', 'f1']

const expected: Readonly<Record<Target['task'], readonly MetricName[]>> = {
  binary: ['auc', 'logLoss', 'accuracy', 'f1', 'brier'],
  multiclass: ['auc', 'logLoss', 'accuracy', 'f1', 'brier'],
  regression: ['r2', 'rmse', 'mae'],
}

/** Measures the sealed rows; accuracy and F1 hold at the chosen threshold. */
export async function testMetrics(
  { target, prediction, weights, threshold }: Judged,
  { compute, signal, seed, progress }: Tools,
): Promise<TestMetrics> {
  const inputs = [{ target, prediction, weights, seed }]
  const moved = prediction.task === 'binary' && threshold !== null && threshold !== 0.5
  if (moved) inputs.push({ target, prediction: calledPrediction(prediction, threshold), weights, seed })
  const [all, called] = await runTask({ compute, task: 'bootstrapMetrics', inputs }, { signal, progress })
  if (all === undefined) throw new Error('a bootstrap without an answer')
  const found = { ...all.metrics, ...(called === undefined ? {} : pick(called, calledMetrics)) }
  const metrics: TestMetrics['metrics'] = {}
  const notes: string[] = []
  for (const name of expected[target.task]) {
    const measured = found[name]
    if (measured !== undefined && Number.isFinite(measured.value)) metrics[wireName(name)] = measured
    else notes.push(`${metricTitle(name)} is not defined on the test rows: they do not hold every class.`)
  }
  return { metrics, resamples: all.resamples, notes }
}

/** A prediction that says only what was called, for measures that look at nothing else. */
export function calledPrediction({ score, probability }: BinaryPrediction, threshold: number): Prediction {
  return { task: 'binary', score, probability: probability.map((p) => (p >= threshold ? 1 : 0)) }
}

function pick({ metrics }: BootstrapResult, names: readonly MetricName[]): BootstrapResult['metrics'] {
  return Object.fromEntries(names.flatMap((name) => (metrics[name] === undefined ? [] : [[name, metrics[name]]])))
}
