import type { Figure } from './blocks.ts'

/** Decimals that fit numbers of this size, so that a column of them stands aligned. */
export function decimalsFor(values: readonly number[]): number {
  if (values.every(Number.isInteger)) return 0
  const largest = Math.max(0, ...values.map(Math.abs))
  if (largest >= 1000) return 0
  if (largest >= 100) return 1
  if (largest >= 10) return 2
  if (largest >= 1) return 3
  if (largest >= 0.01) return 4
  return Math.min(12, Math.ceil(-Math.log10(largest || 1)) + 2)
}

/** A number as text with a true minus sign and grouped thousands. */
export function numberText(value: number, decimals = decimalsFor([value])): string {
  const text = Math.abs(value).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
  return value < 0 && /[1-9]/u.test(text) ? `−${text}` : text
}

/** A number for a sentence: four significant digits at most, and no needless zeros. */
export function shortText(value: number): string {
  const rounded = Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4))
  return numberText(rounded, Number.isInteger(rounded) ? 0 : Math.min(12, Math.max(0, (String(rounded).split('.')[1] ?? '').length)))
}

/** A moment as people read it: to the second, in UTC. */
export function timeText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`
}

/** A measured number; the key says where the API tells the same. */
export function figure(value: number, more: { decimals?: number; key?: string } = {}): Figure {
  const text = numberText(value, more.decimals ?? decimalsFor([value]))
  return more.key === undefined ? { value, text } : { value, text, key: more.key }
}

/** A share as a percentage that never rounds a few to none, or nearly all to all. */
export function percentFigure(share: number): Figure {
  const percent = share * 100
  if (percent > 0 && percent < 0.1) return { value: share, text: '< 0.1 %' }
  if (percent < 100 && percent > 99.9) return { value: share, text: '> 99.9 %' }
  return { value: share, text: `${numberText(percent, 1)} %` }
}

/** A count with its noun. */
export function countText(count: number, noun: string, plural = `${noun}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`
}

/** Names in a sentence: all of a few, or the first of many and how many more there are. */
export function namesText(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map((name) => `"${name}"`)
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ')
}
