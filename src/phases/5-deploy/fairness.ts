import type { GroupColumn } from './group-columns.ts'
import { type GroupMeasures, type Measured, measureGroup } from './group-measures.ts'
import type { SealedRows } from './sealed-rows.ts'

/** A group held against the largest one. */
export interface ComparedGroup extends GroupMeasures {
  /** Of the compared measure, this group's to the largest group's; null where it cannot be formed. */
  readonly ratio: number | null
  /** The four-fifths line: a ratio below 0.8, or above its inverse. Of two classes only. */
  readonly four_fifths: 'within' | 'below' | 'above' | null
  /** Whether the intervals of the compared measure lie apart, so that the difference is more than chance. */
  readonly apart: boolean
}

export interface ColumnFairness {
  readonly column: string
  /** Whether the model reads the column. */
  readonly input: boolean
  readonly largest: string
  readonly compared: string
  readonly groups: readonly ComparedGroup[]
}

/** The measure by which groups are compared. */
export const comparedMeasure = { binary: 'selection_rate', multiclass: 'accuracy', regression: 'mean_error' } as const

const fourFifths = 0.8

/** Looks at the sealed rows apart by each column; the largest group is what the others are held against. */
export function judgeFairness(sealed: SealedRows, columns: readonly GroupColumn[], threshold: number): ColumnFairness[] {
  return columns.map((column) => judgeColumn(sealed, column, threshold))
}

function judgeColumn(sealed: SealedRows, { name, input, values }: GroupColumn, threshold: number): ColumnFairness {
  const members = new Map<number, number[]>()
  for (const [row, code] of values.codes.entries()) {
    const rows = members.get(code)
    if (rows === undefined) members.set(code, [row])
    else rows.push(row)
  }
  const compared = comparedMeasure[sealed.target.task]
  const groups = [...members]
    .sort(([a], [b]) => placeOf(a) - placeOf(b))
    .map(([code, rows]) => measureGroup(code < 0 ? '(missing)' : (values.levels[code] ?? ''), rows, { ...sealed, threshold }))
    .sort((a, b) => b.rows - a.rows)
  const [largest] = groups
  const reference = largest?.measures[compared] ?? null
  return {
    column: name,
    input,
    largest: largest?.group ?? '',
    compared,
    groups: groups.map((group) => compareGroup(group, { reference, compared, largest: group === largest })),
  }
}

/** Missing comes after all values. */
function placeOf(code: number): number {
  return code < 0 ? Number.MAX_SAFE_INTEGER : code
}

interface Against {
  readonly reference: Measured | null
  readonly compared: string
  readonly largest: boolean
}

function compareGroup(group: GroupMeasures, { reference, compared, largest }: Against): ComparedGroup {
  const own = group.measures[compared] ?? null
  if (own === null || reference === null || largest) return { ...group, ratio: largest && own !== null ? 1 : null, four_fifths: null, apart: false }
  const apart = own.high < reference.low || own.low > reference.high
  const ratio = compared === 'mean_error' || reference.value === 0 ? null : own.value / reference.value
  return { ...group, ratio, four_fifths: compared === 'selection_rate' ? lineOf(ratio) : null, apart }
}

function lineOf(ratio: number | null): ComparedGroup['four_fifths'] {
  if (ratio === null) return null
  return ratio < fourFifths ? 'below' : ratio > 1 / fourFifths ? 'above' : 'within'
}
