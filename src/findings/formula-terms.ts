import type { Column } from '#core/dataset'

/** A column of numbers over the training rows. */
export interface NumberColumn {
  readonly column: Column
  readonly values: Float64Array
}

/** A building block of a formula: a column, or the product or ratio of two or three. */
export interface Term {
  /** Places of the columns that take part. */
  readonly parts: readonly number[]
  readonly text: string
  of(row: number): number
}

/** Columns of which products and ratios are made, and products of three. */
const mostPaired = 12
const mostTripled = 9

/** Terms of one column, of two, and of three multiplied or divided; `columns` come with the most telling first. */
export function formulaTerms(columns: readonly NumberColumn[]): Term[] {
  const single = columns.map((column, i): Term => ({ parts: [i], text: `"${column.column.name}"`, of: (row) => column.values[row] ?? Number.NaN }))
  const paired = single.slice(0, mostPaired).filter((_, i) => !isTime(columns[i]))
  const products = paired.flatMap((one, i) => paired.slice(i + 1).map((other) => times(one, other)))
  const ratios = paired.flatMap((one) => paired.filter((other) => other !== one).map((other) => over(one, other)))
  const tripled = paired.slice(0, mostTripled)
  const triples = tripled.flatMap((one, i) => tripled.slice(i + 1).flatMap((other, j) => tripled.slice(i + j + 2).flatMap((third) => threefold(one, other, third))))
  return [...single, ...products, ...ratios, ...triples]
}

function isTime(column: NumberColumn | undefined): boolean {
  return column?.column.type === 'date' || column?.column.type === 'timestamp'
}

function times(one: Term, other: Term): Term {
  return { parts: [...one.parts, ...other.parts], text: `${one.text} × ${other.text}`, of: (row) => one.of(row) * other.of(row) }
}

function over(one: Term, other: Term): Term {
  return { parts: [...one.parts, ...other.parts], text: `${one.text} ÷ ${other.text}`, of: (row) => one.of(row) / other.of(row) }
}

/** The product of three, and each way to divide by one of them. */
function threefold(one: Term, other: Term, third: Term): Term[] {
  return [times(times(one, other), third), over(times(one, other), third), over(times(one, third), other), over(times(other, third), one)]
}
