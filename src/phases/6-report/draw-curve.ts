import { axis, round, type Axis } from './axis.ts'
import { bottomAxis, frame, leftAxis, type Plot } from './chart-frame.ts'
import { bandOf } from './band.ts'
import type { ApartValue, CurveChart, CurveStep, LineChart } from './charts.ts'
import { markup, type Markup } from './markup.ts'

const width = 360
const height = 226
const top = 8
const bottom = 150
const strip = { top: 158, bottom: 192 }
const left = 46

/** A curve over numbers: its steps with their band, the rows below it, and what is missing beside it. */
export function drawCurve(chart: CurveChart): Markup {
  const plot = plotOf(chart.apart)
  const x = axis({ domain: chart.domain, span: [plot.left, plot.right], scale: chart.scale, ticks: 4, whole: chart.whole })
  const y = axis({ domain: chart.range, span: [bottom, top], ticks: 5 })
  const marks = [
    leftAxis(plot, y),
    hatches(chart, x),
    chart.outputs.length === 0 ? band(chart.steps, x, y) : null,
    chart.steps[0]?.scores.map((_, k) => markup`<path class="${lineClass(chart.outputs, k)}" d="${stepPath(chart.steps, { x, y, k })}"/>`) ?? null,
    density(chart.steps, x),
    bottomAxis(plot, x, strip.bottom),
    apartMarks(chart, plot, y),
  ]
  const title = `What ${chart.feature} adds to the score, in ${chart.steps.length} steps${chart.scale === 'log' ? ', on a logarithmic axis' : ''}`
  return frame({ width, height, title, places: { x: x.place, y: y.place, apart: apartMiddles(chart.apart, plot) } }, marks)
}

/** A straight line, as a linear model has it. */
export function drawLine(chart: LineChart): Markup {
  const plot = plotOf(chart.apart)
  const x = axis({ domain: chart.domain, span: [plot.left, plot.right], ticks: 4, whole: chart.whole })
  const y = axis({ domain: chart.range, span: [strip.bottom - 8, top], ticks: 7 })
  const lines = chart.ends.map(([start, end], k) => {
    return markup`<path class="${lineClass(chart.outputs, k)}" d="M${plot.left} ${y.at(start)}L${plot.right} ${y.at(end)}"/>`
  })
  const marks = [leftAxis(plot, y), lines, bottomAxis(plot, x, strip.bottom), apartMarks(chart, plot, y)]
  return frame({ width, height, title: `What ${chart.feature} adds to the score, a straight line`, places: { x: x.place, y: y.place, apart: apartMiddles(chart.apart, plot) } }, marks)
}

function lineClass(outputs: readonly string[], k: number): string {
  return outputs.length === 0 ? 'line' : `line class-${k}`
}

const apartWidth = 46

function plotOf(apart: readonly ApartValue[]): Plot {
  return { left, right: width - 10 - apart.length * apartWidth, top, bottom }
}

function apartMiddles(apart: readonly ApartValue[], { right }: Plot): number[] {
  return apart.map((_, i) => right + 10 + (i + 0.5) * apartWidth)
}

interface Way {
  readonly x: Axis
  readonly y: Axis
  readonly k: number
}

function bounds({ from, to }: CurveStep, x: Axis): [number, number] {
  return [x.at(from ?? Number.NEGATIVE_INFINITY), x.at(to ?? Number.POSITIVE_INFINITY)]
}

function stepPath(steps: readonly CurveStep[], { x, y, k }: Way): string {
  let path = ''
  for (const step of steps) {
    const [start, end] = bounds(step, x)
    const place = y.at(step.scores[k] ?? 0)
    path += path === '' ? `M${start} ${place}H${end}` : `V${place}H${end}`
  }
  return path
}

/** The 95 % band where there is one, else one standard deviation to both sides; cut at the range. */
function band(steps: readonly CurveStep[], x: Axis, y: Axis): Markup | null {
  if (!steps.some((step) => bandOf(step)[1] > bandOf(step)[0])) return null
  const edge = (end: 0 | 1) => (step: CurveStep): number => y.at(bandOf(step)[end])
  const upper = steps.map((step, i) => `${i === 0 ? `M${bounds(step, x)[0]} ` : 'V'}${edge(1)(step)}H${bounds(step, x)[1]}`)
  const lower = steps.toReversed().map((step) => `V${edge(0)(step)}H${bounds(step, x)[0]}`)
  return markup`<path class="band" d="${upper.join('')}${lower.join('')}Z"/>`
}

/** Steps that few training rows stand behind; neighbours are joined. */
function hatches({ steps, fewest }: CurveChart, x: Axis): Markup[] {
  const ranges: [number, number][] = []
  for (const step of steps) {
    if (step.rows >= fewest) continue
    const [start, end] = bounds(step, x)
    const last = ranges.at(-1)
    if (last !== undefined && last[1] === start) last[1] = end
    else ranges.push([start, end])
  }
  return ranges.map(([start, end]) => markup`<rect class="hatch" x="${start}" y="${top}" width="${round(Math.max(1, end - start))}" height="${bottom - top}"/>`)
}

/** Rows by place: the height says how densely they lie, so that wide and narrow steps compare. */
function density(steps: readonly CurveStep[], x: Axis): Markup {
  const bars = steps.map((step) => {
    const [start, end] = bounds(step, x)
    return { start, end, height: end > start ? step.rows / Math.max(end - start, 1.5) : 0 }
  })
  const highest = Math.max(...bars.map((bar) => bar.height), Number.MIN_VALUE)
  const path = bars.map(({ end, height: rows }) => `V${round(strip.bottom - (rows / highest) * (strip.bottom - strip.top))}H${end}`)
  return markup`<path class="density" d="M${bars[0]?.start ?? 0} ${strip.bottom}${path.join('')}V${strip.bottom}Z"/>`
}

/** Values that have no place on the axis stand to its right. */
function apartMarks({ apart, outputs }: CurveChart | LineChart, plot: Plot, y: Axis): Markup[] {
  const middles = apartMiddles(apart, plot)
  return apart.map(({ name, scores, rows }, i) => {
    const middle = middles[i] ?? 0
    const [start, end] = [middle - 15, middle + 15]
    const marks = scores.map((score, k) => markup`<path class="${outputs.length === 0 ? 'line apart' : `line class-${k}`}" d="M${start} ${y.at(score)}H${end}"/>`)
    const zero = markup`<path class="grid" d="M${start - 4} ${y.at(0)}H${end + 4}"/>`
    return markup`${zero}${marks}<text class="tick middle" x="${middle}" y="${strip.bottom + 14}">${name}</text><text class="tick middle faint" x="${middle}" y="${strip.bottom + 27}">${rows.toLocaleString('en-US')}</text>`
  })
}
