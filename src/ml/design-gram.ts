import { dotProduct, type LinearDesign, type NumbersPart } from './linear-design.ts'
import type { LevelsPart } from './linear-levels.ts'
import type { RowWeights } from './row-weights.ts'

/** Transposed design x weights x design as a full symmetrical matrix. */
export function gramMatrix({ rows, width, parts }: LinearDesign, weights?: RowWeights): Float64Array {
  const gram: Gram = { values: new Float64Array(width * width), width }
  const own = weights ?? new Float64Array(rows).fill(1)
  const numbers = parts.filter((part) => part.kind === 'numbers')
  const levels = parts.filter((part) => part.kind === 'levels')
  for (const [a, left] of numbers.entries()) {
    const weighted = weights ? weigh(left.values, weights) : left.values
    for (const right of numbers.slice(a)) setBoth(gram, [left.start, right.start], dotProduct(weighted, right.values))
    for (const right of levels) addMixed(gram, right, { ...left, values: weighted })
  }
  for (const [a, left] of levels.entries()) {
    addOneLevels(gram, left, own)
    for (const right of levels.slice(a + 1)) addLevels(gram, [left, right], own)
  }
  return gram.values
}

/** Diagonal of the Gram matrix. */
export function gramDiagonal({ rows, width, parts }: LinearDesign, weights?: RowWeights): Float64Array {
  const diagonal = new Float64Array(width)
  for (const part of parts) {
    for (let i = 0; i < rows; i++) {
      const weight = weights ? (weights[i] as number) : 1
      if (part.kind === 'numbers') {
        diagonal[part.start] = (diagonal[part.start] as number) + weight * (part.values[i] as number) ** 2
        continue
      }
      const place = part.codes[i] as number
      if (place < part.width) diagonal[part.start + place] = (diagonal[part.start + place] as number) + weight
    }
  }
  return diagonal
}

interface Gram {
  readonly values: Float64Array
  readonly width: number
}

function setBoth({ values, width }: Gram, [i, j]: readonly [number, number], value: number): void {
  values[i * width + j] = value
  values[j * width + i] = value
}

function weigh(values: Float64Array, weights: Float64Array): Float64Array {
  const weighted = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) weighted[i] = (values[i] as number) * (weights[i] as number)
  return weighted
}

/** Numbers, weighted already, summed by level. */
function addMixed(gram: Gram, { codes, start, width }: LevelsPart, numbers: NumbersPart): void {
  const sums = sumByCode(codes, width + 1, numbers.values)
  for (let code = 0; code < width; code++) setBoth(gram, [start + code, numbers.start], sums[code] as number)
}

/** Weights by level, on the diagonal: no row has two levels of one part. */
function addOneLevels(gram: Gram, { codes, start, width }: LevelsPart, weights: Float64Array): void {
  const sums = sumByCode(codes, width + 1, weights)
  for (let code = 0; code < width; code++) setBoth(gram, [start + code, start + code], sums[code] as number)
}

/** Weights by pair of levels. */
function addLevels(gram: Gram, [left, right]: readonly [LevelsPart, LevelsPart], weights: Float64Array): void {
  const across = right.width + 1
  const sums = new Float64Array((left.width + 1) * across)
  for (let i = 0; i < weights.length; i++) {
    const cell = (left.codes[i] as number) * across + (right.codes[i] as number)
    sums[cell] = (sums[cell] as number) + (weights[i] as number)
  }
  for (let a = 0; a < left.width; a++) {
    for (let b = 0; b < right.width; b++) {
      setBoth(gram, [left.start + a, right.start + b], sums[a * across + b] as number)
    }
  }
}

function sumByCode(codes: Uint16Array, size: number, values: Float64Array): Float64Array {
  const sums = new Float64Array(size)
  for (let i = 0; i < values.length; i++) {
    const code = codes[i] as number
    sums[code] = (sums[code] as number) + (values[i] as number)
  }
  return sums
}
