import type { CompiledModel, FeatureRead, OpenTable, Value } from './compiled-model.ts'
import { axesOfTerm, type CompiledTerm, compileTerm, type PlacedRow, type PlacedRows, readsOfTerm } from './compiled-term.ts'
import { elementAt } from './element-at.ts'
import { type FeatureSlots, featureSlots } from './feature-slots.ts'
import type { PairAxis, Term } from './model.ts'
import { readNumber } from './place-number.ts'
import type { Column } from './table.ts'

/** Compiles terms: each feature is placed once a row, however many terms read it, and a term is a look-up. */
export function compileTerms(terms: readonly Term[]): CompiledModel {
  const features = featuresOf(terms)
  const places = new Map(features.map((feature, i) => [keyOf(feature), i]))
  const parts = terms.map((term) => compileTerm(term, features, readsOfTerm(term).map((read) => places.get(keyOf(read)) ?? 0)))
  const row: PlacedRow = { slots: new Int32Array(features.length), numbers: new Float64Array(features.length) }
  return {
    reads: features,
    parts,
    open: (columns) => openTable(features, parts, columns),
    addScores(values, sums) {
      placeRow(features, values, row)
      for (const part of parts) {
        for (let k = 0; k < sums.length; k++) sums[k] = (sums[k] as number) + part.partOf(row, k)
      }
    },
    unseen: () => unseenOf(features, row.slots),
    partsOf(values, outputs) {
      placeRow(features, values, row)
      return parts.map((part) => {
        const byOutput: number[] = []
        for (let k = 0; k < outputs; k++) byOutput.push(part.partOf(row, k))
        return byOutput
      })
    },
  }
}

const none: readonly number[] = []

/** Nearly every row has none, and then nothing is made. */
export function unseenOf(features: readonly FeatureRead[], slots: Int32Array): readonly number[] {
  let found: number[] | undefined
  for (let i = 0; i < slots.length; i++) {
    if (slots[i] !== 1 || elementAt(features, i).kind !== 'category') continue
    found ??= []
    found.push(i)
  }
  return found ?? none
}

/** The features in the order in which the terms name them, each with the divisions of all terms. */
function featuresOf(terms: readonly Term[]): FeatureSlots[] {
  const found = new Map<string, { read: FeatureRead; axes: PairAxis[] }>()
  for (const term of terms) {
    for (const read of readsOfTerm(term)) {
      if (!found.has(keyOf(read))) found.set(keyOf(read), { read, axes: [] })
    }
    for (const axis of axesOfTerm(term)) found.get(keyOf(axis))?.axes.push(axis)
  }
  return Array.from(found.values(), ({ read, axes }) => featureSlots(read, axes))
}

function keyOf({ feature, kind }: FeatureRead): string {
  return `${kind} ${feature}`
}

function placeRow(features: readonly FeatureSlots[], values: readonly Value[], { slots, numbers }: PlacedRow): void {
  for (let i = 0; i < features.length; i++) {
    const feature = elementAt(features, i)
    const value = values[i] ?? null
    const number = feature.kind === 'numeric' ? readNumber(value) : Number.NaN
    numbers[i] = number
    slots[i] = feature.slotOf(feature.kind === 'numeric' ? number : value)
  }
}

function openTable(features: readonly FeatureSlots[], parts: readonly CompiledTerm[], columns: readonly Column[]): OpenTable {
  const none = new Float64Array(0)
  const placers = features.map((feature, i) => feature.placer(elementAt(columns, i)))
  let room: readonly Int32Array[] = []
  function place(start: number, rows: number): PlacedRows {
    if (room[0]?.length !== rows) room = features.map(() => new Int32Array(rows))
    for (const [i, placer] of placers.entries()) placer(start, elementAt(room, i))
    const numbers = columns.map((column) => (column.kind === 'numeric' ? column.values.subarray(start, start + rows) : none))
    return { slots: room, numbers }
  }
  return {
    addScores(start, sums) {
      const rows = place(start, sums[0]?.length ?? 0)
      for (const [k, sum] of sums.entries()) for (const part of parts) part.addRows(rows, k, sum)
    },
    writeParts(start, written) {
      const rows = place(start, written[0]?.[0]?.length ?? 0)
      for (const [i, part] of parts.entries()) {
        // Adding to -0 leaves every number as it is; adding to 0 would turn -0 into 0.
        for (const [k, sum] of elementAt(written, i).entries()) part.addRows(rows, k, sum.fill(-0))
      }
    },
  }
}
