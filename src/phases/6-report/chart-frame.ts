import type { Axis, AxisPlace } from './axis.ts'
import { markup, type Markup, type Piece } from './markup.ts'

/** The part of a chart in which marks stand. */
export interface Plot {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

interface FrameInput {
  readonly width: number
  readonly height: number
  /** What the chart shows, for those who do not see it. */
  readonly title: string
  /** Where its marks stand, so that a script can tell which one is pointed at. */
  readonly places: Places
}

/** Axes, or the starts and sizes of what stands in rows and columns. */
export interface Places {
  readonly x?: AxisPlace
  readonly y?: AxisPlace
  readonly rows?: { readonly starts: readonly number[]; readonly size: number }
  readonly columns?: { readonly starts: readonly number[]; readonly size: number }
  /** Marks beside the axis: the middle of each. */
  readonly apart?: readonly number[]
}

/** An SVG that takes its colours from the page, so that it follows light, dark and print. */
export function frame({ width, height, title, places }: FrameInput, marks: readonly Piece[]): Markup {
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}" data-places="${JSON.stringify(places)}">${marks}</svg>`
}

/** Tick labels and grid lines of the vertical axis; zero is drawn firm. */
export function leftAxis({ left, right }: Plot, y: Axis): Markup {
  const lines = y.ticks.map(({ value, text }) => {
    const place = y.at(value)
    return markup`<path class="${value === 0 ? 'zero' : 'grid'}" d="M${left} ${place}H${right}"/><text class="tick end" x="${left - 6}" y="${place + 3.5}">${text}</text>`
  })
  return markup`${lines}`
}

/** Tick labels of the horizontal axis below `base`, without those that would touch. */
export function bottomAxis({ left, right }: Plot, x: Axis, base: number): Markup {
  const ticks: Markup[] = []
  let free = Number.NEGATIVE_INFINITY
  for (const { value, text } of x.ticks) {
    const place = x.at(value)
    const half = text.length * 3.2
    if (place - half < free || place + half > right + 14 || place - half < left - 30) continue
    free = place + half + 6
    ticks.push(markup`<path class="tickmark" d="M${place} ${base}v3"/><text class="tick middle" x="${place}" y="${base + 14}">${text}</text>`)
  }
  return markup`<path class="axis" d="M${left} ${base}H${right}"/>${ticks}`
}
