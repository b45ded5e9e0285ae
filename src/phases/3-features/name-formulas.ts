import { nameParts } from '#core/query-tokens'
import type { FormulaForm } from '#ml/screen-formulas'
import { type Amount, amountsOf, divides } from './amounts.ts'
import type { Formula } from './formula.ts'
import type { LoadedColumn } from './load-rows.ts'

interface KnownFormula {
  readonly form: FormulaForm
  /** For each part, words of which its name holds one. */
  readonly words: readonly (readonly string[])[]
}

const mass = ['weight', 'mass', 'kg', 'lbs']
const long = ['length', 'len', 'depth']
const wide = ['width', 'wide', 'breadth']
const high = ['height', 'high', 'thickness']
const area = ['area', 'sqft', 'sqm', 'surface', 'acreage']
const time = ['time', 'duration', 'minutes', 'hours', 'seconds', 'days', 'months', 'years', 'tenure']
const money = ['price', 'cost', 'revenue', 'sales', 'income', 'salary', 'charges', 'spend', 'amount', 'payment', 'premium', 'fare', 'balance', 'loan', 'debt', 'limit', 'gdp', 'budget']
const people = ['population', 'people', 'persons', 'residents', 'customers', 'employees', 'households', 'members', 'passengers', 'students', 'users', 'visitors']
const counts = ['count', 'quantity', 'qty', 'number', 'units', 'items', 'orders', 'visits', 'rooms', 'bedrooms']

/** Formulas that people of many trades reckon with, by words in the names of the columns. */
const known: readonly KnownFormula[] = [
  { form: 'square_ratio', words: [mass, high] },
  { form: 'triple_product', words: [long, wide, high] },
  { form: 'triple_product', words: [['x'], ['y'], ['z']] },
  { form: 'product', words: [long, wide] },
  { form: 'ratio', words: [mass, ['volume', 'litres', 'liters']] },
  { form: 'ratio', words: [['distance', 'km', 'miles', 'mileage'], time] },
  { form: 'ratio', words: [money, area] },
  { form: 'ratio', words: [money, people] },
  { form: 'ratio', words: [money, counts] },
  { form: 'ratio', words: [money, time] },
  { form: 'ratio', words: [counts, people] },
  { form: 'ratio', words: [counts, time] },
  { form: 'ratio', words: [['debt', 'loan', 'balance', 'payment', 'spend', 'expenses', 'rent'], ['income', 'salary', 'limit', 'revenue', 'earnings']] },
  { form: 'product', words: [['price', 'rate', 'fee', 'wage'], [...counts, 'hours']] },
]

/** Words of which two in otherwise equal names mean the two ends of something. */
const ends: readonly (readonly [string, string])[] = [
  ['max', 'min'], ['high', 'low'], ['end', 'start'], ['last', 'first'], ['close', 'open'], ['after', 'before'], ['new', 'old'], ['upper', 'lower'],
  ['to', 'from'], ['out', 'in'], ['away', 'home'], ['current', 'previous'], ['systolic', 'diastolic'], ['actual', 'expected'], ['final', 'initial'],
]

/** Formulas of names are few beside the others. */
const mostFormulas = 40

/** Formulas that the names of the columns suggest, however strong the columns are alone. */
export function nameFormulas(columns: readonly LoadedColumn[]): Formula[] {
  const amounts = amountsOf(columns).map((amount) => ({ amount, parts: nameParts(amount.column.name) }))
  const fields = known.flatMap((formula) => knownFormula(formula, amounts))
  const pairs = amounts.flatMap((one, i) => amounts.slice(i + 1).flatMap((other) => siblingFormulas(one, other)))
  return [...fields, ...pairs].slice(0, mostFormulas)
}

interface Named {
  readonly amount: Amount
  readonly parts: readonly string[]
}

/** Every way to fill the parts of a formula with different columns. */
function knownFormula({ form, words }: KnownFormula, amounts: readonly Named[]): Formula[] {
  const fits = words.map((some) => amounts.filter(({ parts }) => parts.some((part) => some.includes(part))).map(({ amount }) => amount))
  const ways = fits.reduce<Amount[][]>((all, next) => all.flatMap((way) => next.filter((one) => !way.includes(one)).map((one) => [...way, one])), [[]])
  const below = form === 'ratio' || form === 'square_ratio'
  return ways.filter((way) => !below || way.slice(-1).every(divides)).map((from) => ({ form, from, source: 'names' as const }))
}

/** Names that differ in one word, such as "temp max" and "temp min": their difference, and their ratio. */
function siblingFormulas(one: Named, other: Named): Formula[] {
  if (one.parts.length !== other.parts.length || one.parts.length < 2) return []
  const apart = one.parts.flatMap((part, i) => (part === other.parts[i] ? [] : [[part, other.parts[i] ?? ''] as const]))
  const [words, more] = apart
  if (words === undefined || more !== undefined) return []
  const turned = ends.some(([late, early]) => words[0] === early && words[1] === late)
  const from = turned ? [other.amount, one.amount] : [one.amount, other.amount]
  return [{ form: 'difference', from, source: 'names' }, ...(from.slice(-1).every(divides) ? [{ form: 'ratio' as const, from, source: 'names' as const }] : [])]
}
