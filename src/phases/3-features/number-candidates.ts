import { type Candidate, columnReference, type FreeNames, isNameable } from './candidate.ts'
import type { LoadedColumn } from './load-rows.ts'
import { distinctNumbers } from './usable-columns.ts'

/** The strongest numbers of which pairs are made. */
const mostNumbers = 6
/** Fewer different numbers are rather groups than amounts. */
const fewestValues = 5
/** Numbers are subtracted where their spreads differ by less than this factor. */
const likeSpread = 10
/** A divisor may be zero on this share of the rows. */
const mostZeros = 0.2

interface Amount extends LoadedColumn {
  readonly numbers: Float64Array
  readonly zeros: number
  readonly spread: number
}

/** Ratios, differences and products of the strongest numbers; `ranked` is in the order of strength. */
export function numberCandidates(ranked: readonly LoadedColumn[], names: FreeNames): Candidate[] {
  const amounts = ranked.flatMap((one) => amountOf(one)).slice(0, mostNumbers)
  const pairs = amounts.flatMap((one, i) => amounts.slice(i + 1).map((other): [Amount, Amount] => [one, other]))
  const ordered = [...pairs.flatMap((pair) => ratio(pair, names)), ...pairs.flatMap((pair) => difference(pair, names)), ...pairs.flatMap((pair) => product(pair, names))]
  return ordered
}

function amountOf(one: LoadedColumn): Amount[] {
  const { column, values } = one
  if ((column.type !== 'number' && column.type !== 'integer') || values.kind !== 'numeric' || !isNameable(column)) return []
  if (distinctNumbers(values.values, fewestValues) < fewestValues) return []
  let [rows, zeros, mean, squares] = [0, 0, 0, 0]
  for (const value of values.values) {
    if (Number.isNaN(value)) continue
    rows++
    if (value === 0) zeros++
    const off = value - mean
    mean += off / rows
    squares += off * (value - mean)
  }
  return [{ ...one, numbers: values.values, zeros: zeros / rows, spread: Math.sqrt(squares / rows) }]
}

/** The stronger over the weaker, or the other way round where only that divides. */
function ratio([stronger, weaker]: [Amount, Amount], names: FreeNames): Candidate[] {
  const [above, below] = weaker.zeros <= stronger.zeros || weaker.zeros <= mostZeros / 10 ? [stronger, weaker] : [weaker, stronger]
  if (below.zeros > mostZeros) return []
  const [a, b] = [columnReference(above.column), columnReference(below.column)]
  const expression = `${a} / ${b}.where(${b} != 0)`
  return [pair('ratio', [above, below], { names, expression, sign: '/', joiner: '_per_', title: `Add "${above.column.name}" per "${below.column.name}"` })]
}

function difference([one, other]: [Amount, Amount], names: FreeNames): Candidate[] {
  const spreads = [one.spread, other.spread].sort((a, b) => a - b)
  if ((spreads[0] ?? 0) * likeSpread < (spreads[1] ?? 0)) return []
  const expression = `${columnReference(one.column)} - ${columnReference(other.column)}`
  return [pair('difference', [one, other], { names, expression, sign: '−', joiner: '_minus_', title: `Add "${one.column.name}" minus "${other.column.name}"` })]
}

function product([one, other]: [Amount, Amount], names: FreeNames): Candidate[] {
  const expression = `${columnReference(one.column)} * ${columnReference(other.column)}`
  return [pair('product', [one, other], { names, expression, sign: '×', joiner: '_times_', title: `Add "${one.column.name}" times "${other.column.name}"` })]
}

interface PairWords {
  readonly names: FreeNames
  readonly expression: string
  readonly sign: string
  readonly joiner: string
  readonly title: string
}

function pair(kind: 'ratio' | 'difference' | 'product', [one, other]: readonly [Amount, Amount], { names, expression, sign, joiner, title }: PairWords): Candidate {
  const name = names.take(`${one.column.name}${joiner}${other.column.name}`)
  return {
    id: `add:${kind}:${one.column.id}:${other.column.id}`,
    kind,
    name,
    title,
    formula: `"${one.column.name}" ${sign} "${other.column.name}"`,
    from: [one.column, other.column],
    steps: [{ type: 'ExpressionTransformer', params: { expression, output_column: name } }],
    replaces: null,
  }
}
