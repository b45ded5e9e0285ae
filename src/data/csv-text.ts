import type { Cell } from '#core/ports'

/** A field of RFC 4180: in quotes where it holds what would cut it, and where it is empty text rather than missing. */
export function csvField(cell: Cell): string {
  if (cell === null) return ''
  if (typeof cell !== 'string') return String(cell)
  if (cell !== '' && !/[",\r\n]/.test(cell) && !/^ +"?/.test(cell)) return cell
  return `"${cell.replaceAll('"', '""')}"`
}

/** A row; one that would be a blank line gets quotes, since blank lines are passed over. */
export function csvRow(cells: readonly Cell[]): string {
  const row = cells.map(csvField).join(',')
  return `${row === '' ? '""' : row}\n`
}
