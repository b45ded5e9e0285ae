import { type LinearEncoding, placeLevels } from './linear-encoding.ts'
import type { Table } from './table.ts'

/** A run of design columns: one column of numbers, or levels of which each row has at most one. */
export type DesignPart =
  | { readonly kind: 'numbers'; readonly start: number; readonly values: Float64Array }
  | { readonly kind: 'levels'; readonly start: number; readonly width: number; readonly codes: Int32Array }

/** The design matrix by parts; column 0 is the intercept. Levels are never spelt out as zeros and ones. */
export interface LinearDesign {
  readonly rows: number
  readonly width: number
  readonly parts: readonly DesignPart[]
}

/** Reads the rows of a table through learnt encodings, columns in the order of the encodings. */
export function designRows(table: Table, encodings: readonly LinearEncoding[]): LinearDesign {
  // The intercept is a level that every row has.
  const parts: DesignPart[] = [{ kind: 'levels', start: 0, width: 1, codes: new Int32Array(table.rows) }]
  let start = 1
  for (const [i, encoding] of encodings.entries()) {
    const column = table.columns[i]
    if (column?.name !== encoding.feature) throw new Error(`expected column "${encoding.feature}" at ${i}`)
    if (encoding.kind === 'category') {
      parts.push({ kind: 'levels', start, width: encoding.width, codes: placeLevels(encoding, column) })
    } else if (column.kind === 'numeric') {
      const { mean, scale } = encoding
      const values = column.values.map((value) => (Number.isFinite(value) ? (value - mean) / scale : 0))
      parts.push({ kind: 'numbers', start, values })
      if (encoding.missingRows > 0) {
        const codes = Int32Array.from(column.values, (value) => (Number.isFinite(value) ? -1 : 0))
        parts.push({ kind: 'levels', start: start + 1, width: 1, codes })
      }
    }
    start += encoding.width
  }
  return { rows: table.rows, width: start, parts }
}

/** scores = design x coefficients, for one output. */
export function multiplyDesign(design: LinearDesign, coefficients: Float64Array, scores: Float64Array): void {
  scores.fill(0)
  for (const part of design.parts) {
    if (part.kind === 'numbers') {
      const slope = coefficients[part.start] as number
      for (let i = 0; i < scores.length; i++) scores[i] = (scores[i] as number) + slope * (part.values[i] as number)
      continue
    }
    const { codes, start } = part
    for (let i = 0; i < scores.length; i++) {
      const code = codes[i] as number
      if (code >= 0) scores[i] = (scores[i] as number) + (coefficients[start + code] as number)
    }
  }
}

/** sums = transposed design x values, for one output. */
export function sumDesign(design: LinearDesign, values: Float64Array, sums: Float64Array): void {
  sums.fill(0)
  for (const part of design.parts) {
    if (part.kind === 'numbers') {
      let sum = 0
      for (let i = 0; i < values.length; i++) sum += (part.values[i] as number) * (values[i] as number)
      sums[part.start] = sum
      continue
    }
    const { codes, start } = part
    for (let i = 0; i < values.length; i++) {
      const code = codes[i] as number
      if (code >= 0) sums[start + code] = (sums[start + code] as number) + (values[i] as number)
    }
  }
}
