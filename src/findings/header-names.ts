import { counted, fact, type Finding, type Look } from './finding.ts'

/** Names with surrounding or doubled blanks, line breaks, invisible characters or wrapping quotes. */
export function checkHeaderNames(look: Look): Finding[] {
  const taken = new Set(look.table.columns.map((column) => column.name))
  const mapping: Record<string, string> = {}
  for (const [position, column] of look.table.columns.entries()) {
    const clean = cleanName(column.name) || `column_${position + 1}`
    if (clean === column.name) continue
    const free = freeName(clean, taken)
    taken.add(free)
    mapping[column.name] = free
  }
  const pairs = Object.entries(mapping)
  if (pairs.length === 0) return []
  const list = pairs.map(([from, to]) => `${JSON.stringify(from)} to ${JSON.stringify(to)}`)
  const step = { type: 'RenameColumnsTransformer', params: { mapping }, description: 'Clean column names' }
  return [{
    id: 'header-names',
    title: `Clean ${counted(pairs.length, 'column name')}`,
    summary: `Renames ${list.slice(0, 5).join(', ')}${list.length > 5 ? ` and ${list.length - 5} more` : ''}. No value changes.`,
    recommended: true,
    share: 0,
    evidence: [
      { ...fact('names', `${counted(pairs.length, 'name')} with surrounding blanks, line breaks, invisible characters or wrapping quotes.`, pairs.length), data: pairs.map(([before, after]) => ({ before, after })) },
    ],
    risks: [],
    effect: { stage: 'rename', steps: [step], left_out: [] },
    issues: pairs.map(([from, to]) => ({
      code: 'padded_column_names' as const, column: from, columns: [from], severity: 'warn' as const, count: look.table.rows,
      detail: `The name ${JSON.stringify(from)} has blanks, line breaks, invisible characters or quotes around it; as ${JSON.stringify(to)} it can be written as it is read.`,
      step: { type: 'RenameColumnsTransformer', params: { mapping: { [from]: to } }, description: 'Clean a column name' }, safe: true, examples: [{ row: null, column: from, before: from, after: to }],
    })),
  }]
}

function cleanName(name: string): string {
  const visible = name.normalize('NFC').replaceAll(/[\p{Cc}\p{Zs}\p{Zl}\p{Zp}]+/gu, ' ').replaceAll(/[\u200b\u200e\u200f\u2060\ufeff]/gu, '')
  const trimmed = visible.trim().replaceAll(/ {2,}/gu, ' ')
  return /^(["'`]).+\1$/u.test(trimmed) ? trimmed.slice(1, -1).trim() : trimmed
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name
  let suffix = 2
  while (taken.has(`${name}_${suffix}`)) suffix++
  return `${name}_${suffix}`
}
