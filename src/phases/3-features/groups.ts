import type { CategoryColumn } from '#ml/table'
import { stepTypes } from '#steps/registry'
import type { Amount } from './amounts.ts'
import { isNameable } from './candidate.ts'
import type { Formula, FormulaSource } from './formula.ts'
import type { LoadedColumn } from './load-rows.ts'
import { distinctNumbers, presentLevels } from './usable-columns.ts'

/** More groups are written into no formula, and into no cross. */
const mostInFormula = 12
const mostInCross = 30
/** Combinations beyond this name the row rather than group it. */
const mostCells = 200

/** A column whose values divide the rows into a few groups. */
export interface Group extends LoadedColumn {
  readonly codes: CategoryColumn
  readonly present: number
}

/** The columns of few levels, in their order: texts, truth values, and whole numbers of few values. */
export function groupsOf(columns: readonly LoadedColumn[]): Group[] {
  return columns.flatMap((one): Group[] => {
    const codes = codesOf(one)
    if (codes === null || !isNameable(one.column)) return []
    const present = presentLevels(codes.codes, codes.levels.length)
    return present < 2 || present > mostInCross ? [] : [{ ...one, codes, present }]
  })
}

function codesOf({ column, values }: LoadedColumn): CategoryColumn | null {
  if (values.kind === 'category') return values
  if (column.type !== 'boolean' && column.type !== 'integer') return null
  if (distinctNumbers(values.values, mostInFormula + 1) > mostInFormula) return null
  const levels = [...new Set(values.values.filter((value) => !Number.isNaN(value)))].sort((a, b) => a - b)
  const places = new Map(levels.map((level, place) => [level, place]))
  return { name: values.name, kind: 'category', codes: Int32Array.from(values.values, (value) => places.get(value) ?? -1), levels: levels.map(String) }
}

/** The amount against its mean in each group; none where the groups are too many to write down. */
export function deviationFormulas(amount: Amount, group: Group, source: FormulaSource): Formula[] {
  const { values, column } = group
  // Levels stand in the expression as they are; one that it could not hold leaves the whole formula out.
  const written = values.kind === 'category' && values.levels.every((level) => !/[\p{Cc}\p{Zl}\p{Zp}\\'"]/u.test(level))
  if (group.present > mostInFormula || column.type !== 'text' || !written) return []
  return [{ form: 'deviation', from: [amount, group], source }]
}

/** The levels of two columns together, where the step that makes them is there. */
export function crossFormulas(one: Group, other: Group, source: FormulaSource): Formula[] {
  if (!stepTypes.has('CrossCategoriesTransformer') || one.present * other.present > mostCells) return []
  return [{ form: 'cross', from: [one, other], source }]
}
