import { elementAt } from './element-at.ts'
import { type CategoryTerm, type NumericTerm, type PairAxis, type PairTerm, slotsOfAxis } from './model.ts'

/** A term that has bins or cells. */
export type BinnedTerm = NumericTerm | CategoryTerm | PairTerm

/**
 * A term opened for editing: cells over the slots of one or two features, cell = slot of the first x slots of the
 * second + slot of the second. Slot 0 is a missing value; a category of its own has unseen levels in slot 1. All lists
 * are by output and cell.
 */
export interface Surface {
  readonly axes: readonly PairAxis[]
  readonly scores: readonly Float64Array[]
  readonly deviation: readonly Float64Array[]
  readonly lower: readonly Float64Array[] | null
  readonly upper: readonly Float64Array[] | null
  /** Training rows by cell. */
  readonly weight: Float64Array
  /** Cells from here on have a deviation and a band; the missing value and unseen levels of one feature have none. */
  readonly banded: number
}

/** Opens a term; no list that can be written to is shared. */
export function openSurface(term: BinnedTerm): Surface {
  const { scores, deviation, lower, upper } = term
  // Slots of a missing value and of unseen levels, which a term of one feature keeps apart: scores by output, rows.
  const apart = term.kind === 'pair' ? [] : [{ scores: term.missing, rows: term.missingWeight }]
  if (term.kind === 'category') apart.push({ scores: term.unseen, rows: term.unseenWeight })
  const spread = (byOutput: readonly number[][]): Float64Array[] => byOutput.map((values) => Float64Array.from([...apart.map(() => 0), ...values]))
  return {
    axes: axesOf(term),
    scores: scores.map((values, k) => Float64Array.from([...apart.map((slot) => elementAt(slot.scores, k)), ...values])),
    deviation: spread(deviation),
    lower: lower ? spread(lower) : null,
    upper: upper ? spread(upper) : null,
    weight: Float64Array.from([...apart.map(({ rows }) => rows), ...term.weight]),
    banded: apart.length,
  }
}

function axesOf(term: BinnedTerm): readonly PairAxis[] {
  if (term.kind === 'pair') return term.axes
  const { feature, monotone } = term
  const flags = monotone ? { monotone } : {}
  if (term.kind === 'numeric') return [{ kind: 'numeric', feature, edges: term.edges, ...flags }]
  const { levels, bins, ordered } = term
  const size = term.weight.length + 2
  return [{ kind: 'category', feature, levels, slots: bins.map((bin) => bin + 2), unseen: 1, size, ...(ordered ? { ordered } : {}), ...flags }]
}

/** What a term says of its importance. */
export interface Importance {
  readonly importance: number
  readonly importanceInterval?: readonly [number, number]
}

/** The term that a surface describes. */
export function closeSurface(surface: Surface, term: BinnedTerm, { importance, importanceInterval: interval }: Importance): BinnedTerm {
  const { banded, lower, upper, weight } = surface
  const plain = (byOutput: readonly Float64Array[]): number[][] => byOutput.map((values) => plainNumbers(values.subarray(banded)))
  const curve = {
    scores: plain(surface.scores),
    deviation: plain(surface.deviation),
    ...(lower && upper ? { lower: plain(lower), upper: plain(upper) } : {}),
    weight: plainNumbers(weight.subarray(banded)),
    importance,
    ...(interval ? { importanceInterval: interval } : {}),
  }
  const { importanceInterval: _before, ...kept } = term
  if (kept.kind === 'pair') return { ...kept, ...curve, axes: [elementAt(surface.axes, 0), elementAt(surface.axes, 1)] }
  const { monotone: _flag, ...rest } = kept
  const axis = elementAt(surface.axes, 0)
  const alone = (cell: number): number[] => surface.scores.map((scores) => elementAt(scores, cell) + 0)
  const flags = axis.monotone ? { monotone: axis.monotone } : {}
  if (rest.kind === 'numeric' && axis.kind === 'numeric') return { ...rest, ...curve, ...flags, edges: axis.edges, missing: alone(0) }
  if (rest.kind === 'category' && axis.kind === 'category') {
    const bins = axis.slots.map((slot) => slot - 2)
    return { ...rest, ...curve, ...flags, levels: axis.levels, bins, missing: alone(0), unseen: alone(1) }
  }
  throw new Error(`the surface of "${axis.feature}" is ${axis.kind}, its term ${kept.kind}`)
}

/** Adding 0 turns -0 into 0, which JSON cannot tell apart. */
function plainNumbers(values: Float64Array): number[] {
  return Array.from(values, (value) => value + 0)
}

/** Mean absolute score over the training rows and outputs. */
export function importanceOf({ scores, weight }: Surface): number {
  const total = weight.reduce((sum, rows) => sum + rows, 0)
  if (total === 0) return 0
  let sum = 0
  for (const curve of scores) {
    for (let cell = 0; cell < weight.length; cell++) sum += elementAt(weight, cell) * Math.abs(elementAt(curve, cell))
  }
  return sum / (total * scores.length)
}

/** A copy whose lists may be written to. */
export function copySurface(surface: Surface): Surface {
  const copy = (byOutput: readonly Float64Array[]): Float64Array[] => byOutput.map((values) => values.slice())
  const { lower, upper } = surface
  return {
    ...surface,
    scores: copy(surface.scores),
    deviation: copy(surface.deviation),
    lower: lower ? copy(lower) : null,
    upper: upper ? copy(upper) : null,
  }
}

/** Gives a cell another score and moves its band along, in place. */
export function moveScore({ scores, lower, upper }: Surface, [output, cell]: readonly [number, number], score: number): void {
  const curve = elementAt(scores, output)
  const change = score - elementAt(curve, cell)
  curve[cell] = score
  for (const ends of [lower?.[output], upper?.[output]]) if (ends) ends[cell] = elementAt(ends, cell) + change
}

/** Takes the training mean of the given outputs out of the scores and the band, in place, and returns it by output. */
export function centreSurface({ scores, lower, upper, weight }: Surface, outputs: readonly number[]): number[] {
  return scores.map((curve, k) => {
    if (!outputs.includes(k)) return 0
    const mean = meanOverRows(curve, weight) + 0
    for (const values of [curve, lower?.[k], upper?.[k]]) {
      if (values) for (let cell = 0; cell < values.length; cell++) values[cell] = elementAt(values, cell) - mean
    }
    return mean
  })
}

function meanOverRows(values: Float64Array, weight: Float64Array): number {
  let sum = 0
  let total = 0
  for (let cell = 0; cell < values.length; cell++) {
    sum += elementAt(weight, cell) * elementAt(values, cell)
    total += elementAt(weight, cell)
  }
  return total === 0 ? 0 : sum / total
}

/** Cells of the lines along one axis, in the order of `slots`; a line for each slot of the other axis in `across`. */
export function linesOf(axes: Surface['axes'], along: number, { slots, across }: LineSlots): number[][] {
  if (axes.length === 1) return [[...slots]]
  const width = slotsOfAxis(elementAt(axes, 1))
  return across.map((other) => slots.map((slot) => (along === 0 ? slot * width + other : other * width + slot)))
}

/** The slots that lines run through. */
export interface LineSlots {
  readonly slots: readonly number[]
  /** Slots of the other axis; not read where there is only one. */
  readonly across: readonly number[]
}
