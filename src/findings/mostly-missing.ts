import { counted, percent, type Look } from './finding.ts'
import type { Issue } from './issue.ts'
import { holedColumns } from './missing-cells.ts'

const mostly = 0.5

/** Columns that are missing on more than half of the rows, where no rule explains it. */
export function checkMostlyMissing(look: Look, explained: readonly Issue[]): Issue[] {
  const told = new Set(explained.filter(({ code }) => code !== 'co_missing').map(({ column }) => column))
  return holedColumns(look).filter(({ missing, column }) => missing > look.table.rows * mostly && !told.has(column.name)).map(({ column, missing }): Issue => ({
    code: 'mostly_missing', column: column.name, columns: [column.name], severity: 'info', count: missing, safe: false,
    detail: `"${column.name}" is missing on ${counted(missing, 'row')} (${percent(missing / look.table.rows)}), so that what is learnt of it rests on ${counted(look.table.rows - missing, 'row')}. Whether it is there may say as much as what it holds.`,
    examples: [],
  }))
}
