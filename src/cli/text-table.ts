/** Rows under their headings, in columns as wide as their widest cell. */
export function textTable(headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  const lines = [headings, ...rows].map((cells) => cells.map((cell) => printable(cell === null ? '–' : String(cell))))
  const widths = headings.map((_, i) => Math.max(...lines.map((cells) => (cells[i] ?? '').length)))
  return lines.map((cells) => `${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  ').trimEnd()}\n`).join('')
}

/** Names in a table may hold control characters, which a terminal would obey. */
export function printable(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '�')
}
