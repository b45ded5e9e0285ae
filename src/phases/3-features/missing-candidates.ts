import { countText } from '#core/number-text'
import { type Candidate, columnReference, type FreeNames, isNameable } from './candidate.ts'
import type { LoadedColumn } from './load-rows.ts'
import { listNames } from './number-text.ts'

/** Columns with gaps on fewer rows say nothing of the others. */
const leastShare = 0.01
const mostColumns = 20

/**
 * How many cells of a row are missing. One column's gaps are no feature of their own: its curve has a value for them
 * already.
 */
export function missingCandidates(columns: readonly LoadedColumn[], names: FreeNames): Candidate[] {
  const apart: LoadedColumn[] = []
  for (const one of columns) {
    if (!isNameable(one.column) || one.column.type === 'date' || one.column.type === 'timestamp') continue
    const share = missingRows(one).length / Math.max(1, rowsOf(one))
    // Columns that are missing on the very same rows count once.
    if (share >= leastShare && !apart.some((other) => sameGaps(one, other))) apart.push(one)
  }
  const from = apart.slice(0, mostColumns)
  if (from.length < 2) return []
  const name = names.take('missing_cells')
  const expression = from.map(({ column }) => `${columnReference(column)}.isna().astype('int')`).join(' + ')
  const text = `missing cells among ${listNames(from.map(({ column }) => column.name))}`
  return [
    {
      id: `add:missing_count:${from.map(({ column }) => column.id).join(':')}`,
      kind: 'missing_count',
      why: `${countText(from.length, 'column')} have gaps on different rows`,
      name,
      title: 'Add the number of missing cells of a row',
      formula: `the number of ${text}`,
      from: from.map(({ column }) => column),
      steps: [{ type: 'ExpressionTransformer', params: { expression, output_column: name } }],
      replaces: null,
    },
  ]
}

function rowsOf({ values }: LoadedColumn): number {
  return values.kind === 'numeric' ? values.values.length : values.codes.length
}

function missingRows({ values }: LoadedColumn): number[] {
  const rows: number[] = []
  if (values.kind === 'numeric') {
    for (const [row, value] of values.values.entries()) if (Number.isNaN(value)) rows.push(row)
  } else {
    for (const [row, code] of values.codes.entries()) if (code < 0) rows.push(row)
  }
  return rows
}

function sameGaps(one: LoadedColumn, other: LoadedColumn): boolean {
  const [a, b] = [missingRows(one), missingRows(other)]
  return a.length === b.length && a.every((row, i) => row === b[i])
}
