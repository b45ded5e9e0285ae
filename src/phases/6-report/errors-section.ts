import type { Block, Cell, Figure, MatrixBlock } from './blocks.ts'
import { classCharts, countsOf } from './class-charts.ts'
import type { Evaluation } from './evaluation-schema.ts'
import { figure, percentFigure } from './figure.ts'
import { gainTable } from './gain-table.ts'
import type { Material } from './material.ts'
import { residualBlocks } from './residual-blocks.ts'

/** Which mistakes were made on the sealed rows, and how large they are. */
export function errorsSection({ evaluation, trained }: Material): Block[] {
  const blocks = trained.task === 'regression' ? residualBlocks(evaluation) : classBlocks(evaluation, trained)
  return blocks.length === 0 ? [{ kind: 'missing', text: 'Not provided: the evaluation of the training phase holds no mistakes.' }] : blocks
}

function classBlocks(evaluation: Evaluation, trained: Material['trained']): Block[] {
  const { threshold } = evaluation
  const blocks: Block[] = matrixOf(evaluation, trained)
  if (threshold?.reason) blocks.push({ kind: 'paragraph', text: threshold.reason })
  const charts = trained.task === 'binary' ? classCharts(evaluation, trained.positive ?? '') : []
  if (charts.length > 0) {
    const series = [{ mark: 'series-0', text: evaluation.confusion?.classes[0] ?? '' }, { mark: 'series-1', text: trained.positive ?? '' }] as const
    const legend = [{ mark: 'line', text: 'this model' }, { mark: 'point', text: 'at the threshold, or of about a tenth of the rows' }, { mark: 'reference', text: 'a model that knows nothing' }, ...series] as const
    blocks.push({ kind: 'charts', charts, legend, note: '' })
  }
  if (evaluation.lift && evaluation.lift.length > 0 && trained.task === 'binary') blocks.push(gainTable(evaluation.lift, trained.positive ?? ''))
  if (evaluation.class_table) blocks.push(classTable(evaluation.class_table))
  if (evaluation.one_against_rest && trained.task === 'multiclass') blocks.push(restTable(evaluation.one_against_rest))
  if (evaluation.thresholds) blocks.push(thresholdTable(evaluation.thresholds))
  return blocks
}

function matrixOf(evaluation: Evaluation, { positive, task }: Material['trained']): Block[] {
  const { confusion, threshold, curves } = evaluation
  if (!confusion) return []
  const note = threshold === null || threshold === undefined ? 'Each row is called the class with the highest probability.' : `Called "${positive ?? ''}" from a probability of ${figure(threshold.value).text} on.`
  const shares = confusion.counts.map((row): Figure[] => {
    const rows = row.reduce((sum, count) => sum + count, 0)
    return row.map((count) => percentFigure(rows === 0 ? 0 : count / rows))
  })
  const matrix: MatrixBlock = { kind: 'matrix', title: 'Confusion matrix', classes: confusion.classes, counts: confusion.counts.map((row) => row.map((count) => figure(count))), shares, note, thresholds: null }
  if (task !== 'binary' || !curves || curves.length === 0) return [matrix]
  return [{ ...matrix, thresholds: { positive: positive ?? '', value: threshold?.value ?? 0.5, points: thresholdPoints(evaluation) } }]
}

/** What calling from each measured probability on leads to, from the highest one down. */
function thresholdPoints(evaluation: Evaluation): NonNullable<MatrixBlock['thresholds']>['points'] {
  const { hits, misses, alarms, left } = countsOf(evaluation)
  return (evaluation.curves ?? []).map(({ threshold, true_positive_rate, false_positive_rate }) => {
    // Rates are whole counts over the rows of a class, so that rounding gives the very counts.
    const [found, falselyFound] = [Math.round(true_positive_rate * (hits + misses)), Math.round(false_positive_rate * (alarms + left))]
    return { threshold, counts: [[alarms + left - falselyFound, falselyFound], [hits + misses - found, found]] }
  })
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

function restTable(rows: NonNullable<Evaluation['one_against_rest']>): Block {
  const optional = (value: number | null): Cell => (value === null ? null : figure(value, { decimals: 4 }))
  return {
    kind: 'table',
    title: 'Each class against all others',
    columns: [{ title: 'Class', align: 'left' }, ...['Rows', 'AUC', 'Average precision', 'Brier score', 'Said too often'].map((title) => ({ title, align: 'right' as const }))],
    rows: rows.map((row): Cell[] => [{ code: row.class }, figure(row.rows), optional(row.auc), optional(row.average_precision), optional(row.brier), optional(row.bias)]),
    note: 'Said too often: mean probability of the class less its share; below 0 it is said too seldom.',
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
