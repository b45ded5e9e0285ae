import { chooseEdges } from './numeric-edges.ts'
import { placeNumber } from './place-number.ts'
import type { CategoryColumn, Column, NumericColumn } from './table.ts'

/** What the rows of a segment have in common in one column. */
export type SegmentCondition =
  | { readonly kind: 'levels'; readonly column: string; readonly levels: readonly string[] }
  /** above < value <= upTo; null is open. */
  | { readonly kind: 'range'; readonly column: string; readonly above: number | null; readonly upTo: number | null }
  | { readonly kind: 'missing'; readonly column: string }

/** A column in a few bins, from which segments are made. */
export interface SegmentBins {
  /** Bin of each row; `count` where the value is missing, `NO_BIN` where it is in no bin. */
  readonly codes: Uint8Array
  readonly count: number
  /** Whether neighbouring bins may be joined to a segment. */
  readonly joined: boolean
  /** What the rows of the bins from the first to the last have in common. */
  readonly conditionOf: (first: number, last: number) => SegmentCondition
}

/** Code of a row whose level is too rare for a bin. */
export const NO_BIN = 255

/** Quantile bins of a number; neighbours are joined, so that a range may be wider. */
const RANGES = 8

/** Levels that get a bin, the most frequent first. */
const LEVELS = 64

/** Bins a column: quantile ranges of a number, levels with at least `fewestRows` rows, and missing. */
export function binSegments(column: Column, fewestRows: number): SegmentBins {
  return column.kind === 'numeric' ? binNumbers(column) : binLevels(column, fewestRows)
}

function binNumbers({ name, values }: NumericColumn): SegmentBins {
  const edges = chooseEdges(values, { ownBins: RANGES, quantileBins: RANGES })
  const count = edges.length + 1
  const codes = Uint8Array.from(values, (value) => (Number.isFinite(value) ? placeNumber(edges, value) : count))
  const conditionOf = (first: number, last: number): SegmentCondition =>
    first === count
      ? { kind: 'missing', column: name }
      : { kind: 'range', column: name, above: edges[first - 1] ?? null, upTo: edges[last] ?? null }
  return { codes, count, joined: true, conditionOf }
}

function binLevels({ name, codes, levels, ordered }: CategoryColumn, fewestRows: number): SegmentBins {
  const rows = new Float64Array(levels.length)
  for (const code of codes) if (code >= 0) rows[code] = (rows[code] as number) + 1
  // Levels in their given order, so that neighbours of ordered ones can be joined.
  const frequent = [...levels.keys()].filter((level) => (rows[level] as number) >= fewestRows)
  const kept = frequent
    .toSorted((a, b) => (rows[b] as number) - (rows[a] as number) || a - b)
    .slice(0, LEVELS)
    .sort((a, b) => a - b)
  const binOfLevel = new Uint8Array(levels.length).fill(NO_BIN)
  for (const [bin, level] of kept.entries()) binOfLevel[level] = bin
  const count = kept.length
  const conditionOf = (first: number, last: number): SegmentCondition =>
    first === count
      ? { kind: 'missing', column: name }
      : { kind: 'levels', column: name, levels: kept.slice(first, last + 1).map((level) => levels[level] ?? '') }
  return {
    codes: Uint8Array.from(codes, (code) => (code < 0 ? count : (binOfLevel[code] ?? NO_BIN))),
    count,
    joined: ordered === true && count <= RANGES,
    conditionOf,
  }
}

/** What a condition says, for people: "city is Oslo", "age above 30 up to 45", "age is missing". */
export function describeCondition(condition: SegmentCondition): string {
  const { column } = condition
  if (condition.kind === 'missing') return `${column} is missing`
  if (condition.kind === 'levels') return `${column} is ${condition.levels.join(' or ')}`
  const above = condition.above === null ? '' : ` above ${shortNumber(condition.above)}`
  const upTo = condition.upTo === null ? '' : ` up to ${shortNumber(condition.upTo)}`
  return above === '' && upTo === '' ? `${column} is known` : `${column}${above}${upTo}`
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)))
}
