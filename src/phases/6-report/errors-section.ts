import type { Chart } from './charts.ts'
import type { Block, Cell, Figure } from './blocks.ts'
import type { Evaluation } from './evaluation-schema.ts'
import { decimalsFor, figure, percentFigure } from './figure.ts'
import type { Material } from './material.ts'

/** Which mistakes were made on the sealed rows, and how large they are. */
export function errorsSection({ evaluation, trained }: Material): Block[] {
  const blocks = trained.task === 'regression' ? residualBlocks(evaluation) : classBlocks(evaluation, trained)
  return blocks.length === 0 ? [{ kind: 'missing', text: 'Not provided: the evaluation holds no mistakes.' }] : blocks
}

function classBlocks(evaluation: Evaluation, trained: Material['trained']): Block[] {
  const { confusion, threshold } = evaluation
  const blocks: Block[] = []
  if (confusion) {
    const at = threshold === null || threshold === undefined ? 'Each row is called the class with the highest probability.' : `Called "${trained.positive ?? ''}" from a probability of ${figure(threshold.value).text} on.`
    blocks.push(matrix(confusion, at))
  }
  if (threshold?.reason) blocks.push({ kind: 'paragraph', text: threshold.reason })
  const charts = rateCharts(evaluation, trained)
  if (charts.length > 0) {
    const legend = [{ mark: 'line', text: 'this model' }, { mark: 'point', text: 'at the threshold' }, { mark: 'reference', text: 'a model that knows nothing' }] as const
    blocks.push({ kind: 'charts', charts, legend, note: '' })
  }
  if (evaluation.class_table) blocks.push(classTable(evaluation.class_table))
  if (evaluation.thresholds) blocks.push(thresholdTable(evaluation.thresholds))
  return blocks
}

function matrix({ classes, counts }: NonNullable<Evaluation['confusion']>, note: string): Block {
  const shares = counts.map((row): Figure[] => {
    const rows = row.reduce((sum, count) => sum + count, 0)
    return row.map((count) => percentFigure(rows === 0 ? 0 : count / rows))
  })
  return { kind: 'matrix', title: 'Confusion matrix', classes, counts: counts.map((row) => row.map((count) => figure(count))), shares, note }
}

function rateCharts({ curves, thresholds, confusion }: Evaluation, { task }: Material['trained']): Chart[] {
  if (task !== 'binary' || !curves || curves.length === 0 || !thresholds) return []
  const [[trueNegatives = 0, falsePositives = 0] = [], [falseNegatives = 0, truePositives = 0] = []] = confusion?.counts ?? []
  const positives = falseNegatives + truePositives
  const negatives = trueNegatives + falsePositives
  const called = truePositives + falsePositives
  const found = positives === 0 ? null : truePositives / positives
  const alarms = negatives === 0 ? null : falsePositives / negatives
  const roc = curves.map((point): [number, number] => [point.false_positive_rate, point.true_positive_rate])
  const precision = curves.flatMap((point): [number, number][] => (point.precision === null ? [] : [[point.true_positive_rate, point.precision]]))
  return [
    { kind: 'rate', title: 'ROC curve', x: 'False positive rate', y: 'True positive rate', points: roc, at: alarms === null || found === null ? null : [alarms, found], reference: 'diagonal' },
    {
      kind: 'rate', title: 'Precision and recall', x: 'Recall', y: 'Precision', points: precision,
      at: found === null || called === 0 ? null : [found, truePositives / called],
      reference: positives + negatives === 0 ? 0 : positives / (positives + negatives),
    },
  ]
}

function classTable(rows: NonNullable<Evaluation['class_table']>): Block {
  const recall = (one: (typeof rows)[number]['recall'], pick: 'value' | 'low' | 'high'): Cell => {
    const value = one?.[pick]
    return value === null || value === undefined ? null : percentFigure(value)
  }
  return {
    kind: 'table',
    title: 'By class',
    columns: [
      { title: 'Class', align: 'left' },
      ...['Rows', 'Called', 'Precision', 'Recall', '95 % from', 'to', 'F1'].map((title) => ({ title, align: 'right' as const })),
    ],
    rows: rows.map((row): Cell[] => [
      { code: row.class }, figure(row.rows), figure(row.called), row.precision === null ? null : percentFigure(row.precision),
      recall(row.recall, 'value'), recall(row.recall, 'low'), recall(row.recall, 'high'), figure(row.f1, { decimals: 4 }),
    ]),
  }
}

function thresholdTable(rows: NonNullable<Evaluation['thresholds']>): Block {
  return {
    kind: 'table',
    title: 'What other thresholds would have led to',
    columns: ['Called from', 'Hits', 'False alarms', 'Misses', 'Rightly left', 'Precision', 'Recall'].map((title) => ({ title, align: 'right' as const })),
    rows: rows.map(({ threshold, true_positives: hits, false_positives: alarms, false_negatives: misses, true_negatives: left }): Cell[] => [
      percentFigure(threshold), figure(hits), figure(alarms), figure(misses), figure(left),
      hits + alarms === 0 ? null : percentFigure(hits / (hits + alarms)), hits + misses === 0 ? null : percentFigure(hits / (hits + misses)),
    ]),
    note: 'Counts of the sealed rows; the threshold in use was settled on training rows.',
  }
}

function residualBlocks({ residuals }: Evaluation): Block[] {
  if (!residuals) return []
  const { mean, deviation, quantiles, within, rows } = residuals
  const decimals = decimalsFor([mean, deviation, ...quantiles.map(({ value }) => value)])
  const shareRows = (list: typeof quantiles): Cell[][] => list.map(({ share, value }) => [percentFigure(share), figure(value, { decimals })])
  const title = 'Truth minus prediction'
  return [
    { kind: 'charts', charts: [{ kind: 'residuals', title, quantiles }], legend: [{ mark: 'band', text: 'half of the rows' }, { mark: 'whisker', text: '90 % and 98 % of the rows' }], note: '' },
    { kind: 'facts', facts: [{ label: 'Sealed rows', value: figure(rows) }, { label: 'Mean', value: figure(mean, { decimals }) }, { label: 'Standard deviation', value: figure(deviation, { decimals }) }] },
    {
      kind: 'table', title: 'How far off, whatever the side',
      columns: [{ title: 'This share of rows', align: 'right' }, { title: 'is at most so far off', align: 'right' }],
      rows: shareRows(within),
    },
    {
      kind: 'table', title: 'Quantiles of truth minus prediction',
      columns: [{ title: 'This share of rows', align: 'right' }, { title: 'lies below', align: 'right' }],
      rows: shareRows(quantiles), note: 'Positive: the truth was higher than predicted.',
    },
  ]
}
