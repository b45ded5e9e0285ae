import { signed, thousandths, thousandthsInterval, interval } from '#studio/lib/numbers.ts'

/** 0.29 s, 12 s, 3 min. */
export function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(value < 1 ? 2 : 1)} s`
  return value < 120 ? `${Math.round(value)} s` : `${Math.round(value / 60)} min`
}

/** A difference of a measure with its interval; measures in units of the target are not in thousandths. */
export function differenceWords(name: string, { value, bounds }: { readonly value: number; readonly bounds: readonly [number, number] | null }): string {
  if (name === 'rmse' || name === 'mae') return `${signed(value, 2)}${bounds === null ? '' : ` ${interval(bounds, (end) => signed(end, 2))}`}`
  return `${thousandths(value, bounds)}${bounds === null ? '' : ` ${thousandthsInterval(bounds)}`}`
}

/** What an interval of a difference says. */
export function verdictOf(bounds: readonly [number, number] | null): 'same' | 'better' | 'worse' {
  if (bounds === null || (bounds[0] <= 0 && bounds[1] >= 0)) return 'same'
  return bounds[0] > 0 ? 'better' : 'worse'
}
