import type { LeftOut } from '#core/outcomes'
import type { Issue } from './issue.ts'
import { counted, fact, profiledColumns, type Finding, type Look, type Profiled } from './finding.ts'

/** Columns with one value on all rows, and columns with none: no model can learn from them. */
export function checkConstants(look: Look): Finding[] {
  if (look.table.rows < 2) return []
  const columns = profiledColumns(look).filter(({ column }) => column.id !== look.target)
  const constant = columns.filter(({ facts }) => facts.distinct === 1 && facts.missing === 0)
  const empty = columns.filter(({ facts }) => facts.missing === look.table.rows)
  return [...finding(look, constant, 'constant'), ...finding(look, empty, 'empty')]
}

function finding(look: Look, columns: readonly Profiled[], reason: 'constant' | 'empty'): Finding[] {
  if (columns.length === 0) return []
  const names = columns.map(({ column }) => column.name)
  const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`
  const text = ({ facts }: Profiled): string =>
    reason === 'empty' ? `All ${counted(look.table.rows, 'row')} are missing.` : `All ${counted(look.table.rows, 'row')} hold ${JSON.stringify(facts.top[0]?.value ?? '')}.`
  const left_out = columns.map((one): LeftOut => ({ column: one.column.id, name: one.column.name, reason, text: text(one) }))
  return [{
    id: reason,
    title: `Leave out ${names.length === 1 ? shown : counted(names.length, `${reason} column`)}: ${reason === 'empty' ? 'no value at all' : 'the same on every row'}`,
    summary: `${shown} ${names.length === 1 ? 'is' : 'are'} ${reason === 'empty' ? 'empty' : 'constant'}; the model does without, the table keeps ${names.length === 1 ? 'it' : 'them'}.`,
    recommended: true,
    share: 1,
    evidence: columns.map((one) => fact(one.column.name, text(one), one.facts.distinct)),
    risks: [],
    effect: { stage: 'leave_out', steps: [], left_out },
    issues: columns.map((one): Issue => ({
      code: reason === 'empty' ? 'empty_column' : 'constant_column', column: one.column.name, columns: [one.column.name], severity: 'info', count: look.table.rows,
      detail: `"${one.column.name}": ${text(one)} Nothing can be learnt from it.`, safe: false, examples: one.facts.top.slice(0, 1).map(({ value }) => ({ row: 0, column: one.column.name, before: value })),
    })),
  }]
}
