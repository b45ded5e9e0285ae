import type { Block, Cell } from './blocks.ts'
import type { Chart } from './charts.ts'
import type { Evaluation, ResidualPlots } from './evaluation-schema.ts'
import { decimalsFor, figure, percentFigure } from './figure.ts'

const title = 'Truth minus prediction'

/** How far a predicted number is off: points, box, histogram, quantiles, and by what was predicted. */
export function residualBlocks(evaluation: Evaluation): Block[] {
  const { residuals, residual_plots: plots } = evaluation
  if (!residuals) return []
  const { mean, deviation, quantiles, within, rows } = residuals
  const decimals = decimalsFor([mean, deviation, ...quantiles.map(({ value }) => value)])
  const shareRows = (list: typeof quantiles): Cell[][] => list.map(({ share, value }) => [percentFigure(share), figure(value, { decimals })])
  const charts: Chart[] = [...(plots ? plotCharts(plots, { mean, deviation }) : []), { kind: 'residuals', title, quantiles }]
  const columns = (left: string, right: string) => [{ title: left, align: 'right' as const }, { title: right, align: 'right' as const }]
  return [
    {
      kind: 'charts', charts,
      legend: [
        ...(plots ? [{ mark: 'reference', text: 'where a perfect model, or a normal distribution, would lie' } as const] : []),
        { mark: 'band', text: 'half of the rows' },
        { mark: 'whisker', text: 'in the box 90 % and 98 % of the rows; elsewhere the 95 % interval' },
      ],
      note: plots ? `At most 500 points, evenly picked in the order of the prediction.` : '',
    },
    { kind: 'facts', facts: [{ label: 'Sealed rows', value: figure(rows) }, { label: 'Mean', value: figure(mean, { decimals }) }, { label: 'Standard deviation', value: figure(deviation, { decimals }) }] },
    ...(plots ? [decileTable(plots.deciles, decimals)] : []),
    { kind: 'table', title: 'How far off, whatever the side', columns: columns('This share of rows', 'is at most so far off'), rows: shareRows(within) },
    { kind: 'table', title: 'Quantiles of truth minus prediction', columns: columns('This share of rows', 'lies below'), rows: shareRows(quantiles), note: 'Positive: the truth was higher than predicted.' },
  ]
}

function plotCharts({ predicted_actual, deciles, quantile_pairs, histogram }: ResidualPlots, { mean, deviation }: { mean: number; deviation: number }): Chart[] {
  const byDecile = deciles.flatMap(({ rows, mean_predicted, mean_residual }) => (mean_residual === null ? [] : [{ x: mean_predicted, ...mean_residual, rows }]))
  return [
    { kind: 'scatter', title: 'Predicted and actual', x: 'Predicted', y: 'Actual', points: predicted_actual.map(({ predicted, actual }) => [predicted, actual]), line: { slope: 1, shift: 0 }, square: true },
    { kind: 'means', title: `${title}, by what was predicted`, x: 'Predicted', y: title, points: byDecile, reference: 0 },
    { kind: 'bars', title, x: title, series: ['sealed rows'], bars: histogram.map(({ from, to, rows }) => ({ from, to, counts: [rows] })) },
    { kind: 'scatter', title: 'Beside a normal distribution (Q-Q)', x: 'Standard deviations expected', y: title, points: quantile_pairs.map(({ expected, observed }) => [expected, observed]), line: { slope: deviation, shift: mean }, square: false },
  ]
}

function decileTable(deciles: ResidualPlots['deciles'], decimals: number): Block {
  const at = (value: number): Cell => figure(value, { decimals })
  return {
    kind: 'table',
    title: 'By tenths of what was predicted',
    columns: ['Rows', 'Mean predicted', 'Mean actual', title, '95 % from', 'to', 'RMSE'].map((heading) => ({ title: heading, align: 'right' as const })),
    rows: deciles.map(({ rows, mean_predicted, mean_actual, mean_residual: mean, root_mean_square }): Cell[] => [
      figure(rows), at(mean_predicted), at(mean_actual), mean === null ? null : at(mean.value), mean === null ? null : at(mean.low), mean === null ? null : at(mean.high), at(root_mean_square),
    ]),
  }
}
