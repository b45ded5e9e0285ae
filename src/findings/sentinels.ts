import type { Look } from './finding.ts'
import { counted, percent } from './finding.ts'
import type { IssueCode } from './issue.ts'
import { numberText } from './number-text.ts'
import type { Edges } from './read-edges.ts'
import type { Told } from './told.ts'

/** Fewer values, or rows at the end, or other values do not tell a code from a measure. */
const fewestValues = 50
const fewestAtEnd = 5
const fewestOthers = 10
/** From this share of the rows on, a value apart from all others is a code for "none" rather than a cap. */
const codeShare = 0.2
const nines = /^-?9{2,}$|^-1$/u

interface End {
  readonly end: 'max' | 'min'
  readonly value: number
  readonly rows: number
  readonly next: number
  /** The range of all other values. */
  readonly spread: number
  readonly first: number
}

/**
 * Values that stand apart at an end of a column and repeat there: codes for a missing value, and caps at which larger
 * values were cut. Apart means a gap as wide as all other values together; a quarter of it where the value is made of nines.
 */
export function checkSentinels(look: Look, edges: readonly Edges[]): Told[] {
  return edges.flatMap((one) => {
    if (one.values < fewestValues || one.facts.distinct < fewestOthers + 1) return []
    return endsOf(one).filter((end) => end.value !== 0 && end.rows >= fewestAtEnd && isApart(end)).map((end) => toldOf(look, one, end))
  })
}

/** Both ends; where the other end is a code itself, it does not widen the range of the measures. */
function endsOf(edges: Edges): End[] {
  const lowest = nines.test(String(edges.min)) && edges.minCount >= fewestAtEnd ? edges.aboveMin : edges.min
  const highest = nines.test(String(edges.max)) && edges.maxCount >= fewestAtEnd ? edges.belowMax : edges.max
  return [
    { end: 'max', value: edges.max, rows: edges.maxCount, next: edges.belowMax, spread: edges.belowMax - lowest, first: edges.firstMax },
    { end: 'min', value: edges.min, rows: edges.minCount, next: edges.aboveMin, spread: highest - edges.aboveMin, first: edges.firstMin },
  ]
}

function isApart({ value, next, spread }: End): boolean {
  const gap = Math.abs(value - next)
  return spread > 0 && (gap >= spread || (nines.test(String(value)) && gap >= spread / 4))
}

function toldOf(look: Look, { column, facts }: Edges, { end, value, rows, next, spread, first }: End): Told {
  const share = rows / look.table.rows
  // A negative number under a column that has none else, or nines, is a code however few rows hold it.
  const isCode = share >= codeShare || (end === 'min' && nines.test(String(value)) && next >= 0)
  const code: IssueCode = isCode ? 'sentinel_code' : end === 'max' ? 'top_code' : 'bottom_code'
  const [low, high] = end === 'max' ? [(facts.numeric?.min ?? 0), next] : [next, next + spread]
  const where = `"${column.name}" is ${numberText(value)} on ${counted(rows, 'row')} (${percent(share)}), and between ${numberText(low)} and ${numberText(high)} on all others`
  const reading = isCode
    ? 'a code for a missing value rather than an amount'
    : `a limit at which ${end === 'max' ? 'larger' : 'smaller'} values were cut, or a code for a missing value`
  return {
    issue: {
      code, column: column.name, columns: [column.name], severity: isCode ? 'warn' : 'info', count: rows,
      detail: `${where}: it looks like ${reading}.`,
      step: { type: 'NullTokensTransformer', columns: [column.name], params: { tokens: [], values: [value] }, description: `${numberText(value)} in ${column.name} to missing` },
      safe: false,
      examples: [{ row: first, column: column.name, before: value, after: null }],
    },
    column, title: `${numberText(value)} means missing in ${column.name}`, stage: 'placeholder',
    recommended: isCode && nines.test(String(value)), share,
    risks: [isCode ? `If ${numberText(value)} was really measured, these rows lose it.` : `If it is a limit, "${numberText(value)} or ${end === 'max' ? 'more' : 'less'}" says something and should stay; a model can learn it as it is.`],
  }
}
