import type { FormulaForm } from '#ml/screen-formulas'
import type { LoadedColumn } from './load-rows.ts'

/** Where a formula comes from: the strongest columns, what columns are called, or splits of trees over the model's errors. */
export type FormulaSource = 'strength' | 'names' | 'trees'

/** A formula over columns that may be worth a feature. */
export interface Formula {
  readonly form: FormulaForm
  readonly from: readonly LoadedColumn[]
  readonly source: FormulaSource
}

const commutative: ReadonlySet<FormulaForm> = new Set(['sum', 'product', 'triple_product', 'cross'])

/** What makes two formulas the same. */
export function formulaKey({ form, from }: Formula): string {
  const ids = from.map(({ column }) => column.id)
  if (commutative.has(form)) ids.sort()
  else if (form === 'product_ratio' || form === 'sum_ratio') ids.splice(0, 2, ...ids.slice(0, 2).sort())
  return `${form}:${ids.join(':')}`
}

/** The formulas, each once: the first of those that are the same. */
export function uniqueFormulas(formulas: readonly Formula[]): Formula[] {
  const seen = new Set<string>()
  return formulas.filter((formula) => {
    const key = formulaKey(formula)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
