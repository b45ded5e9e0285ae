import type { FeatureRead, ModelPart } from './compiled-model.ts'
import type { FeatureSlots } from './feature-slots.ts'
import { type CategoryTerm, nameOfTerm, type NumericTerm, type PairAxis, type PairTerm, type SlopeTerm, slotsOfAxis, type Term } from './model.ts'

/** Rows whose values are placed, by read of the model. */
export interface PlacedRows {
  readonly slots: readonly Int32Array[]
  /** The numbers themselves; empty for categories. */
  readonly numbers: readonly Float64Array[]
}

/** One row whose values are placed, by read of the model. */
export interface PlacedRow {
  readonly slots: Int32Array
  /** NaN where the value is missing or is no number. */
  readonly numbers: Float64Array
}

/** A term as tables over the slots of its features; both ways give the same numbers. */
export interface CompiledTerm extends ModelPart {
  /** Adds the contributions to one output of the rows to `sums`. */
  addRows(rows: PlacedRows, output: number, sums: Float64Array): void
  /** Contribution to one output of one row. */
  partOf(row: PlacedRow, output: number): number
}

/** The divisions that a term makes of the features that it reads; a line makes none. */
export function axesOfTerm(term: Term): readonly PairAxis[] {
  switch (term.kind) {
    case 'numeric':
      return [axisOfNumbers(term)]
    case 'category':
      return [axisOfLevels(term)]
    case 'pair':
      return term.axes
    case 'slope':
      return []
  }
}

function axisOfNumbers({ feature, edges }: NumericTerm): PairAxis {
  return { kind: 'numeric', feature, edges }
}

/** Slot 1 is an unseen level, slot i + 2 is bin i. */
function axisOfLevels({ feature, levels, bins, weight }: CategoryTerm): PairAxis {
  return { kind: 'category', feature, levels, slots: bins.map((bin) => bin + 2), unseen: 1, size: weight.length + 2 }
}

/** The columns that a term reads. */
export function readsOfTerm(term: Term): readonly FeatureRead[] {
  return term.kind === 'slope' ? [{ feature: term.feature, kind: 'numeric' }] : axesOfTerm(term)
}

/** Compiles a term; `reads` are the positions of its features among those of the model. */
export function compileTerm(term: Term, features: readonly FeatureSlots[], reads: readonly number[]): CompiledTerm {
  const part: ModelPart = { name: nameOfTerm(term), reads }
  const [read = 0] = reads
  switch (term.kind) {
    case 'numeric':
      return compileCurve(part, term.scores.map((scores, k) => [term.missing[k] as number, ...scores]), slotsOn(features, read, axisOfNumbers(term)))
    case 'category': {
      const bySlot = term.scores.map((scores, k) => [term.missing[k] as number, term.unseen[k] as number, ...scores])
      return compileCurve(part, bySlot, slotsOn(features, read, axisOfLevels(term)))
    }
    case 'slope':
      return compileLine(part, term)
    case 'pair':
      return compilePair(part, term, features)
  }
}

function slotsOn(features: readonly FeatureSlots[], read: number, axis: PairAxis): Int32Array {
  const feature = features[read]
  if (feature === undefined) throw new Error(`no slots for "${axis.feature}"`)
  return feature.slotsOn(axis)
}

/** `bySlot` is by output and slot of the term; `slots` says the slot of the term for each slot of the feature. */
function compileCurve(part: ModelPart, bySlot: readonly (readonly number[])[], slots: Int32Array): CompiledTerm {
  const [read = 0] = part.reads
  const scores = bySlot.map((of) => {
    const expanded = new Float64Array(slots.length)
    for (let i = 0; i < slots.length; i++) expanded[i] = of[slots[i] as number] as number
    return expanded
  })
  return {
    ...part,
    addRows: (rows, output, sums) => addCurve(scores[output] as Float64Array, rows.slots[read] as Int32Array, sums),
    partOf: (row, output) => (scores[output] as Float64Array)[row.slots[read] as number] as number,
  }
}

function addCurve(scores: Float64Array, slots: Int32Array, sums: Float64Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + (scores[slots[i] as number] as number)
}

function compilePair(part: ModelPart, { axes, scores }: PairTerm, features: readonly FeatureSlots[]): CompiledTerm {
  const [first = 0, second = 0] = part.reads
  const width = slotsOfAxis(axes[1])
  const starts = slotsOn(features, first, axes[0]).map((slot) => slot * width)
  const offsets = slotsOn(features, second, axes[1])
  const cells = scores.map((of): PairCells => ({ starts, offsets, scores: Float64Array.from(of) }))
  return {
    ...part,
    addRows: (rows, output, sums) => addPair(cells[output] as PairCells, [rows.slots[first] as Int32Array, rows.slots[second] as Int32Array], sums),
    partOf({ slots }, output) {
      const cell = (starts[slots[first] as number] as number) + (offsets[slots[second] as number] as number)
      return (cells[output] as PairCells).scores[cell] as number
    },
  }
}

interface PairCells {
  /** By slot of the first feature: the first of its cells. */
  readonly starts: Int32Array
  /** By slot of the second feature: its cell from there. */
  readonly offsets: Int32Array
  readonly scores: Float64Array
}

function addPair({ starts, offsets, scores }: PairCells, [first, second]: readonly [Int32Array, Int32Array], sums: Float64Array): void {
  for (let i = 0; i < sums.length; i++) {
    const cell = (starts[first[i] as number] as number) + (offsets[second[i] as number] as number)
    sums[i] = (sums[i] as number) + (scores[cell] as number)
  }
}

function compileLine(part: ModelPart, term: SlopeTerm): CompiledTerm {
  const [read = 0] = part.reads
  return {
    ...part,
    addRows({ numbers }, output, sums) {
      const values = numbers[read] as Float64Array
      for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] as number) + lineAt(term, output, values[i] as number)
    },
    partOf: ({ numbers }, output) => lineAt(term, output, numbers[read] as number),
  }
}

function lineAt({ slope, mean, shift, missing }: SlopeTerm, output: number, value: number): number {
  if (!Number.isFinite(value)) return missing[output] as number
  return (slope[output] as number) * (value - mean) + (shift[output] as number)
}
