import type { StepSpec } from '#core/pipeline-spec'
import type { FormulaForm } from '#ml/screen-formulas'
import { type Candidate, columnReference, type FreeNames } from './candidate.ts'
import type { Formula, FormulaSource } from './formula.ts'
import { groupMeans } from './group-means.ts'
import type { LoadedColumn } from './load-rows.ts'

interface FormWords {
  /** Name of the new column, from the names of its parts. */
  readonly name: (parts: readonly string[]) => string
  readonly title: (parts: readonly string[]) => string
  /** The formula, from the quoted names. */
  readonly text: (parts: readonly string[]) => string
  /** The expression, from the references. */
  readonly expression: (parts: readonly string[]) => string
}

const above = (column = ''): string => `${column}.where(${column} != 0)`

const forms: Readonly<Record<Exclude<FormulaForm, 'cross' | 'deviation'>, FormWords>> = {
  ratio: { name: ([a, b]) => `${a}_per_${b}`, title: ([a, b]) => `${a} per ${b}`, text: ([a, b]) => `${a} / ${b}`, expression: ([a, b]) => `${a} / ${above(b)}` },
  difference: { name: ([a, b]) => `${a}_minus_${b}`, title: ([a, b]) => `${a} minus ${b}`, text: ([a, b]) => `${a} − ${b}`, expression: ([a, b]) => `${a} - ${b}` },
  sum: { name: ([a, b]) => `${a}_plus_${b}`, title: ([a, b]) => `${a} plus ${b}`, text: ([a, b]) => `${a} + ${b}`, expression: ([a, b]) => `${a} + ${b}` },
  product: { name: ([a, b]) => `${a}_times_${b}`, title: ([a, b]) => `${a} times ${b}`, text: ([a, b]) => `${a} × ${b}`, expression: ([a, b]) => `${a} * ${b}` },
  product_ratio: { name: ([a, b, c]) => `${a}_times_${b}_per_${c}`, title: ([a, b, c]) => `${a} times ${b}, per ${c}`, text: ([a, b, c]) => `${a} × ${b} / ${c}`, expression: ([a, b, c]) => `${a} * ${b} / ${above(c)}` },
  sum_ratio: { name: ([a, b, c]) => `${a}_plus_${b}_per_${c}`, title: ([a, b, c]) => `${a} plus ${b}, per ${c}`, text: ([a, b, c]) => `(${a} + ${b}) / ${c}`, expression: ([a, b, c]) => `(${a} + ${b}) / ${above(c)}` },
  square_ratio: { name: ([a, b]) => `${a}_per_${b}_squared`, title: ([a, b]) => `${a} per ${b} squared`, text: ([a, b]) => `${a} / ${b}²`, expression: ([a, b]) => `${a} / (${above(b)} * ${b})` },
  triple_product: { name: ([a, b, c]) => `${a}_times_${b}_times_${c}`, title: ([a, b, c]) => `${a} times ${b} times ${c}`, text: ([a, b, c]) => `${a} × ${b} × ${c}`, expression: ([a, b, c]) => `${a} * ${b} * ${c}` },
}

const reasons: Readonly<Record<FormulaSource, string>> = {
  strength: 'all pairs of the strongest columns are looked at',
  names: 'the names of its columns suggest it',
  trees: 'small trees over what the model gets wrong split by its columns one after another',
}

/** The feature that a formula makes, as steps of a pipeline. */
export function formulaCandidate(formula: Formula, names: FreeNames): Candidate {
  const { form, from, source } = formula
  const columns = from.map(({ column }) => column)
  const plain = columns.map(({ name }) => name)
  const quoted = plain.map((name) => `"${name}"`)
  const known = { id: `add:${form}:${columns.map(({ id }) => id).join(':')}`, kind: form, why: reasons[source], from: columns, replaces: null }
  if (form === 'cross') {
    const name = names.take(plain.join('_x_'))
    const steps = [{ type: 'CrossCategoriesTransformer', columns: plain, params: { output_column: name } }]
    return { ...known, name, title: `Add ${quoted.join(' and ')} together`, formula: `the values of ${quoted.join(' and ')} together`, steps }
  }
  const written = form === 'deviation' ? deviationWords(from) : forms[form]
  const name = names.take(written.name(plain))
  return { ...known, name, title: `Add ${written.title(quoted)}`, formula: written.text(quoted), steps: [expressionStep(written.expression(columns.map(columnReference)), name)] }
}

function expressionStep(expression: string, name: string): Omit<StepSpec, 'id'> {
  return { type: 'ExpressionTransformer', params: { expression, output_column: name } }
}

/** The mean of each group stands in the expression as a number of the training rows; other levels get the mean of all. */
function deviationWords(from: readonly LoadedColumn[]): FormWords {
  const { all, apart } = groupMeans(from)
  const flags = (group: string): string[] => apart.map(({ level, by }) => ` ${by < 0 ? '+' : '-'} ${Math.abs(by)} * (${group} == '${level}').astype('int')`)
  return {
    name: ([a, g]) => `${a}_against_${g}`,
    title: ([a, g]) => `${a} against its mean by ${g}`,
    text: ([a, g]) => `${a} minus its mean among the training rows of the same ${g}`,
    expression: ([a, g = '']) => `${a} ${all < 0 ? '+' : '-'} ${Math.abs(all)}${flags(g).join('')}`,
  }
}
