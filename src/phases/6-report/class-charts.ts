import type { Chart } from './charts.ts'
import type { Evaluation } from './evaluation-schema.ts'

/** What is drawn of a prediction of two classes, as far as the evaluation holds it. */
export function classCharts(evaluation: Evaluation, positive: string): Chart[] {
  return [...rateCharts(evaluation), ...gainCharts(evaluation, positive), ...scoreChart(evaluation, positive)]
}

/** Both classes of the sealed rows, counted at the threshold in use. */
export function countsOf({ confusion }: Evaluation): { hits: number; misses: number; alarms: number; left: number } {
  const [[left = 0, alarms = 0] = [], [misses = 0, hits = 0] = []] = confusion?.counts ?? []
  return { hits, misses, alarms, left }
}

function rateCharts(evaluation: Evaluation): Chart[] {
  const { curves } = evaluation
  if (!curves || curves.length === 0) return []
  const { hits, misses, alarms, left } = countsOf(evaluation)
  const [positives, negatives, called] = [hits + misses, alarms + left, hits + alarms]
  const found = positives === 0 ? null : hits / positives
  const falselyFound = negatives === 0 ? null : alarms / negatives
  const roc = curves.map((point): [number, number] => [point.false_positive_rate, point.true_positive_rate])
  const precision = curves.flatMap((point): [number, number][] => (point.precision === null ? [] : [[point.true_positive_rate, point.precision]]))
  return [
    { kind: 'rate', title: 'ROC curve', x: 'False positive rate', y: 'True positive rate', points: roc, at: falselyFound === null || found === null ? null : [falselyFound, found], reference: 'diagonal' },
    {
      kind: 'rate', title: 'Precision and recall', x: 'Recall', y: 'Precision', points: precision,
      at: found === null || called === 0 ? null : [found, hits / called],
      reference: positives + negatives === 0 ? 0 : positives / (positives + negatives),
    },
  ]
}

function gainCharts({ lift }: Evaluation, positive: string): Chart[] {
  if (!lift || lift.length === 0) return []
  const [rows, positives] = [lift.reduce((sum, bin) => sum + bin.rows, 0), lift.reduce((sum, bin) => sum + bin.positives, 0)]
  const gained = lift.flatMap(({ row_share, gain }): [number, number][] => (gain === null ? [] : [[row_share, gain]]))
  return [
    { kind: 'rate', title: 'Gain', x: 'Share of rows, the likeliest first', y: `Share of all "${positive}" in them`, points: [[0, 0], ...gained], at: null, reference: 'diagonal' },
    {
      kind: 'means', title: 'Share by tenths of the rows', x: 'Share of rows, the likeliest first', y: `Share of "${positive}"`,
      points: lift.map(({ row_share, rate, rows: inBin }) => ({ x: row_share, ...rate, rows: inBin })), reference: rows === 0 ? 0 : positives / rows,
    },
  ]
}

function scoreChart({ score_histogram: bins, confusion }: Evaluation, positive: string): Chart[] {
  if (!bins || bins.length === 0) return []
  const [negative = 'other'] = confusion?.classes ?? []
  return [{ kind: 'bars', title: 'Probabilities by class', x: `Probability of "${positive}"`, series: [negative, positive], bars: bins.map(({ from, to, negatives, positives }) => ({ from, to, counts: [negatives, positives] })) }]
}
