import type { CategoryTerm, NumericTerm, SlopeTerm, Term } from './model.ts'
import { placeNumber, readNumber } from './place-number.ts'
import type { Column } from './table.ts'

/** A term made ready for scoring; both ways add the same numbers in the same order. */
export interface TermLookup {
  readonly feature: string
  readonly columnKind: Column['kind']
  /** Adds the contribution of each row to `sums` (output, row). */
  addRows(column: Column, sums: readonly Float64Array[]): void
  /** Adds the contribution of one value to `sums` (output). */
  addValue(value: number | string | null, sums: number[]): void
}

/** Compiles a term once for many rows. */
export function lookupTerm(term: Term): TermLookup {
  if (term.kind === 'numeric') return lookupNumbers(term)
  return term.kind === 'category' ? lookupLevels(term) : lookupSlope(term)
}

function lookupNumbers(term: NumericTerm): TermLookup {
  const edges = Float64Array.from(term.edges)
  // Slot 0 is missing, slot i + 1 is bin i.
  const slots = term.scores.map((scores, k) => Float64Array.of(term.missing[k] as number, ...scores))
  const slotOf = (value: number): number => (Number.isFinite(value) ? placeNumber(edges, value) + 1 : 0)
  return {
    feature: term.feature,
    columnKind: 'numeric',
    addRows(column, sums) {
      if (column.kind !== 'numeric') return
      const { values } = column
      const slotOfRow = new Int32Array(values.length)
      for (let i = 0; i < values.length; i++) slotOfRow[i] = slotOf(values[i] as number)
      addSlots(slotOfRow, slots, sums)
    },
    addValue(value, sums) {
      addSlot(slotOf(readNumber(value)), slots, sums)
    },
  }
}

function lookupLevels(term: CategoryTerm): TermLookup {
  // Slot 0 is missing, slot 1 an unseen level, slot i + 2 is bin i.
  const slots = term.scores.map((scores, k) =>
    Float64Array.of(term.missing[k] as number, term.unseen[k] as number, ...scores),
  )
  const slotOfLevel = new Map(term.levels.map((level, i) => [level, (term.bins[i] as number) + 2]))
  return {
    feature: term.feature,
    columnKind: 'category',
    addRows(column, sums) {
      if (column.kind !== 'category') return
      const slotOfCode = Int32Array.from(column.levels, (level) => slotOfLevel.get(level) ?? 1)
      const slotOfRow = new Int32Array(column.codes.length)
      for (let i = 0; i < slotOfRow.length; i++) {
        const code = column.codes[i] as number
        slotOfRow[i] = code < 0 ? 0 : (slotOfCode[code] ?? 1)
      }
      addSlots(slotOfRow, slots, sums)
    },
    addValue(value, sums) {
      addSlot(value === null ? 0 : (slotOfLevel.get(String(value)) ?? 1), slots, sums)
    },
  }
}

function lookupSlope(term: SlopeTerm): TermLookup {
  const contribution = (value: number, k: number): number =>
    Number.isFinite(value)
      ? (term.slope[k] as number) * (value - term.mean) + (term.shift[k] as number)
      : (term.missing[k] as number)
  return {
    feature: term.feature,
    columnKind: 'numeric',
    addRows(column, sums) {
      if (column.kind !== 'numeric') return
      for (const [k, sum] of sums.entries()) {
        for (let i = 0; i < sum.length; i++) {
          sum[i] = (sum[i] as number) + contribution(column.values[i] as number, k)
        }
      }
    },
    addValue(value, sums) {
      const number = readNumber(value)
      for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] as number) + contribution(number, k)
    },
  }
}

function addSlots(slotOfRow: Int32Array, slots: readonly Float64Array[], sums: readonly Float64Array[]): void {
  for (const [k, sum] of sums.entries()) {
    const scores = slots[k] as Float64Array
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (scores[slotOfRow[i] as number] as number)
  }
}

function addSlot(slot: number, slots: readonly Float64Array[], sums: number[]): void {
  for (let k = 0; k < sums.length; k++) {
    sums[k] = (sums[k] as number) + ((slots[k] as Float64Array)[slot] as number)
  }
}
