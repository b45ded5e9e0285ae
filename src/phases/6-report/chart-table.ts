import type { Cell, Column, TableBlock } from './blocks.ts'
import type { Chart, GridChart, TermChart } from './charts.ts'
import { figure, percentFigure } from './figure.ts'

/** The numbers of a chart as a table, for formats that draw nothing. */
export function chartTable(chart: Chart): TableBlock {
  switch (chart.kind) {
    case 'curve':
    case 'line':
    case 'levels':
      return termTable(chart)
    case 'grid':
      return gridTable(chart)
    case 'reliability':
      return table(chart.title, ['Rows', 'Said', 'Came true'], chart.bins.map(({ rows, mean, rate }) => [figure(rows), percentFigure(mean), percentFigure(rate)]))
    case 'rate':
      return table(thinnedTitle(chart.title, chart.points.length), [chart.x, chart.y], thin(chart.points).map(([x, y]) => [percentFigure(x), percentFigure(y)]))
    case 'intervals':
      return table(chart.title, ['Trainer', 'Value', '95 % from', 'to'], chart.rows.map(({ name, value, low, high }) => [name, figure(value), low === null ? null : figure(low), high === null ? null : figure(high)]))
    case 'residuals':
      return table(chart.title, ['Share', 'below'], chart.quantiles.map(({ share, value }) => [percentFigure(share), figure(value)]))
    case 'bars':
      return table(chart.title, [chart.x, ...chart.series], chart.bars.map(({ from, to, counts }) => [rangeText(from, to), ...counts.map((count) => figure(count))]))
    case 'scatter':
      return table(thinnedTitle(chart.title, chart.points.length), [chart.x, chart.y], thin(chart.points).map(([x, y]) => [figure(x), figure(y)]))
    case 'means':
      return table(chart.title, [chart.x, chart.y, '95 % from', 'to', 'Rows'], chart.points.map(({ x, value, low, high, rows }) => [figure(x), figure(value), figure(low), figure(high), figure(rows)]))
  }
}

function table(title: string, names: readonly string[], rows: readonly (readonly Cell[])[]): TableBlock {
  const columns = names.map((name, i): Column => ({ title: name, align: typeof rows[0]?.[i] === 'string' ? 'left' : 'right' }))
  return { kind: 'table', title, columns, rows }
}

const mostPoints = 21
const mostSteps = 40

function thinnedTitle(title: string, points: number): string {
  return points <= mostPoints ? title : `${title} (${mostPoints} of ${points} points)`
}

/** Evenly picked points, the first and the last among them. */
function thin<T>(points: readonly T[]): T[] {
  if (points.length <= mostPoints) return [...points]
  return Array.from({ length: mostPoints }, (_, i) => points.slice(Math.round((i * (points.length - 1)) / (mostPoints - 1)))[0]).filter((point) => point !== undefined)
}

function termTable(chart: TermChart): TableBlock {
  const names = chart.outputs.length === 0 ? ['Score'] : chart.outputs
  const columns: Column[] = [{ title: 'Value', align: 'left' }, ...names.map((title): Column => ({ title, align: 'right' })), { title: 'Rows', align: 'right' }]
  const scores = (values: readonly number[]): Cell[] => values.map((value) => figure(value, { decimals: 4 }))
  const apart = chart.apart.map(({ name, scores: values, rows }): Cell[] => [name, ...scores(values), figure(rows)])
  const values = valueRows(chart, scores)
  const shown = values.length > mostSteps ? thin(values) : values
  const picked = shown.length < values.length ? `; ${shown.length} of ${values.length} steps` : ''
  return { kind: 'table', title: `${chart.feature} (${chart.caption}${picked})`, columns, rows: [...shown, ...apart] }
}

const mostCells = 12

/** The cells that move the score most, counted by their rows. */
function gridTable({ feature, caption, across, down, cells }: GridChart): TableBlock {
  const all = cells.flatMap((row, j) => row.map((cell, i) => ({ ...cell, across: across.slots[i]?.name ?? '', down: down.slots[j]?.name ?? '' })))
  const held = all.filter(({ rows }) => rows > 0).toSorted((a, b) => Math.abs(b.score) * b.rows - Math.abs(a.score) * a.rows)
  const shown = held.slice(0, mostCells)
  const picked = shown.length < held.length ? `; the ${shown.length} of ${held.length} cells that move the most rows furthest` : ''
  const rows = shown.map((cell): Cell[] => [{ code: cell.across }, { code: cell.down }, figure(cell.score, { decimals: 4 }), figure(cell.rows)])
  const columns: Column[] = [{ title: across.feature, align: 'left' }, { title: down.feature, align: 'left' }, { title: 'Score', align: 'right' }, { title: 'Rows', align: 'right' }]
  return { kind: 'table', title: `${feature} (${caption}${picked})`, columns, rows }
}

function valueRows(chart: TermChart, scores: (values: readonly number[]) => Cell[]): Cell[][] {
  if (chart.kind === 'levels') return chart.levels.map((level): Cell[] => [{ code: level.name }, ...scores(level.scores), level.rows === null ? null : figure(level.rows)])
  if (chart.kind === 'line') return chart.domain.map((value, end): Cell[] => [`at ${figure(value).text}`, ...scores(chart.ends.map((ends) => ends[end] ?? 0)), null])
  return chart.steps.map(({ from, to, scores: values, rows }): Cell[] => [rangeText(from, to), ...scores(values), figure(rows)])
}

function rangeText(from: number | null, to: number | null): string {
  if (from === null) return to === null ? 'every number' : `up to ${figure(to).text}`
  return to === null ? `above ${figure(from).text}` : `${figure(from).text} to ${figure(to).text}`
}
