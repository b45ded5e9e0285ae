/** The comparison form of a column name: surrounding blanks gone, inner runs of blanks one, case forgiven. */
export function columnKey(name: string): string {
  return name.normalize('NFC').trim().replaceAll(/\s+/gu, ' ').toLowerCase()
}

/**
 * Finds a column as users name it: exactly as in the file, else with blanks and case forgiven where just one matches.
 */
export function findColumn<C extends { readonly name: string }>(columns: readonly C[], name: string): C | undefined {
  const exact = columns.find((column) => column.name === name)
  if (exact !== undefined) return exact
  const key = columnKey(name)
  const matches = columns.filter((column) => columnKey(column.name) === key)
  return matches.length === 1 ? matches[0] : undefined
}

/** Names that the given one may have meant, nearest first, for a refusal to suggest. */
export function nearColumnNames(columns: ReadonlyArray<{ readonly name: string }>, name: string): string[] {
  const key = bare(name)
  return columns
    .map((column, position) => ({ name: column.name, position, distance: distanceOf(key, bare(column.name)) }))
    .filter((candidate) => candidate.distance <= Math.max(1, Math.ceil(key.length / 3)))
    .sort((a, b) => a.distance - b.distance || a.position - b.position)
    .slice(0, 3)
    .map((candidate) => candidate.name)
}

function bare(name: string): string {
  return columnKey(name).replaceAll(/[\s_.-]+/gu, '').slice(0, 80)
}

/** Levenshtein distance, or 1 where one holds the other; names are short. */
function distanceOf(a: string, b: string): number {
  if (a === b) return 0
  if (a.length >= 3 && b.length >= 3 && (a.includes(b) || b.includes(a))) return 1
  let before = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (before[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    before = row
  }
  return before[b.length] ?? 0
}
