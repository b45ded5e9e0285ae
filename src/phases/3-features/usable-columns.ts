import type { LoadedColumn } from './load-rows.ts'

/** More different texts than this, on more than half of the rows, say nothing about the next row. */
const mostLevels = 50

/** The columns that a trainer can learn from: those with two values or more that are not free text. */
export function usableColumns(loaded: readonly LoadedColumn[]): LoadedColumn[] {
  return loaded.filter(({ values }) => {
    if (values.kind === 'numeric') return distinctNumbers(values.values, 2) > 1 || hasBoth(values.values)
    const present = presentLevels(values.codes, values.levels.length)
    if (present > mostLevels && present > values.codes.length / 2) return false
    return present > 1 || (present === 1 && values.codes.includes(-1))
  })
}

/** How many different numbers there are, counted no further than `most`. */
export function distinctNumbers(values: Float64Array, most: number): number {
  const seen = new Set<number>()
  for (const value of values) {
    if (Number.isNaN(value)) continue
    seen.add(value)
    if (seen.size >= most) break
  }
  return seen.size
}

/** How many of the levels occur. */
export function presentLevels(codes: Int32Array, levels: number): number {
  const present = new Uint8Array(levels)
  let count = 0
  for (const code of codes) {
    if (code < 0 || present[code] === 1) continue
    present[code] = 1
    count++
  }
  return count
}

function hasBoth(values: Float64Array): boolean {
  return values.some((value) => Number.isNaN(value)) && values.some((value) => !Number.isNaN(value))
}
