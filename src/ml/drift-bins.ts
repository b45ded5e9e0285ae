import { chooseEdges } from './numeric-edges.ts'
import { placeNumber } from './place-number.ts'
import type { CategoryColumn, Column, NumericColumn } from './table.ts'

/** How rows of a column are counted, frozen at training. Bin 0 is the missing value. */
export type DriftRule =
  | {
      readonly kind: 'numeric'
      /** Borders between observed values. */
      readonly edges: readonly number[]
      /** Smallest and largest value that was seen; rows outside have bins of their own. Null where there was none. */
      readonly range: readonly [number, number] | null
    }
  | {
      readonly kind: 'category'
      /** Levels with a bin of their own. */
      readonly levels: readonly string[]
      /** Levels that were seen and share a bin; all others share the last one. */
      readonly rare: readonly string[]
    }

/** Up to this many different numbers each have a bin; more are put into this many quantile bins. */
const OWN_BINS = 20
const QUANTILE_BINS = 10

/** A level has a bin of its own from this share and this count of rows on, the commonest first. */
const LEAST_SHARE = 0.01
const LEAST_ROWS = 3
const MOST_LEVELS = 30

/** Chooses the bins of a column by some of its reference rows; the others are to be counted, or they look too even. */
export function freezeBins(column: Column): DriftRule {
  return column.kind === 'numeric' ? freezeNumbers(column) : freezeLevels(column)
}

function freezeNumbers({ values }: NumericColumn): DriftRule {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    if (value < low) low = value
    if (value > high) high = value
  }
  if (low > high) return { kind: 'numeric', edges: [], range: null }
  return { kind: 'numeric', edges: chooseEdges(values, { ownBins: OWN_BINS, quantileBins: QUANTILE_BINS }), range: [low, high] }
}

function freezeLevels({ codes, levels }: CategoryColumn): DriftRule {
  const counts = countCodes(codes, levels.length)
  const least = Math.max(LEAST_ROWS, LEAST_SHARE * codes.length)
  const known = levels.map((level, code) => ({ level, rows: counts[code] ?? 0 })).filter(({ rows }) => rows > 0)
  const common = known.filter(({ rows }) => rows >= least).sort((a, b) => b.rows - a.rows || (a.level < b.level ? -1 : 1))
  const own = common.slice(0, MOST_LEVELS).map(({ level }) => level)
  const kept = new Set(own)
  return { kind: 'category', levels: own, rare: known.filter(({ level }) => !kept.has(level)).map(({ level }) => level) }
}

function countCodes(codes: Int32Array, levels: number): Float64Array {
  const counts = new Float64Array(levels)
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] ?? 0) + 1
  return counts
}

/** Number of bins of a rule. */
export function binsOf(rule: DriftRule): number {
  // Missing, below and above the range, and one more bin than edges; missing, the levels, the rare and the unseen ones.
  return rule.kind === 'numeric' ? rule.edges.length + 4 : rule.levels.length + 3
}

/** Bin of each row; every column has fewer than 256 bins. A column of the other kind has no readable value. */
export function binRows(rule: DriftRule, column: Column): Uint8Array {
  if (rule.kind === 'numeric') return column.kind === 'numeric' ? binNumbers(rule, column.values) : new Uint8Array(column.codes.length)
  return column.kind === 'category' ? binLevels(rule, column) : new Uint8Array(column.values.length)
}

type NumericRule = Extract<DriftRule, { kind: 'numeric' }>
type CategoryRule = Extract<DriftRule, { kind: 'category' }>

function binNumbers(rule: NumericRule, values: Float64Array): Uint8Array {
  const bins = new Uint8Array(values.length)
  for (let row = 0; row < bins.length; row++) bins[row] = binOfNumber(rule, values[row] as number)
  return bins
}

/** Bin of one number: 0 missing, 1 below all that was seen, the last above it. */
export function binOfNumber({ edges, range }: NumericRule, value: number): number {
  if (!Number.isFinite(value)) return 0
  if (range === null || value > range[1]) return edges.length + 3
  return value < range[0] ? 1 : placeNumber(edges, value) + 2
}

function binLevels(rule: CategoryRule, { codes, levels }: CategoryColumn): Uint8Array {
  const known = new Map([...rule.levels.map((level, i): [string, number] => [level, i + 1]), ...rule.rare.map((level): [string, number] => [level, rule.levels.length + 1])])
  const binOfCode = Uint8Array.from(levels, (level) => known.get(level) ?? rule.levels.length + 2)
  const bins = new Uint8Array(codes.length)
  for (let row = 0; row < bins.length; row++) bins[row] = binOfCode[codes[row] as number] ?? 0
  return bins
}

/** Rows by bin. */
export function countBins(rule: DriftRule, bins: Uint8Array): number[] {
  const counts = new Array<number>(binsOf(rule)).fill(0)
  for (const bin of bins) counts[bin] = (counts[bin] ?? 0) + 1
  return counts
}

/** Levels that are not among the known ones, the commonest first. */
export function newLevels(column: Column, known: ReadonlySet<string>): { readonly level: string; readonly rows: number }[] {
  if (column.kind === 'numeric') return []
  const counts = countCodes(column.codes, column.levels.length)
  return column.levels
    .map((level, code) => ({ level, rows: counts[code] ?? 0 }))
    .filter(({ level, rows }) => rows > 0 && !known.has(level))
    .sort((a, b) => b.rows - a.rows || (a.level < b.level ? -1 : 1))
}
