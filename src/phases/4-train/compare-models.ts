import type { Json } from '#core/canonical-json'
import { type ModelComparison, modelComparisonSchema } from '#core/model-comparison'
import { type Labelled, labelledSchema, type Trained, trainedSchema } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import type { DifferenceResult, MetricDifference } from '#ml/bootstrap-difference'
import { higherIsBetter, leadingMetric, type MetricName } from '#ml/metrics'
import type { Prediction } from '#ml/prediction'
import type { Target } from '#ml/table'
import type { ComparedOutcomes, Facts, Tools } from '#phases/phase'
import { readLabelled } from './build-bench.ts'
import { loadSealed } from './load-rows.ts'
import { metricTitle, wireName } from './primary-metric.ts'
import { runTask } from './run-task.ts'
import { scoreRawRows } from './score-raw-rows.ts'
import { calledPrediction } from './test-metrics.ts'

type Compared = ComparedOutcomes<Trained>
type ComparedMetric = ModelComparison['metrics'][string]

/** Scores the retrained model and its parent's on the rows that the parent sealed, and says whether they differ. */
export async function compareModels(facts: Pick<Facts, 'outcomes'>, { outcome, parent, notes }: Compared, tools: Tools): Promise<Json> {
  const labelled = labelledSchema.parse(parent.outcomes.label_selection)
  const trained = trainedSchema.parse(parent.outcomes.model_training)
  const before = modelComparisonSchema.nullable().parse(parent.comparison)
  const said = [...notes, ...heldNotes(readLabelled(facts), trained)]
  const base = { looks: before?.looks ?? 1, notes: said }
  if (outcome.model === trained.model) return plainJson({ ...base, ...sameModel(trained) })
  const reason = whyNot(outcome, trained)
  if (reason !== null) return plainJson({ ...base, text: reason, same_model: false, rows: 0, resamples: 0, metrics: {} })
  tools.progress(0.98, 'Scoring both models on the rows that the parent run sealed')
  const found = await measureBoth({ parent: trained, retrained: outcome, labelled }, parent.table, tools)
  const metrics = metricsOf(found)
  const { rows, resamples } = found
  const text = textOf(leadingMetric(outcome.task), metrics, rows)
  return plainJson({ ...base, looks: base.looks + 1, text, same_model: false, rows, resamples, metrics })
}

/** Two models on rows that the run of the first one sealed, each through its own pipeline, and how far apart they are. */
export async function compareOnSealed(both: Both, table: Compared['parent']['table'], tools: Tools): Promise<Pick<ModelComparison, 'metrics' | 'rows' | 'resamples'>> {
  const found = await measureBoth(both, table, tools)
  return { metrics: metricsOf(found), rows: found.rows, resamples: found.resamples }
}

function heldNotes({ rows }: Labelled, trained: Trained): string[] {
  const { held } = rows
  if (held === undefined) return []
  const sealed = `the rows that were sealed before (${trained.rows.test.toLocaleString('en-US')} in the parent run)`
  if (held === 0) return [`No row of the new table equals one of ${sealed}.`]
  const many = held === 1 ? '1 row equals' : `${held.toLocaleString('en-US')} rows equal`
  return [`${many} one of ${sealed}; ${held === 1 ? 'it stays' : 'these stay'} sealed, and no fit saw ${held === 1 ? 'it' : 'them'}.`]
}

function sameModel({ test_metrics, rows }: Trained): Omit<ModelComparison, 'looks' | 'notes'> {
  const metrics = Object.entries(test_metrics).map(([name, { value }]): [string, ComparedMetric] => [
    name,
    { parent: value, retrained: value, difference: 0, low: 0, high: 0, verdict: 'no distinguishable difference' },
  ])
  const text = 'No distinguishable difference: the retrained model is the same as the model of the parent run, bit for bit.'
  return { text, same_model: true, rows: rows.test, resamples: 0, metrics: Object.fromEntries(metrics) }
}

function whyNot(retrained: Trained, parent: Trained): string | null {
  const differs = retrained.label !== parent.label || retrained.task !== parent.task
  if (differs) return `The models are not compared: the parent's predicts "${parent.label}" (${parent.task}), this one "${retrained.label}" (${retrained.task}).`
  const same = retrained.classes?.join('\n') === parent.classes?.join('\n')
  if (parent.task === 'binary' && !same) return `The models are not compared: the parent's tells ${listed(parent.classes)} apart, this one ${listed(retrained.classes)}.`
  return null
}

function listed(classes: readonly string[] | null): string {
  return (classes ?? []).map((name) => JSON.stringify(name)).join(' and ')
}

interface Both {
  readonly parent: Trained
  readonly retrained: Trained
  /** Of the parent. */
  readonly labelled: Labelled
}

type Measured = Pick<DifferenceResult, 'metrics' | 'rows' | 'resamples'>

async function measureBoth({ parent, retrained, labelled }: Both, table: Compared['parent']['table'], tools: Tools): Promise<Measured> {
  const classes = parent.classes === null ? null : [...new Set([...parent.classes, ...(retrained.classes ?? [])])]
  const [baseline, candidate] = await scoreRawRows([parent.model, retrained.model], { table, labelled, classes }, tools)
  if (baseline === undefined || candidate === undefined) throw new Error('two models give two predictions')
  const { target, weights } = await loadSealed({ ...labelled, classes }, [], tools)
  const { compute, signal, seed } = tools
  const inputs = [{ target, baseline, candidate, weights, seed }]
  // Accuracy and F1 hold at the threshold that each model chose for itself.
  const called = [calledBy(baseline, parent), calledBy(candidate, retrained)] as const
  if (target.task === 'binary') inputs.push({ target, baseline: called[0], candidate: called[1], weights, seed })
  const [all, calls] = await runTask({ compute, task: 'bootstrapDifference', inputs }, { signal })
  if (all === undefined) throw new Error('a bootstrap without an answer')
  const { accuracy, f1 } = calls?.metrics ?? {}
  const metrics = { ...all.metrics, ...(accuracy === undefined ? {} : { accuracy }), ...(f1 === undefined ? {} : { f1 }) }
  return { metrics, rows: rowsOf(target), resamples: all.resamples }
}

function calledBy(prediction: Prediction, { threshold }: Trained): Prediction {
  return prediction.task === 'binary' && threshold !== null ? calledPrediction(prediction, threshold) : prediction
}

function rowsOf(target: Target): number {
  return target.task === 'regression' ? target.values.length : target.codes.length
}

function metricsOf({ metrics }: Measured): ModelComparison['metrics'] {
  const found: ModelComparison['metrics'] = {}
  for (const [name, measured] of Object.entries(metrics)) {
    // The keys of the result are metric names.
    const metric = name as MetricName
    if (Object.values(measured).every(Number.isFinite)) found[wireName(metric)] = comparedMetric(metric, measured)
  }
  return found
}

function comparedMetric(metric: MetricName, { baseline, candidate, difference, low, high }: MetricDifference): ComparedMetric {
  const figures = { parent: baseline, retrained: candidate, difference, low, high }
  if (low <= 0 && high >= 0) return { ...figures, verdict: 'no distinguishable difference' }
  return { ...figures, verdict: low > 0 === higherIsBetter(metric) ? 'better' : 'worse' }
}

function textOf(leading: MetricName, metrics: ModelComparison['metrics'], rows: number): string {
  const metric = metrics[wireName(leading)]
  const on = `on the ${rows.toLocaleString('en-US')} rows that the parent run sealed`
  if (metric === undefined) return `${metricTitle(leading)} is not defined ${on}.`
  const head = metric.verdict === 'no distinguishable difference' ? 'No distinguishable difference' : `The retrained model is ${metric.verdict}`
  const change = `${metricTitle(leading)} ${figure(metric.parent)} before and ${figure(metric.retrained)} now`
  return `${head} ${on}: ${change}, a difference of ${signed(metric.difference)} (95 % interval ${signed(metric.low)} to ${signed(metric.high)}).`
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)))
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${figure(Math.abs(value))}`
}
