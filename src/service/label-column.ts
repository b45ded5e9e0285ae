import type { Column, Table } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'

/** The column of a file that somebody named. */
export function labelColumn(table: Table, wanted: string, fileName: string): Result<Column> {
  const column = findColumn(table.columns, wanted)
  return column === undefined ? unknownColumn(table, wanted, fileName) : accept(column)
}

/** So many names are listed in a message. */
const shownNames = 20

function unknownColumn(table: Table, wanted: string, fileName: string): Result<never> {
  const names = table.columns.slice(0, shownNames).map((column) => column.name)
  const more = table.columns.length > shownNames ? `, and ${table.columns.length - shownNames} more` : ''
  const near = nearColumnNames(table.columns, wanted)
  const suggestion = near.length === 0 ? {} : { suggestion: `Perhaps ${near.map((one) => JSON.stringify(one)).join(' or ')} is meant.` }
  return refuse('LABEL_UNKNOWN_COLUMN', `${fileName} has no column ${JSON.stringify(wanted)}; it has ${names.join(', ')}${more}`, suggestion)
}
