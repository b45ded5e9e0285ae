import { axis, round } from './axis.ts'
import { bottomAxis, frame, leftAxis, type Plot } from './chart-frame.ts'
import type { BarsChart } from './charts.ts'
import { axisNames } from './draw-rates.ts'
import { markup, type Markup } from './markup.ts'

const width = 360
const plot: Plot = { left: 46, right: 346, top: 10, bottom: 262 }

interface Bar {
  readonly start: number
  readonly end: number
  readonly counts: readonly number[]
}

/** Counts over ranges; of two series the second stands on the first. */
export function drawBars(chart: BarsChart): Markup {
  const bars = placedBars(chart)
  const most = Math.max(1, ...chart.bars.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0)))
  const x = axis({ domain: [bars[0]?.start ?? 0, bars.at(-1)?.end ?? 1], span: [plot.left, plot.right], ticks: 5 })
  const y = axis({ domain: [0, most], span: [plot.bottom, plot.top], ticks: 5, whole: true })
  const marks = bars.flatMap(({ start, end, counts }) => {
    let below = 0
    return counts.map((count, k) => {
      const [top, base] = [y.at(below + count), y.at(below)]
      below += count
      return count === 0 ? null : markup`<rect class="bar series-${chart.series.length === 1 ? 1 : k}" x="${round(x.at(start) + 0.5)}" y="${top}" width="${round(Math.max(1, x.at(end) - x.at(start) - 1))}" height="${round(Math.max(0.5, base - top))}"/>`
    })
  })
  const title = `${chart.title}: ${chart.series.join(' and ')} in ${bars.length} ranges of ${chart.x.toLowerCase()}`
  return frame({ width, height: plot.bottom + 38, title, places: { x: x.place, y: y.place } }, [leftAxis(plot, y), marks, bottomAxis(plot, x, plot.bottom), axisNames(chart.x, 'Rows', plot.bottom + 32)])
}

/** Open ranges are drawn as wide as their neighbours. */
function placedBars({ bars }: BarsChart): Bar[] {
  const closed = bars.filter(({ from, to }) => from !== null && to !== null)
  const [first] = closed
  const step = first === undefined ? 1 : (first.to ?? 0) - (first.from ?? 0) || 1
  return bars.map(({ from, to, counts }) => ({ start: from ?? (to ?? 0) - step, end: to ?? (from ?? 0) + step, counts }))
}
