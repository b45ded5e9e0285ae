import { axis, round } from './axis.ts'
import { bottomAxis, frame, leftAxis, type Plot } from './chart-frame.ts'
import type { RateChart, ReliabilityChart } from './charts.ts'
import { markup, type Markup } from './markup.ts'

const width = 360
const plot: Plot = { left: 46, right: 346, top: 10, bottom: 262 }
const unit = [0, 1] as const

function axes(): { x: ReturnType<typeof axis>; y: ReturnType<typeof axis> } {
  return {
    x: axis({ domain: unit, span: [plot.left, plot.right], ticks: 5 }),
    y: axis({ domain: unit, span: [plot.bottom, plot.top], ticks: 5 }),
  }
}

/** A curve of two rates beside a model that knows nothing, with the point of the threshold. */
export function drawRate(chart: RateChart): Markup {
  const { x, y } = axes()
  const reference = chart.reference === 'diagonal' ? `M${x.at(0)} ${y.at(0)}L${x.at(1)} ${y.at(1)}` : `M${x.at(0)} ${y.at(chart.reference)}H${x.at(1)}`
  const path = chart.points.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${x.at(px)} ${y.at(py)}`).join('')
  const marks = [
    leftAxis(plot, y),
    bottomAxis(plot, x, plot.bottom),
    markup`<path class="reference" d="${reference}"/><path class="line" d="${path}"/>`,
    chart.at === null ? null : markup`<circle class="point" cx="${x.at(chart.at[0])}" cy="${y.at(chart.at[1])}" r="5"/>`,
    axisNames(chart.x, chart.y, plot.bottom + 32),
  ]
  return frame({ width, height: plot.bottom + 38, title: `${chart.title}: ${chart.y.toLowerCase()} by ${chart.x.toLowerCase()}`, places: { x: x.place, y: y.place } }, marks)
}

/** What the axes count, below and beside the plot. */
export function axisNames(x: string, y: string, place: number): Markup {
  const middle = (plot.top + plot.bottom) / 2
  return markup`<text class="tick middle" x="${(plot.left + plot.right) / 2}" y="${place}">${x}</text><text class="tick middle" x="10" y="${middle}" transform="rotate(-90 10 ${middle})">${y}</text>`
}

const strip = { top: 274, bottom: 318 }

/** Points of what was said and what came true, with intervals, over the rows behind them. */
export function drawReliability({ bins, title }: ReliabilityChart): Markup {
  const { x, y } = axes()
  const most = Math.max(...bins.map(({ rows }) => rows), 1)
  const marks = bins.map(({ rows, mean, rate, low, high }) => {
    const place = x.at(mean)
    const height = round((rows / most) * (strip.bottom - strip.top))
    return markup`<rect class="density" x="${round(place - 4)}" y="${round(strip.bottom - height)}" width="8" height="${height}"/><path class="whisker" d="M${place} ${y.at(low)}V${y.at(high)}"/><circle class="point" cx="${place}" cy="${y.at(rate)}" r="4"/>`
  })
  const all = [
    leftAxis(plot, y),
    markup`<path class="reference" d="M${x.at(0)} ${y.at(0)}L${x.at(1)} ${y.at(1)}"/>`,
    marks,
    bottomAxis(plot, x, strip.bottom),
    markup`<text class="tick end faint" x="${plot.left - 6}" y="${strip.top + 8}">${most.toLocaleString('en-US')}</text>`,
    axisNames('Probability that was said', 'Share that came true', strip.bottom + 32),
  ]
  return frame({ width, height: strip.bottom + 38, title: `${title}, in ${bins.length} groups of rows`, places: { x: x.place, y: y.place } }, all)
}
