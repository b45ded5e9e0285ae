import { profiledColumns, type Look } from './finding.ts'
import { storedKind, type ColumnKind, type Issue, type IssueCode } from './issue.ts'

/** What each column holds after its safe steps, by column id. */
export function columnKindsOf(look: Look, issues: readonly Issue[]): Record<string, ColumnKind> {
  const of = (code: IssueCode, needsSafe = false): Set<string> => new Set(issues.filter((issue) => issue.code === code && (!needsSafe || issue.safe)).map((issue) => issue.column))
  const [identifiers, texts, numbers, dates] = [of('identifier'), of('free_text'), of('numeric_as_text', true), of('date_as_text', true)]
  return Object.fromEntries(profiledColumns(look).map(({ column, facts }): [string, ColumnKind] => {
    const constant = facts.distinct === 0 || (facts.distinct === 1 && facts.missing === 0)
    if (constant) return [column.id, 'constant']
    if (identifiers.has(column.name)) return [column.id, 'identifier']
    if (texts.has(column.name)) return [column.id, 'text']
    if (numbers.has(column.name)) return [column.id, 'numeric']
    return [column.id, dates.has(column.name) ? 'datetime' : storedKind(column.type)]
  }))
}
