import { axis, round, type Axis } from './axis.ts'
import { frame } from './chart-frame.ts'
import { bandOf } from './band.ts'
import type { LevelsChart } from './charts.ts'
import { markup, type Markup } from './markup.ts'
import { shortName } from './short-name.ts'

const width = 360
const rowHeight = 20
const nameWidth = 118
const countWidth = 48

interface Row {
  readonly name: string
  readonly scores: readonly number[]
  readonly deviation: readonly number[]
  readonly lower?: readonly number[]
  readonly upper?: readonly number[]
  readonly rows: number | null
  readonly apart: boolean
}

/** The values of a column as bars from 0, with what is missing or was never seen below them. */
export function drawLevels(chart: LevelsChart): Markup {
  const rows: Row[] = [
    ...chart.levels.map((level) => ({ ...level, apart: false })),
    ...chart.apart.map((value) => ({ ...value, deviation: [], apart: true })),
  ]
  const first = chart.levels.length
  const placeOf = (i: number): number => 8 + i * rowHeight + (i >= first ? 8 : 0)
  const base = placeOf(rows.length)
  const span = [nameWidth + 8, width - countWidth] as const
  const x = axis({ domain: chart.range, span, ticks: 4 })
  const marks = [
    x.ticks.map(({ value, text }) => markup`<path class="${value === 0 ? 'zero' : 'grid'}" d="M${x.at(value)} 4V${base}"/><text class="tick middle" x="${x.at(value)}" y="${base + 14}">${text}</text>`),
    rows.map((row, i) => markup`${rowMarks(row, { x, y: placeOf(i), chart })}`),
    markup`<text class="tick end faint" x="${width - 2}" y="${base + 14}">rows</text>`,
    chart.apart.length > 0 ? markup`<path class="grid" d="M0 ${placeOf(first) - 4}H${width}"/>` : null,
  ]
  return frame({ width, height: base + 20, title: `What each value of ${chart.feature} adds to the score`, places: { rows: { starts: rows.map((_, i) => placeOf(i)), size: rowHeight } } }, marks)
}

interface At {
  readonly x: Axis
  readonly y: number
  readonly chart: LevelsChart
}

function rowMarks(row: Row, { x, y, chart }: At): Markup {
  const middle = y + rowHeight / 2
  const name = markup`<text class="${row.apart ? 'level faint' : 'level'} end" x="${nameWidth}" y="${middle + 4}">${shortName(row.name)}<title>${row.name}</title></text>`
  const count = markup`<text class="tick end" x="${width - 2}" y="${middle + 3.5}">${row.rows?.toLocaleString('en-US') ?? ''}</text>`
  const values = chart.outputs.length === 0 ? bar(row, { x, y, chart }) : row.scores.map((score, k) => markup`<circle class="dot class-${k}" cx="${x.at(score)}" cy="${middle}" r="4"/>`)
  return markup`${name}${values}${count}`
}

function bar({ rows, apart, ...row }: Row, { x, y, chart }: At): Markup {
  const score = row.scores[0] ?? 0
  const [zero, end] = [x.at(0), x.at(score)]
  const box = { start: Math.min(zero, end), size: round(Math.max(0.5, Math.abs(end - zero))) }
  const tone = apart ? 'apart-fill' : score > 0 ? 'raises' : 'lowers'
  const [low, high] = bandOf(row)
  const middle = y + rowHeight / 2
  const whisker = high > low ? markup`<path class="whisker" d="M${x.at(low)} ${middle}H${x.at(high)}"/>` : null
  const hatch = rows !== null && rows < chart.fewest ? markup`<rect class="hatch" x="${box.start}" y="${y + 4}" width="${Math.max(box.size, 6)}" height="${rowHeight - 8}"/>` : null
  return markup`<rect class="${tone}" x="${box.start}" y="${y + 4}" width="${box.size}" height="${rowHeight - 8}"/>${hatch}${whisker}`
}
