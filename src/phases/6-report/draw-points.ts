import { axis, type Axis } from './axis.ts'
import { bottomAxis, frame, leftAxis, type Plot } from './chart-frame.ts'
import type { MeansChart, ScatterChart } from './charts.ts'
import { axisNames } from './draw-rates.ts'
import { markup, type Markup } from './markup.ts'

const width = 360
const plot: Plot = { left: 46, right: 346, top: 10, bottom: 262 }
type Range = readonly [number, number]

/** Points of two numbers beside the line on which they would lie. */
export function drawScatter(chart: ScatterChart): Markup {
  const across = rangeOf(chart.points.map(([x]) => x))
  const up = rangeOf(chart.points.map(([, y]) => y))
  const both: Range = [Math.min(across[0], up[0]), Math.max(across[1], up[1])]
  const { x, y } = axes(chart.square ? both : across, chart.square ? both : up)
  const points = chart.points.map(([px, py]) => markup`<circle class="dot faint-dot" cx="${x.at(px)}" cy="${y.at(py)}" r="2.4"/>`)
  const marks = [leftAxis(plot, y), bottomAxis(plot, x, plot.bottom), lineMark(chart.line, x, y), points, axisNames(chart.x, chart.y, plot.bottom + 32)]
  return frame({ width, height: plot.bottom + 38, title: `${chart.title}: ${chart.points.length} points`, places: { x: x.place, y: y.place } }, marks)
}

/** The part of the line that lies within the plot. */
function lineMark({ slope, shift }: ScatterChart['line'], x: Axis, y: Axis): Markup | null {
  const [low, high] = [x.place[0], x.place[1]]
  const [bottom, top] = [y.place[0], y.place[1]]
  const atBorder = (value: number): number => (value - shift) / slope
  const [first, last] = slope > 0 ? [Math.max(low, atBorder(bottom)), Math.min(high, atBorder(top))] : [low, high]
  if (!(first < last)) return null
  return markup`<path class="reference" d="M${x.at(first)} ${y.at(shift + slope * first)}L${x.at(last)} ${y.at(shift + slope * last)}"/>`
}

/** Means of groups of rows with whiskers. */
export function drawMeans(chart: MeansChart): Markup {
  const { x, y } = axes(
    rangeOf(chart.points.map((point) => point.x)),
    rangeOf([chart.reference, ...chart.points.flatMap(({ value, low, high }) => [value, low, high])]),
  )
  const points = chart.points.map((point) => {
    const place = x.at(point.x)
    return markup`<path class="whisker" d="M${place} ${y.at(point.low)}V${y.at(point.high)}"/><circle class="point" cx="${place}" cy="${y.at(point.value)}" r="4"/>`
  })
  const level = markup`<path class="reference" d="M${plot.left} ${y.at(chart.reference)}H${plot.right}"/>`
  const marks = [leftAxis(plot, y), bottomAxis(plot, x, plot.bottom), level, points, axisNames(chart.x, chart.y, plot.bottom + 32)]
  return frame({ width, height: plot.bottom + 38, title: `${chart.title}, in ${chart.points.length} groups of rows`, places: { x: x.place, y: y.place } }, marks)
}

function axes(across: Range, up: Range): { x: Axis; y: Axis } {
  return { x: axis({ domain: across, span: [plot.left, plot.right], ticks: 5 }), y: axis({ domain: up, span: [plot.bottom, plot.top], ticks: 5 }) }
}

/** From the least to the largest value, with a little room at both ends. */
function rangeOf(values: readonly number[]): Range {
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)
  if (!(low <= high)) return [0, 1]
  const margin = (high - low) * 0.04 || Math.abs(low) * 0.1 || 1
  return [low - margin, high + margin]
}
