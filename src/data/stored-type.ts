import type { ColumnType } from '#core/dataset'

/** The SQL type that each kind of column is stored as. */
export const storedType: Readonly<Record<ColumnType, string>> = {
  number: 'DOUBLE',
  integer: 'BIGINT',
  text: 'VARCHAR',
  boolean: 'BOOLEAN',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
}
