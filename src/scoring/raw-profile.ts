import type { Column } from '#core/dataset'
import type { Cell } from '#core/ports'
import { maybeMissingTokens, missingTokens } from '#steps/missing-tokens'

/** A value of a raw column, and the training rows that hold it. */
export interface CountedCell {
  readonly value: Cell
  readonly rows: number
}

/** What the training rows hold of a raw column of numbers. */
export interface NumberProfile {
  readonly kind: 'number'
  readonly name: string
  /** Whether the file holds the numbers as text, so that they are sent as text. */
  readonly asText: boolean
  readonly min: number
  readonly max: number
  /** Ascending and different: every value where there are few, else evenly many rows apart. */
  readonly quantiles: readonly number[]
  /** What one unit of cost is, and what it was measured by. */
  readonly spread: number
  readonly spreadOf: 'median absolute deviation' | 'interquartile range' | 'range' | 'one step'
  /** The resolution of the values: all are multiples of it. */
  readonly step: number
}

/** What the training rows hold of a raw column of levels. */
export interface LevelProfile {
  readonly kind: 'levels'
  readonly name: string
  /** The most frequent first. */
  readonly levels: readonly { readonly value: string | boolean; readonly rows: number }[]
  /** Levels that are not listed. */
  readonly others: number
}

/** A column of which nothing else can be chosen, with the reason. */
export interface FixedProfile {
  readonly kind: 'fixed'
  readonly name: string
  readonly reason: string
}

export type RawProfile = NumberProfile | LevelProfile | FixedProfile

const mostLevels = 200
const mostQuantiles = 257
const fewLevels = 20
const plainNumber = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?$/iu
const missingTexts = new Set([...missingTokens, ...maybeMissingTokens])

/** Says what the training rows hold of a column; `counted` lists its different values. */
export function rawProfile({ name, type }: Pick<Column, 'name' | 'type'>, counted: readonly CountedCell[]): RawProfile {
  const present = counted.filter(({ value }) => value !== null)
  if (present.length === 0) return { kind: 'fixed', name, reason: 'no training row has a value of it' }
  if (type === 'date' || type === 'timestamp') return { kind: 'fixed', name, reason: `it is a ${type}, and times are not chosen` }
  if (type === 'boolean') return levelProfile(name, present)
  if (type === 'text') return numbersInText(name, present) ?? levelProfile(name, present)
  const numbers = present.flatMap(({ value, rows }) => (typeof value === 'number' && Number.isFinite(value) ? [{ value, rows }] : []))
  return numbers.length === 0 ? { kind: 'fixed', name, reason: 'no training row has a finite value of it' } : numberProfile(name, { numbers, asText: false })
}

function levelProfile(name: string, present: readonly CountedCell[]): LevelProfile {
  const levels = present.map(({ value, rows }) => ({ value: typeof value === 'boolean' ? value : String(value), rows }))
  levels.sort((a, b) => b.rows - a.rows || (String(a.value) < String(b.value) ? -1 : 1))
  return { kind: 'levels', name, levels: levels.slice(0, mostLevels), others: Math.max(0, levels.length - mostLevels) }
}

/** A column of text nearly all of whose values are numbers is one that a step reads as numbers. */
function numbersInText(name: string, present: readonly CountedCell[]): NumberProfile | null {
  const texts = present.filter(({ value }) => !missingTexts.has(String(value).trim().toLowerCase()))
  const numbers = texts.flatMap(({ value, rows }) => (plainNumber.test(String(value).trim()) ? [{ value: Number(String(value).trim()), rows }] : []))
  const rowsOf = (all: readonly { rows: number }[]): number => all.reduce((sum, { rows }) => sum + rows, 0)
  return numbers.length > fewLevels && rowsOf(numbers) >= 0.95 * rowsOf(texts) ? numberProfile(name, { numbers, asText: true }) : null
}

interface CountedNumber {
  readonly value: number
  readonly rows: number
}

function numberProfile(name: string, { numbers, asText }: { numbers: readonly CountedNumber[]; asText: boolean }): NumberProfile {
  const sorted = numbers.toSorted((a, b) => a.value - b.value)
  const min = sorted[0]?.value ?? 0
  const max = sorted.at(-1)?.value ?? 0
  const median = weightedQuantile(sorted, 0.5)
  const deviations = sorted.map(({ value, rows }) => ({ value: Math.abs(value - median), rows })).sort((a, b) => a.value - b.value)
  const step = stepOf(sorted, max - min)
  const quantiles = [...new Set(Array.from({ length: mostQuantiles }, (_, i) => weightedQuantile(sorted, i / (mostQuantiles - 1))))]
  const values = sorted.length <= mostQuantiles ? [...new Set(sorted.map(({ value }) => value))] : quantiles
  const measured = [
    { spread: weightedQuantile(deviations, 0.5), spreadOf: 'median absolute deviation' },
    { spread: weightedQuantile(sorted, 0.75) - weightedQuantile(sorted, 0.25), spreadOf: 'interquartile range' },
    { spread: max - min, spreadOf: 'range' },
  ] as const
  const { spread, spreadOf } = measured.find((one) => one.spread > 0) ?? { spread: step, spreadOf: 'one step' as const }
  return { kind: 'number', name, asText, min, max, quantiles: values, spread, spreadOf, step }
}

/** The smallest value that at least this share of the rows does not exceed. */
function weightedQuantile(sorted: readonly CountedNumber[], share: number): number {
  const total = sorted.reduce((sum, { rows }) => sum + rows, 0)
  let seen = 0
  for (const { value, rows } of sorted) {
    seen += rows
    if (seen >= share * total) return value
  }
  return sorted.at(-1)?.value ?? 0
}

const mostDecimals = 6

/** The largest power of ten, at most 1, of which all values are multiples; a thousandth of the range where none is. */
function stepOf(sorted: readonly CountedNumber[], range: number): number {
  for (let decimals = 0; decimals <= mostDecimals; decimals++) {
    const scale = 10 ** decimals
    if (sorted.every(({ value }) => Math.abs(value * scale - Math.round(value * scale)) <= 1e-9 * Math.max(1, Math.abs(value * scale)))) return 1 / scale
  }
  if (range <= 0) return 10 ** -mostDecimals
  let step = 1
  while (step > range / 1_000) step /= 10
  while (step * 10 <= range / 1_000) step *= 10
  return step
}
