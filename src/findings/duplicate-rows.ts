import { exampleCopies, mostVaried } from './copies.ts'
import { counted, percent, type Look } from './finding.ts'
import type { Issue } from './issue.ts'

/** Above this share of copies, counts and tests are bent by them. */
const manyCopies = 0.01

/** Rows that repeat an earlier row in every column. */
export async function duplicateRows(look: Look): Promise<Issue[]> {
  const rows = look.profile.duplicate_rows
  if (rows === 0) return []
  const examples = await exampleCopies(look.table, mostVaried(look.profile.columns), look)
  return [{
    code: 'duplicate_rows', column: '', columns: [], severity: rows >= look.table.rows * manyCopies ? 'warn' : 'info', count: rows, safe: false,
    detail: `${counted(rows, 'row')} (${percent(rows / look.table.rows)}) repeat${rows === 1 ? 's' : ''} an earlier row in every column. Copies are kept on one side of every split, so that no test row was learnt from.`,
    examples: examples.slice(0, 3).map(({ row, times }) => ({ row, column: look.table.columns[0]?.name ?? '', before: `stands ${times} times` })),
  }]
}
