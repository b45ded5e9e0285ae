import { takeTurn } from '#core/take-turn'
import { correlationOf } from '#findings/correlation'
import { takeNumbers } from '#ml/table'
import type { Tools } from '#phases/phase'
import type { LoadedColumn } from './load-rows.ts'
import { evenRows, type Strength } from './strengths.ts'

/** A column that says what another says. */
export interface Redundant {
  readonly column: LoadedColumn
  readonly kept: LoadedColumn
  readonly how: 'same values' | 'straight line'
  /** Values that go together one to one, or the correlation. */
  readonly value: number
  readonly rows: number
}

/** Columns of more different values are compared by their correlation only. */
const mostValues = 1_000
const straight = 0.999
/** Rows on which correlations are looked at before they are worked out on all. */
const sampleRows = 2_000

interface Judged {
  readonly loaded: LoadedColumn
  readonly strength: number
  readonly codes: Int32Array | null
}

/** Of columns that say the same (one to one, or on a straight line) all but the strongest one. */
export async function findRedundant(columns: readonly LoadedColumn[], strengths: readonly Strength[], { signal }: Pick<Tools, 'signal'>): Promise<Redundant[]> {
  const judged = columns.map((loaded, i): Judged => ({ loaded, strength: strengths[i]?.value ?? 0, codes: codesOf(loaded) }))
  const order = judged.toSorted((a, b) => b.strength - a.strength || a.loaded.column.id.localeCompare(b.loaded.column.id, 'en', { numeric: true }))
  const kept: Judged[] = []
  const found: Redundant[] = []
  for (const one of order) {
    await takeTurn(signal)
    const same = kept.map((other) => sameness(one, other)).find((redundant) => redundant !== null) ?? null
    if (same === null) kept.push(one)
    else found.push(same)
  }
  return found
}

/** Values as small codes, 0 for missing, where they repeat enough for a map between two columns to mean something. */
function codesOf({ values }: LoadedColumn): Int32Array | null {
  const seen = new Map<number, number>()
  const cells = values.kind === 'numeric' ? values.values : values.codes
  const codes = new Int32Array(cells.length)
  for (let row = 0; row < cells.length; row++) {
    const cell = cells[row] ?? Number.NaN
    if (Number.isNaN(cell) || (values.kind === 'category' && cell < 0)) continue
    let code = seen.get(cell)
    if (code === undefined) {
      code = seen.size + 1
      seen.set(cell, code)
    }
    codes[row] = code
    if (seen.size > mostValues || seen.size > cells.length / 5) return null
  }
  return seen.size < 2 ? null : codes
}

function sameness(one: Judged, other: Judged): Redundant | null {
  const pairs = one.codes === null || other.codes === null ? null : onePairEach(one.codes, other.codes)
  const [column, kept] = [one.loaded, other.loaded]
  const rows = column.values.kind === 'numeric' ? column.values.values.length : column.values.codes.length
  if (pairs !== null) return { column, kept, how: 'same values', value: pairs, rows }
  if (column.values.kind !== 'numeric' || kept.values.kind !== 'numeric') return null
  const [a, b] = [column.values.values, kept.values.values]
  const sampled = evenRows(rows, sampleRows)
  if (Math.abs(correlation(takeNumbers(a, sampled), takeNumbers(b, sampled)).value) <= straight) return null
  const whole = correlation(a, b)
  return Math.abs(whole.value) > straight && whole.rows >= rows / 2 ? { column, kept, how: 'straight line', value: whole.value, rows: whole.rows } : null
}

/** How many pairs of values there are where each goes with one of the other column; null where one goes with two. */
function onePairEach(a: Int32Array, b: Int32Array): number | null {
  const there = new Map<number, number>()
  const back = new Map<number, number>()
  for (let row = 0; row < a.length; row++) {
    const [one, other] = [a[row] ?? 0, b[row] ?? 0]
    const [known, knownBack] = [there.get(one), back.get(other)]
    if ((known !== undefined && known !== other) || (knownBack !== undefined && knownBack !== one)) return null
    there.set(one, other)
    back.set(other, one)
  }
  return there.size
}

/** Pearson's correlation over the rows that have both numbers; none where both are missing on different rows. */
function correlation(a: Float64Array, b: Float64Array): { value: number; rows: number } {
  const apart = a.reduce((sum, x, row) => sum + (Number.isNaN(x) === Number.isNaN(b[row]) ? 0 : 1), 0)
  const { correlation: value, rows } = correlationOf(a, b)
  return { value: rows < 10 || apart > a.length / 1_000 ? 0 : value, rows }
}
