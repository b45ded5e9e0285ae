import { name, sql } from '#core/sql'
import { stripText } from '#steps/compact-text'
import { stripSql } from '#steps/text-sql'
import type { Issue } from './issue.ts'
import { counted, exampleEvidence, fact, percent, profiledColumns, type Finding, type Look } from './finding.ts'

/** Text with blanks around it, which makes two levels of one. Cells of blanks alone are placeholders, not padding. */
export async function checkPaddedText(look: Look, numeric: ReadonlySet<string>): Promise<Finding[]> {
  const columns = profiledColumns(look).filter(({ column }) => column.type === 'text' && !numeric.has(column.id))
  const found: { column: string; name: string; rows: number; merged: number; examples: { row: number; value: string }[] }[] = []
  for (const { column } of columns) {
    const known = look.levels.get(column.id)
    const padded = (known?.levels ?? []).filter((level) => stripText(level.value) !== level.value && stripText(level.value) !== '')
    if (padded.length === 0 && known?.complete !== false) continue
    const values = new Set(known?.levels.map((level) => level.value))
    const counts = known?.complete === true ? padded.reduce((sum, level) => sum + level.rows, 0) : await countPadded(look, column.id)
    if (counts === 0) continue
    found.push({
      column: column.id, name: column.name, rows: counts,
      merged: padded.filter((level) => values.has(stripText(level.value))).length,
      examples: padded.slice(0, 3).map((level) => ({ row: level.first, value: level.value })),
    })
  }
  if (found.length === 0) return []
  const rows = found.reduce((sum, one) => sum + one.rows, 0)
  const merged = found.reduce((sum, one) => sum + one.merged, 0)
  const names = found.map((one) => one.name)
  return [{
    id: 'padding',
    title: `Remove blanks around text in ${counted(found.length, 'column')}`,
    summary: `${counted(rows, 'cell')} of ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''} have blanks around them${merged > 0 ? `; ${counted(merged, 'value')} then equal another` : ''}.`,
    recommended: true,
    share: rows / Math.max(1, look.table.rows * found.length),
    evidence: [
      ...found.map((one) => fact(one.name, `${counted(one.rows, 'row')} (${percent(one.rows / look.table.rows)}) with blanks around the text.`, one.rows)),
      exampleEvidence(found.flatMap((one) => one.examples.map((example) => ({ row: example.row, column: one.name, before: example.value, after: stripText(example.value) }))).slice(0, 6)),
    ],
    risks: [],
    effect: { stage: 'strip', steps: [{ type: 'TextCleanTransformer', columns: names, params: { operations: ['strip'] }, description: 'Remove blanks around text' }], left_out: [] },
    issues: found.map((one): Issue => ({
      code: 'whitespace_padding', column: one.name, columns: [one.name], severity: one.merged > 0 || one.rows >= look.table.rows * 0.01 ? 'warn' : 'info', count: one.rows,
      detail: `${counted(one.rows, 'row')} (${percent(one.rows / look.table.rows)}) of "${one.name}" have blanks around the text${one.merged > 0 ? `; ${counted(one.merged, 'value')} then equal another` : ''}. A value sent without them would match no level.`,
      step: { type: 'TextCleanTransformer', columns: [one.name], params: { operations: ['strip'] }, description: 'Remove blanks around text' }, safe: true,
      examples: one.examples.map((example) => ({ row: example.row, column: one.name, before: example.value, after: stripText(example.value) })),
    })),
  }]
}

async function countPadded(look: Look, id: string): Promise<number> {
  const cell = name(id)
  const query = sql`select count(*) as rows from t where ${stripSql(cell)} <> ${cell} and ${stripSql(cell)} <> ''`
  const [row] = await look.data.query(query, { tables: { t: look.table.hash }, signal: look.signal })
  return Number(row?.rows ?? 0)
}
