import type { Block, Cell, Column, Figure, Tile } from './blocks.ts'
import { countText, decimalsFor, figure } from './figure.ts'
import type { Material } from './material.ts'
import { inMetricOrder, metricFacts } from './metric-facts.ts'

type Measured = Material['trained']['test_metrics'][string]

/** The test metrics with their intervals, beside those of cross-validation. */
export function performanceSection({ trained, evaluation, deployed }: Material): Block[] {
  const names = inMetricOrder(Object.keys(trained.test_metrics))
  const { test } = trained.rows
  // The checks before a deployment look at the same rows once more.
  const looks = trained.rows.looks + (deployed === null ? 0 : 1)
  const also = deployed === null ? '' : ', the last time for the checks before the deployment'
  const seen = `Measured on ${countText(test, 'sealed row')} that no fit, choice or threshold had seen; they were looked at ${looks === 1 ? 'once' : `${looks} times`}${also}.`
  const how = `Intervals: ${evaluation.test.interval}, ${countText(evaluation.test.resamples, 'resample')}.`
  const blocks: Block[] = [
    { kind: 'tiles', tiles: names.map((name) => tile(name, trained.test_metrics[name])).filter((one) => one !== null) },
    { kind: 'paragraph', text: `${seen} ${how}` },
    metricTable(names, trained),
    { kind: 'facts', facts: names.map((name) => ({ label: metricFacts(name).title, value: metricFacts(name).text })) },
  ]
  const undefinedNotes = trained.notes.filter((note) => note.includes('is not defined on the test rows'))
  return undefinedNotes.length === 0 ? blocks : [...blocks, { kind: 'list', items: undefinedNotes }]
}

function tile(name: string, measured: Measured | undefined): Tile | null {
  if (measured === undefined) return null
  const { title, better } = metricFacts(name)
  const { point, interval } = withInterval(name, measured)
  return { label: title, figure: point, interval, note: better === null ? '' : `${better} is better` }
}

function withInterval(name: string, { value, low, high }: Measured): { point: Figure; interval: [Figure, Figure] | null } {
  const decimals = decimalsFor([value, low ?? value, high ?? value].filter((one) => !Number.isInteger(one)))
  const point = figure(value, { decimals, key: `results.metrics.${name}` })
  if (low === null || high === null) return { point, interval: null }
  const key = `results.metric_intervals.${name}`
  return { point, interval: [figure(low, { decimals, key: `${key}.0` }), figure(high, { decimals, key: `${key}.1` })] }
}

const columns: readonly Column[] = [
  { title: 'Measure', align: 'left' },
  { title: 'Sealed rows', align: 'right' },
  { title: '95 % from', align: 'right' },
  { title: 'to', align: 'right' },
  { title: 'Cross-validation', align: 'right' },
  { title: 'from', align: 'right' },
  { title: 'to', align: 'right' },
]

function metricTable(names: readonly string[], { test_metrics, cv_metrics }: Material['trained']): Block {
  const rows = names.flatMap((name): Cell[][] => {
    const measured = test_metrics[name]
    if (measured === undefined) return []
    const { point, interval } = withInterval(name, measured)
    return [[metricFacts(name).title, point, interval?.[0] ?? null, interval?.[1] ?? null, ...crossValidated(cv_metrics[name], point)]]
  })
  return { kind: 'table', title: 'Measures', columns, rows, note: 'Cross-validation: the mean over folds of the training rows, on rows that the fold had not learnt from.' }
}

/** Aligned with the figure that stands before it. */
function crossValidated(measured: Measured | undefined, beside: Figure): [Cell, Cell, Cell] {
  if (measured === undefined) return [null, null, null]
  const decimals = beside.text.split('.')[1]?.length ?? 0
  const shown = (value: number | null): Cell => (value === null ? null : figure(value, { decimals }))
  return [shown(measured.value), shown(measured.low), shown(measured.high)]
}
