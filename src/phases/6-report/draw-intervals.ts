import { axis } from './axis.ts'
import { bottomAxis, frame } from './chart-frame.ts'
import type { IntervalChart, ResidualChart } from './charts.ts'
import { numberText } from './figure.ts'
import { markup, type Markup } from './markup.ts'

const width = 360
const nameHeight = 16
const rowHeight = 34

/** Measures of several candidates below each other, each with its interval. */
export function drawIntervals({ rows, title }: IntervalChart): Markup {
  const bounds = rows.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value])
  const [low, high] = [Math.min(...bounds), Math.max(...bounds)]
  const margin = (high - low) * 0.06 || Math.abs(low) * 0.1 || 1
  const plot = { left: 8, right: width - 8, top: 4, bottom: 4 + rows.length * rowHeight }
  const x = axis({ domain: [low - margin, high + margin], span: [plot.left, plot.right], ticks: 5 })
  const marks = rows.map((row, i) => {
    const place = plot.top + i * rowHeight + nameHeight + 8
    const range = row.low === null || row.high === null ? null : markup`<path class="interval" d="M${x.at(row.low)} ${place}H${x.at(row.high)}"/>`
    const name = markup`<text class="level" x="${plot.left}" y="${place - 10}">${row.name}</text><text class="level end" x="${plot.right}" y="${place - 10}">${numberText(row.value)}</text>`
    return markup`<path class="grid" d="M${plot.left} ${place}H${plot.right}"/>${range}<circle class="${row.strong ? 'point' : 'ring'}" cx="${x.at(row.value)}" cy="${place}" r="4.5"/>${name}`
  })
  return frame({ width, height: plot.bottom + 26, title, places: { x: x.place, rows: { starts: rows.map((_, i) => plot.top + i * rowHeight), size: rowHeight } } }, [marks, bottomAxis(plot, x, plot.bottom + 6)])
}

/** A box of the middle half with whiskers to the outer quantiles. */
export function drawResiduals({ quantiles, title }: ResidualChart): Markup {
  const at = (share: number): number => quantiles.find((one) => one.share === share)?.value ?? 0
  const plot = { left: 12, right: width - 12, top: 10, bottom: 74 }
  const [low, high] = [Math.min(at(0.01), 0), Math.max(at(0.99), 0)]
  const margin = (high - low) * 0.05 || 1
  const x = axis({ domain: [low - margin, high + margin], span: [plot.left, plot.right], ticks: 5 })
  const box = markup`<rect class="box" x="${x.at(at(0.25))}" y="26" width="${Math.max(1, x.at(at(0.75)) - x.at(at(0.25)))}" height="32"/>`
  const marks = [
    markup`<path class="zero" d="M${x.at(0)} ${plot.top}V${plot.bottom}"/>`,
    markup`<path class="whisker thin" d="M${x.at(at(0.01))} 42H${x.at(at(0.99))}"/><path class="whisker" d="M${x.at(at(0.05))} 42H${x.at(at(0.95))}"/>`,
    box,
    markup`<path class="line" d="M${x.at(at(0.5))} 24V60"/>`,
    bottomAxis(plot, x, plot.bottom),
  ]
  return frame({ width, height: plot.bottom + 22, title: `${title}: the median is ${numberText(at(0.5))}`, places: { x: x.place } }, marks)
}
