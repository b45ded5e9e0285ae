/** Where numbers stand on a plot: pure functions of numbers, so that every plot has one rule. */
export interface Domain {
  readonly low: number
  readonly high: number
}

/** A number of the domain as a place between two pixels. */
export type Place = (value: number) => number

/** A straight scale; a domain without width puts everything in the middle. */
export function linear({ low, high }: Domain, [from, to]: readonly [number, number]): Place {
  const width = high - low
  return (value) => (width > 0 ? from + ((value - low) / width) * (to - from) : (from + to) / 2)
}

/** The value that a place stands for; the inverse of `linear`, held to the domain. */
export function valueAt({ low, high }: Domain, [from, to]: readonly [number, number], place: number): number {
  const part = to === from ? 0 : (place - from) / (to - from)
  return low + Math.min(1, Math.max(0, part)) * (high - low)
}

/** Round numbers within a domain, about as many as asked for. */
export function ticksOf({ low, high }: Domain, about = 5): number[] {
  const step = stepOf({ low, high }, about)
  if (step === 0) return [low]
  const first = Math.ceil(low / step - 1e-9)
  const last = Math.floor(high / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

/** The smallest round step that gives at most one tick more than asked for. */
function stepOf({ low, high }: Domain, about: number): number {
  const width = high - low
  if (!(width > 0) || !Number.isFinite(width)) return 0
  const size = 10 ** (Math.floor(Math.log10(width / about)) - 1)
  const fits = (step: number): boolean => Math.floor(high / step + 1e-9) - Math.ceil(low / step - 1e-9) <= about
  return roundSteps.map((factor) => factor * size).find(fits) ?? width
}

const roundSteps = [1, 2, 2.5, 5, 10, 20, 25, 50, 100, 200, 250, 500]

/** A tick with as many decimals as its step needs: 0.25 beside 0.50, 1,000 beside 2,000, and 20k where thousands are many. */
export function tickText(ticks: readonly number[], value: number): string {
  const [first = 0, second] = ticks
  const step = second === undefined ? Math.abs(first) : Math.abs(second - first)
  const size = Math.max(...ticks.map(Math.abs), 0)
  const [unit, name] = size >= 1e9 ? [1e9, 'G'] : size >= 1e6 ? [1e6, 'M'] : size >= 1e4 ? [1e3, 'k'] : [1, '']
  const decimals = step === 0 ? 2 : decimalsOf(step / unit)
  const text = Math.abs(value / unit).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return `${value < 0 && /[1-9]/.test(text) ? '−' : ''}${text}${value === 0 ? '' : name}`
}

function decimalsOf(step: number): number {
  for (let decimals = 0; decimals < 6; decimals++) {
    const scaled = step * 10 ** decimals
    if (Math.abs(scaled - Math.round(scaled)) < 1e-6 * scaled) return decimals
  }
  return 6
}

/** The domain of some numbers, widened by a margin and, where asked for, to hold zero. */
export function domainOf(values: readonly number[], { zero = false, margin = 0 }: { readonly zero?: boolean; readonly margin?: number } = {}): Domain {
  let [low, high] = zero ? [0, 0] : [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (low > high) return { low: 0, high: 1 }
  if (low === high) return low === 0 ? { low: 0, high: 1 } : { low: low - Math.abs(low) * 0.1, high: high + Math.abs(high) * 0.1 }
  const room = (high - low) * margin
  return { low: zero && low === 0 ? 0 : low - room, high: zero && high === 0 ? 0 : high + room }
}

/** A path of points, written with a tenth of a pixel. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`).join('')
}

export function round(value: number): number {
  return Math.round(value * 10) / 10
}

/** A tick of a difference in thousandths, with its sign: +2 at 0.002. */
export function thousandthTick(value: number, ticks: readonly number[]): string {
  const text = tickText(ticks.map((tick) => Number((tick * 1000).toPrecision(12))), Number((value * 1000).toPrecision(12)))
  return value > 0 ? `+${text}` : text
}
