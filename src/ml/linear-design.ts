import { type LinearEncoding, placeLevels, placeMissing, standardise } from './linear-encoding.ts'
import { type LevelsPart, type PackedLevels, packLevels, spreadTable, tableOfCodes } from './linear-levels.ts'
import type { Table } from './table.ts'

/** One design column of numbers. */
export interface NumbersPart {
  readonly kind: 'numbers'
  readonly start: number
  readonly values: Float64Array
}

/** A run of design columns: one column of numbers, or levels. */
export type DesignPart = NumbersPart | LevelsPart

/** The design matrix by parts; column 0 is the intercept. Levels are never spelt out as zeros and ones. */
export interface LinearDesign {
  readonly rows: number
  readonly width: number
  readonly parts: readonly DesignPart[]
  /** The parts of levels once more, packed for products with the whole design. */
  readonly packs: readonly PackedLevels[]
  /** The parts of numbers once more, in fours, because reading the scores takes as long as reading a column. */
  readonly fours: readonly (readonly NumbersPart[])[]
}

/** Reads the rows of a table through learnt encodings, columns in the order of the encodings. */
export function designRows(table: Table, encodings: readonly LinearEncoding[]): LinearDesign {
  const { rows } = table
  // The intercept is a level that every row has.
  const parts: DesignPart[] = [{ kind: 'levels', start: 0, width: 1, codes: new Uint16Array(rows) }]
  let start = 1
  for (const [i, encoding] of encodings.entries()) {
    const column = table.columns[i]
    if (column?.name !== encoding.feature) throw new Error(`expected column "${encoding.feature}" at ${i}`)
    if (encoding.kind === 'category') {
      parts.push({ kind: 'levels', start, width: encoding.width, codes: placeLevels(encoding, column) })
    } else if (column.kind === 'numeric') {
      parts.push({ kind: 'numbers', start, values: standardise(encoding, column.values) })
      if (encoding.width > 1)
        parts.push({ kind: 'levels', start: start + 1, width: 1, codes: placeMissing(column.values) })
    }
    start += encoding.width
  }
  return buildDesign(rows, start, parts)
}

/** Puts parts together. */
export function buildDesign(rows: number, width: number, parts: readonly DesignPart[]): LinearDesign {
  const levels = parts.filter((part) => part.kind === 'levels')
  const numbers = parts.filter((part) => part.kind === 'numbers')
  const fours = Array.from({ length: Math.ceil(numbers.length / 4) }, (_, i) => numbers.slice(4 * i, 4 * i + 4))
  return { rows, width, parts, packs: packLevels(levels, rows), fours }
}

/** Copies the given rows of a design. */
export function takeDesign({ width, parts }: LinearDesign, rows: Int32Array): LinearDesign {
  const taken = parts.map((part): DesignPart => {
    if (part.kind === 'numbers') {
      const values = new Float64Array(rows.length)
      for (let i = 0; i < rows.length; i++) values[i] = part.values[rows[i] as number] as number
      return { ...part, values }
    }
    const codes = new Uint16Array(rows.length)
    for (let i = 0; i < rows.length; i++) codes[i] = part.codes[rows[i] as number] as number
    return { ...part, codes }
  })
  return buildDesign(rows.length, width, taken)
}

/** scores = design x coefficients, for one output. */
export function multiplyDesign(design: LinearDesign, coefficients: Float64Array, scores: Float64Array): void {
  scores.fill(0)
  for (const pack of design.packs) addTable(pack.codes, tableOfCodes(pack, coefficients), scores)
  for (const four of design.fours) addNumbers(four, coefficients, scores)
}

/** sums = transposed design x values, for one output. */
export function sumDesign(design: LinearDesign, values: Float64Array, sums: Float64Array): void {
  for (const pack of design.packs) spreadTable(pack, sumByCode(pack, values), sums)
  for (const four of design.fours) sumNumbers(four, values, sums)
}

function addNumbers(four: readonly NumbersPart[], coefficients: Float64Array, scores: Float64Array): void {
  const [first, second, third, fourth] = four
  if (first && second && third && fourth) {
    const [a, b, c, d] = [first.values, second.values, third.values, fourth.values]
    const [p, q] = [coefficients[first.start] as number, coefficients[second.start] as number]
    const [r, s] = [coefficients[third.start] as number, coefficients[fourth.start] as number]
    for (let i = 0; i < scores.length; i++) {
      const left = p * (a[i] as number) + q * (b[i] as number)
      scores[i] = (scores[i] as number) + left + (r * (c[i] as number) + s * (d[i] as number))
    }
    return
  }
  for (const { values, start } of four) {
    const slope = coefficients[start] as number
    for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) + slope * (values[i] as number)
  }
}

function sumNumbers(four: readonly NumbersPart[], values: Float64Array, sums: Float64Array): void {
  const [first, second, third, fourth] = four
  if (!(first && second && third && fourth)) {
    for (const part of four) sums[part.start] = dotProduct(part.values, values)
    return
  }
  const [a, b, c, d] = [first.values, second.values, third.values, fourth.values]
  let [p, q, r, s] = [0, 0, 0, 0]
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number
    p += (a[i] as number) * value
    q += (b[i] as number) * value
    r += (c[i] as number) * value
    s += (d[i] as number) * value
  }
  sums[first.start] = p
  sums[second.start] = q
  sums[third.start] = r
  sums[fourth.start] = s
}

function addTable(codes: Uint16Array, table: Float64Array, scores: Float64Array): void {
  for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) + (table[codes[i] as number] as number)
}

/** Dot product in four sums that need not wait for each other. */
export function dotProduct(a: Float64Array, b: Float64Array): number {
  let first = 0
  let second = 0
  let third = 0
  let fourth = 0
  let i = 0
  for (; i + 3 < b.length; i += 4) {
    first += (a[i] as number) * (b[i] as number)
    second += (a[i + 1] as number) * (b[i + 1] as number)
    third += (a[i + 2] as number) * (b[i + 2] as number)
    fourth += (a[i + 3] as number) * (b[i + 3] as number)
  }
  for (; i < b.length; i++) first += (a[i] as number) * (b[i] as number)
  return first + second + (third + fourth)
}

function sumByCode({ codes, size }: PackedLevels, values: Float64Array): Float64Array {
  const table = new Float64Array(size)
  for (let i = 0; i < values.length; i++) {
    const code = codes[i] as number
    table[code] = (table[code] as number) + (values[i] as number)
  }
  return table
}
