import { nameParts } from '#core/query-tokens'
import { name, number, sql } from '#core/sql'
import { counted, percent, type Look } from './finding.ts'
import type { IssueCode } from './issue.ts'
import { numberText } from './number-text.ts'
import { medianOf, type Edges } from './read-edges.ts'
import type { Told } from './told.ts'

const fewestValues = 50
/** Zeros this rare in a column whose other values keep this far from zero, as a share of the middle value. */
const rareZeros: readonly (readonly [share: number, distance: number])[] = [[0.01, 0.1], [0.05, 0.25]]
/** More negative numbers than this share are a meaning of the column, not an error. */
const rareNegatives = 0.01
/** Words for what is counted or measured from zero on, whatever the table is about. */
const neverNegative = new Set(['age', 'ages', 'height', 'weight', 'length', 'width', 'depth', 'distance', 'duration', 'count', 'counts', 'area', 'sqft', 'speed', 'visits'])
const mostValues = 20

/** Numbers that the column cannot hold: zeros of a measure that keeps away from zero, negative ages and lengths. */
export async function checkImpossibleValues(look: Look, edges: readonly Edges[]): Promise<Told[]> {
  const zeros = edges.filter(hasImpossibleZeros).map((one) => zeroTold(look, one))
  const negatives = edges.filter((one) => one.negatives > 0 && one.negatives <= one.values * rareNegatives && nameParts(one.column.name).some((word) => neverNegative.has(word)))
  return [...zeros, ...(await Promise.all(negatives.map((one) => negativeTold(look, one))))]
}

/** The gap under the smallest measure has to be wider than the measures lie apart, so that counts, where 1 follows 0, are none. */
function hasImpossibleZeros(one: Edges): boolean {
  const zeros = one.facts.numeric?.zeros ?? 0
  const smallest = one.smallestPositive
  if (zeros === 0 || one.min < 0 || one.values < fewestValues || smallest === null || one.facts.distinct < 4) return false
  const spacing = (one.max - smallest) / (one.facts.distinct - 2)
  return smallest >= 3 * spacing && rareZeros.some(([share, distance]) => zeros <= one.values * share && smallest > medianOf(one) * distance)
}

function zeroTold(look: Look, one: Edges): Told {
  const zeros = one.facts.numeric?.zeros ?? 0
  return toldOf(look, one, {
    code: 'impossible_zeros', rows: zeros, values: [0], first: one.firstZero, title: `Zeros of ${one.column.name} mean missing`, safe: true,
    detail: `"${one.column.name}" is 0 on ${counted(zeros, 'row')} (${percent(zeros / look.table.rows)}), and at least ${numberText(one.smallestPositive ?? 0)} on all others (half of them above ${numberText(medianOf(one))}): the zeros are missing values written as 0.`,
    risk: `If ${one.column.name} can really be 0, keep them.`,
  })
}

async function negativeTold(look: Look, one: Edges): Promise<Told> {
  const cell = name(one.column.id)
  const rows = await look.data.query(sql`select ${cell} as value from t where ${cell} < 0 group by 1 order by 1 limit ${number(mostValues + 1)}`, { tables: { t: look.table.hash }, signal: look.signal })
  const values = rows.map((row) => Number(row.value))
  return toldOf(look, one, {
    code: 'impossible_negatives', rows: one.negatives, values: values.length > mostValues ? null : values, first: one.firstNegative, title: `Negative values of ${one.column.name} mean missing`, safe: false,
    detail: `"${one.column.name}" is below 0 on ${counted(one.negatives, 'row')} (${percent(one.negatives / look.table.rows)}), down to ${numberText(one.min)}, which its name rules out.`,
    risk: `If a negative ${one.column.name} has a meaning, keep it.`,
  })
}

interface Wrong {
  readonly code: IssueCode
  readonly rows: number
  /** The values that become missing; null where they are too many to name. */
  readonly values: readonly number[] | null
  readonly first: number
  readonly title: string
  readonly detail: string
  readonly risk: string
  readonly safe: boolean
}

function toldOf(look: Look, { column }: Edges, { code, rows, values, first, title, detail, risk, safe }: Wrong): Told {
  const step = values === null ? {} : { step: { type: 'NullTokensTransformer', columns: [column.name], params: { tokens: [], values: [...values] }, description: title } }
  return {
    issue: { code, column: column.name, columns: [column.name], severity: code === 'impossible_zeros' ? 'info' : 'warn', count: rows, detail, ...step, safe: values !== null && safe, examples: [{ row: first, column: column.name, before: values?.[0] ?? null, ...(values === null ? {} : { after: null }) }] },
    column, title, stage: 'placeholder', recommended: values !== null && safe, share: rows / look.table.rows, risks: [risk],
  }
}
