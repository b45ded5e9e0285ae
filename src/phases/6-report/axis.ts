import { numberText } from './figure.ts'

/** Maps values to places on the page. */
export interface Axis {
  at(value: number): number
  readonly ticks: readonly { readonly value: number; readonly text: string }[]
  /** From where to where on the page, for a reader that goes the other way. */
  readonly place: AxisPlace
}

/** The range of the values, that of the page, and whether it is logarithmic. */
export type AxisPlace = readonly [low: number, high: number, start: number, end: number, log: 0 | 1]

interface AxisInput {
  readonly domain: readonly [number, number]
  readonly span: readonly [number, number]
  readonly scale?: 'linear' | 'log'
  /** About so many ticks. */
  readonly ticks: number
  /** Ticks at whole numbers only. */
  readonly whole?: boolean
}

/** An axis with round ticks; values beyond its ends are held at them. */
export function axis({ domain, span, scale = 'linear', ticks, whole = false }: AxisInput): Axis {
  const place = scale === 'log' ? Math.log : (value: number) => value
  const [low, high] = [place(domain[0]), place(domain[1])]
  const width = high - low || 1
  const at = (value: number): number => {
    const share = scale === 'log' && value <= 0 ? 0 : (place(value) - low) / width
    return round(span[0] + Math.min(1, Math.max(0, share)) * (span[1] - span[0]))
  }
  const ends: AxisPlace = [domain[0], domain[1], span[0], span[1], scale === 'log' ? 1 : 0]
  return { at, place: ends, ticks: scale === 'log' ? logTicks(domain) : linearTicks(domain, { wanted: ticks, least: whole ? 1 : 0 }) }
}

/** A tenth of a pixel is finer than anybody sees. */
export function round(place: number): number {
  return Math.round(place * 10) / 10
}

function linearTicks([low, high]: readonly [number, number], { wanted, least }: { wanted: number; least: number }): { value: number; text: string }[] {
  const raw = Math.max(least, (high - low) / Math.max(1, wanted))
  if (!(raw > 0) || !Number.isFinite(raw)) return []
  const power = 10 ** Math.floor(Math.log10(raw))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw * 0.999) ?? raw
  const decimals = Math.min(12, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)))
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => {
    const value = (first + i) * step
    return { value, text: compactText(value, decimals) }
  })
}

function logTicks([low, high]: readonly [number, number]): { value: number; text: string }[] {
  const decades = Math.log10(high / low)
  const factors = decades < 1.5 ? [1, 2, 5] : decades < 3 ? [1, 3] : [1]
  const found: number[] = []
  for (let power = Math.floor(Math.log10(low)); power <= Math.ceil(Math.log10(high)); power++) {
    for (const factor of factors) found.push(factor * 10 ** power)
  }
  const stride = decades > 6 ? Math.ceil(decades / 4) : 1
  return found
    .filter((value) => value >= low * 0.999 && value <= high * 1.001)
    .filter((_, i) => i % stride === 0)
    .map((value) => ({ value, text: compactText(value, value >= 1 ? 0 : Math.min(12, Math.ceil(-Math.log10(value) - 1e-9))) }))
}

const units = [
  { size: 1e12, text: 'T' },
  { size: 1e9, text: 'G' },
  { size: 1e6, text: 'M' },
  { size: 1e4, text: 'k' },
] as const

/** A tick: 20k rather than 20,000, so that five stand beside each other on a phone. */
function compactText(value: number, decimals: number): string {
  const unit = units.find(({ size }) => Math.abs(value) >= size)
  if (unit === undefined) return numberText(value, decimals)
  const size = unit.text === 'k' ? 1000 : unit.size
  const scaled = Number((value / size).toPrecision(6))
  return `${numberText(scaled, Number.isInteger(scaled) ? 0 : 1)}${unit.text}`
}
