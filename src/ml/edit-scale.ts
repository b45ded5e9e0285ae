import { copySurface, type Surface } from './edit-surface.ts'
import { elementAt } from './element-at.ts'
import type { SlopeTerm } from './model.ts'

/** Multiplies scores and bands by a factor, deviations by its size; a negative factor turns the curve over. */
export function scaleSurface(surface: Surface, factor: number, outputs: readonly number[]): Surface {
  const scaled = copySurface(surface)
  const times = (values: Float64Array, by: number): void => {
    for (let cell = 0; cell < values.length; cell++) values[cell] = elementAt(values, cell) * by
  }
  for (const output of outputs) {
    times(elementAt(scaled.scores, output), factor)
    times(elementAt(scaled.deviation, output), Math.abs(factor))
    const [low, high] = [scaled.lower?.[output], scaled.upper?.[output]]
    if (low === undefined || high === undefined) continue
    times(low, factor)
    times(high, factor)
    if (factor < 0) swap(low, high)
  }
  return scaled
}

function swap(one: Float64Array, other: Float64Array): void {
  const held = one.slice()
  one.set(other)
  other.set(held)
}

/** Multiplies a straight line by a factor. */
export function scaleSlope(term: SlopeTerm, factor: number): SlopeTerm {
  const times = (values: readonly number[]): number[] => values.map((value) => value * factor + 0)
  const size = Math.abs(factor)
  const { importanceInterval: interval } = term
  return {
    ...term,
    slope: times(term.slope),
    shift: times(term.shift),
    missing: times(term.missing),
    importance: term.importance * size,
    ...(interval ? { importanceInterval: [interval[0] * size, interval[1] * size] as const } : {}),
  }
}
