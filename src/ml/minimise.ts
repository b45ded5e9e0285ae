/** A smooth convex function to minimise. */
export interface Minimisation {
  /** Value at a point; writes the gradient. */
  readonly evaluate: (point: Float64Array, gradient: Float64Array) => number
  /** Replaces a gradient by an approximate Newton direction, in place. */
  readonly precondition: (vector: Float64Array) => void
  readonly steps: number
  /** Ends when the expected decrease falls below this share of the value. */
  readonly tolerance: number
}

/** Where a minimisation ended. */
export interface Minimised {
  readonly value: number
  readonly steps: number
  /** False where the steps were used up. */
  readonly converged: boolean
}

interface Pair {
  readonly move: Float64Array
  readonly change: Float64Array
  readonly inverse: number
}

/** Remembered pairs of moves and gradient changes. */
const MEMORY = 10

/** Share of a value that may be rounding: a step that changes no more is judged by its slope alone. */
export const ROUNDING = 2e-15

/** Minimises from `point` on, in place, by preconditioned L-BFGS with backtracking (Nocedal and Wright, 7.4). */
export function minimise(point: Float64Array, { evaluate, precondition, steps, tolerance }: Minimisation): Minimised {
  let gradient = new Float64Array(point.length)
  let value = evaluate(point, gradient)
  const pairs: Pair[] = []
  for (let step = 0; step < steps; step++) {
    const direction = descend(gradient, pairs, precondition)
    const slope = dot(gradient, direction)
    if (!(slope < 0) || -slope <= tolerance * Math.max(Math.abs(value), 1e-12))
      return { value, steps: step, converged: true }
    const next = new Float64Array(point.length)
    const nextGradient = new Float64Array(point.length)
    let size = 1
    let nextValue = Number.POSITIVE_INFINITY
    for (; size > 1e-12; size /= 2) {
      for (let i = 0; i < next.length; i++) next[i] = (point[i] as number) + size * (direction[i] as number)
      nextValue = evaluate(next, nextGradient)
      if (nextValue <= value + 1e-4 * size * slope + ROUNDING * Math.abs(value)) break
    }
    // No shorter step helps: what is left is rounding.
    if (!(nextValue <= value + ROUNDING * Math.abs(value))) return { value, steps: step, converged: true }
    remember(pairs, { point, gradient }, { point: next, gradient: nextGradient })
    point.set(next)
    gradient = nextGradient
    value = nextValue
  }
  return { value, steps, converged: false }
}

/** Two-loop recursion: the gradient seen through the remembered curvature. */
function descend(
  gradient: Float64Array,
  pairs: readonly Pair[],
  precondition: (vector: Float64Array) => void,
): Float64Array {
  const direction = gradient.slice()
  const factors: number[] = []
  for (const pair of pairs.toReversed()) {
    const factor = pair.inverse * dot(pair.move, direction)
    factors.push(factor)
    addScaled(direction, pair.change, -factor)
  }
  precondition(direction)
  for (const [i, pair] of pairs.entries()) {
    const factor = factors[pairs.length - 1 - i] as number
    addScaled(direction, pair.move, factor - pair.inverse * dot(pair.change, direction))
  }
  return direction.map((value) => -value)
}

interface Place {
  readonly point: Float64Array
  readonly gradient: Float64Array
}

function remember(pairs: Pair[], from: Place, to: Place): void {
  const move = to.point.map((value, i) => value - (from.point[i] as number))
  const change = to.gradient.map((value, i) => value - (from.gradient[i] as number))
  const curvature = dot(move, change)
  if (!(curvature > 1e-300)) return
  pairs.push({ move, change, inverse: 1 / curvature })
  if (pairs.length > MEMORY) pairs.shift()
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

function addScaled(a: Float64Array, b: Float64Array, factor: number): void {
  for (let i = 0; i < a.length; i++) a[i] = (a[i] as number) + factor * (b[i] as number)
}
