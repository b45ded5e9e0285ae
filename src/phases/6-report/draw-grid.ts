import { round } from './axis.ts'
import { frame } from './chart-frame.ts'
import type { GridChart, GridSide } from './charts.ts'
import { shortText } from './figure.ts'
import { markup, type Markup } from './markup.ts'
import { shortName } from './short-name.ts'

const width = 360
const top = 8
const nameWidth = 118
/** Between the slots in order and those of missing and unseen values. */
const gap = 6
const tallest = 22
const most = 260

interface Slots {
  readonly starts: readonly number[]
  readonly size: number
  readonly end: number
}

/** Two columns together: the colour of a cell says what it adds, orange above 0 and blue below. */
export function drawGrid(chart: GridChart): Markup {
  const { across, down } = chart
  const isNumeric = down.slots.some(({ to }) => to !== null)
  const left = isNumeric ? 62 : nameWidth + 8
  const x = slotsAlong(across, { start: left, size: (width - 4 - left - gapOf(across)) / Math.max(1, across.slots.length) })
  const y = slotsAlong(down, { start: top, size: Math.min(tallest, most / Math.max(1, down.slots.length)) })
  const cells = chart.cells.map((row, j) => row.map((cell, i) => cellMark({ ...cell, x: x.starts[i] ?? 0, y: y.starts[j] ?? 0, width: x.size, height: y.size }, chart.strongest)))
  const marks = [
    markup`<rect class="sunken" x="${left}" y="${top}" width="${round(x.end - left)}" height="${round(y.end - top)}"/>`,
    cells,
    isNumeric ? borderNames(down, y).map(({ place, text }) => markup`<text class="tick end" x="${left - 6}" y="${place + 3.5}">${text}</text>`) : levelNames(down, y),
    acrossNames(across, x, y.end),
    markup`<text class="tick end faint" x="${round(x.end)}" y="${y.end + 29}">${shortName(across.feature, 40)}</text>`,
    markup`<text class="tick faint" x="0" y="${y.end + 29}">${shortName(down.feature, 24)}</text>`,
  ]
  return frame({ width, height: round(y.end + 36), title: `What ${across.feature} and ${down.feature} add to the score together, in ${across.slots.length} × ${down.slots.length} cells`, places: { columns: x, rows: y } }, marks)
}

function gapOf({ slots }: GridSide): number {
  return slots.some(({ apart }) => apart) ? gap : 0
}

function slotsAlong({ slots }: GridSide, { start, size }: { readonly start: number; readonly size: number }): Slots {
  const starts = slots.map(({ apart }, i) => round(start + i * size + (apart ? gap : 0)))
  return { starts, size: round(size), end: round((starts.at(-1) ?? start) + size) }
}

interface CellMark {
  readonly score: number
  readonly rows: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function cellMark({ score, rows, x, y, width: wide, height }: CellMark, strongest: number): Markup | null {
  if (rows === 0) return markup`<rect class="hatch" x="${x}" y="${y}" width="${wide}" height="${height}"/>`
  const strength = strongest === 0 ? 0 : Math.abs(score) / strongest
  if (strength < 0.005) return null
  return markup`<rect class="${score > 0 ? 'raises' : 'lowers'}" fill-opacity="${Number(strength.toFixed(2))}" x="${x}" y="${y}" width="${wide}" height="${height}"/>`
}

function levelNames({ slots }: GridSide, { starts, size }: Slots): (Markup | null)[] {
  let free = Number.NEGATIVE_INFINITY
  return slots.map(({ name, apart }, i) => {
    const middle = (starts[i] ?? 0) + size / 2
    if (middle - 6 < free) return null
    free = middle + 6
    return markup`<text class="${apart ? 'level faint' : 'level'} end" x="${nameWidth}" y="${round(middle + 4)}">${shortName(name)}<title>${name}</title></text>`
  })
}

/** The borders between ranges, without those that would touch, and the names of the slots apart. */
function borderNames({ slots }: GridSide, { starts, size }: Slots, least = 12): { place: number; text: string }[] {
  const shown: { place: number; text: string }[] = []
  for (const [i, { name, apart, to }] of slots.entries()) {
    if (!apart && to === null) continue
    const place = round((starts[i] ?? 0) + (apart ? size / 2 : size))
    if (place - (shown.at(-1)?.place ?? Number.NEGATIVE_INFINITY) < least && !apart) continue
    while (apart && place - (shown.at(-1)?.place ?? Number.NEGATIVE_INFINITY) < least) shown.pop()
    shown.push({ place, text: apart ? name : shortText(to ?? 0) })
  }
  return shown
}

function acrossNames(side: GridSide, slots: Slots, base: number): Markup[] {
  const isNumeric = side.slots.some(({ to }) => to !== null)
  const longest = Math.max(...side.slots.map(({ apart, to, name }) => (apart ? name.length : to === null ? 0 : shortText(to).length)), 1)
  if (isNumeric) {
    // The last name ends with the grid, so that it is not cut off.
    const ends = (text: string): boolean => side.slots.some(({ apart, name }) => apart && name === text)
    return borderNames(side, slots, longest * 6.4 + 6).map(({ place, text }) => markup`<text class="tick ${ends(text) ? 'end' : 'middle'}" x="${ends(text) ? round(slots.end) : place}" y="${base + 14}">${text}</text>`)
  }
  const letters = Math.max(1, Math.floor(slots.size / 6.4))
  return side.slots.map(({ name }, i) => markup`<text class="tick middle" x="${round((slots.starts[i] ?? 0) + slots.size / 2)}" y="${base + 14}">${shortName(name, letters)}<title>${name}</title></text>`)
}
