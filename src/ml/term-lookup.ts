import { type CategoryTerm, nameOfTerm, type NumericTerm, type PairAxis, type PairTerm, type SlopeTerm, slotsOfAxis, type Term } from './model.ts'
import { placeNumber, readNumber } from './place-number.ts'
import type { Column } from './table.ts'

/** A cell of a row: a number, a text, or missing. */
export type Value = number | string | null

/** A column that a term reads. */
export interface FeatureRead {
  readonly feature: string
  readonly kind: Column['kind']
}

/** A term made ready for scoring; both ways add the same numbers in the same order. */
export interface TermLookup {
  /** Name under which the term is shown. */
  readonly name: string
  /** The columns that it reads, in the order in which they are handed in. */
  readonly reads: readonly FeatureRead[]
  /** Adds the contribution of each row to `sums` (output, row). */
  addRows(columns: readonly Column[], sums: readonly Float64Array[]): void
  /** Adds the contribution of one row to `sums` (output). */
  addValues(values: readonly Value[], sums: number[]): void
}

/** Compiles a term once for many rows. */
export function lookupTerm(term: Term): TermLookup {
  switch (term.kind) {
    case 'numeric':
      return lookupNumbers(term)
    case 'category':
      return lookupLevels(term)
    case 'slope':
      return lookupSlope(term)
    case 'pair':
      return lookupPair(term)
  }
}

function lookupNumbers(term: NumericTerm): TermLookup {
  const edges = Float64Array.from(term.edges)
  // Slot 0 is missing, slot i + 1 is bin i.
  const slots = term.scores.map((scores, k) => Float64Array.of(term.missing[k] as number, ...scores))
  const slotOf = (value: number): number => (Number.isFinite(value) ? placeNumber(edges, value) + 1 : 0)
  return {
    name: nameOfTerm(term),
    reads: [{ feature: term.feature, kind: 'numeric' }],
    addRows([column], sums) {
      if (column?.kind !== 'numeric') return
      const { values } = column
      const slotOfRow = new Int32Array(values.length)
      for (let i = 0; i < values.length; i++) slotOfRow[i] = slotOf(values[i] as number)
      addSlots(slotOfRow, slots, sums)
    },
    addValues([value = null], sums) {
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
    name: nameOfTerm(term),
    reads: [{ feature: term.feature, kind: 'category' }],
    addRows([column], sums) {
      if (column?.kind !== 'category') return
      const slotOfCode = Int32Array.from(column.levels, (level) => slotOfLevel.get(level) ?? 1)
      const slotOfRow = new Int32Array(column.codes.length)
      for (let i = 0; i < slotOfRow.length; i++) {
        const code = column.codes[i] as number
        slotOfRow[i] = code < 0 ? 0 : (slotOfCode[code] ?? 1)
      }
      addSlots(slotOfRow, slots, sums)
    },
    addValues([value = null], sums) {
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
    name: nameOfTerm(term),
    reads: [{ feature: term.feature, kind: 'numeric' }],
    addRows([column], sums) {
      if (column?.kind !== 'numeric') return
      for (const [k, sum] of sums.entries()) {
        for (let i = 0; i < sum.length; i++) {
          sum[i] = (sum[i] as number) + contribution(column.values[i] as number, k)
        }
      }
    },
    addValues([value = null], sums) {
      const number = readNumber(value)
      for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] as number) + contribution(number, k)
    },
  }
}

function lookupPair(term: PairTerm): TermLookup {
  const [first, second] = term.axes
  const places = [placeAxis(first), placeAxis(second)] as const
  const width = slotsOfAxis(second)
  const cells = term.scores.map((scores) => Float64Array.from(scores))
  return {
    name: nameOfTerm(term),
    reads: [first, second].map(({ feature, kind }) => ({ feature, kind })),
    addRows([one, other], sums) {
      if (!one || !other) return
      const cellOfRow = places[0].slots(one).map((slot) => slot * width)
      for (const [i, slot] of places[1].slots(other).entries()) cellOfRow[i] = (cellOfRow[i] as number) + slot
      addSlots(cellOfRow, cells, sums)
    },
    addValues([one = null, other = null], sums) {
      addSlot(places[0].slot(one) * width + places[1].slot(other), cells, sums)
    },
  }
}

interface AxisPlaces {
  slot(value: Value): number
  slots(column: Column): Int32Array
}

function placeAxis(axis: PairAxis): AxisPlaces {
  if (axis.kind === 'numeric') {
    const slotOf = (value: number): number => (Number.isFinite(value) ? placeNumber(axis.edges, value) + 1 : 0)
    return {
      slot: (value) => slotOf(readNumber(value)),
      slots: (column) => (column.kind === 'numeric' ? Int32Array.from(column.values, slotOf) : new Int32Array(column.codes.length)),
    }
  }
  const slotOfLevel = new Map(axis.levels.map((level, i) => [level, axis.slots[i] as number]))
  const slotOf = (value: Value): number => (value === null ? 0 : (slotOfLevel.get(String(value)) ?? axis.unseen))
  return {
    slot: slotOf,
    slots(column) {
      if (column.kind !== 'category') return new Int32Array(column.values.length)
      const slotOfCode = Int32Array.from(column.levels, slotOf)
      return column.codes.map((code) => (code < 0 ? 0 : (slotOfCode[code] ?? axis.unseen)))
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
