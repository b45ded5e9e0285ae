import { z } from 'zod'
import type { Column, ColumnType } from '#core/dataset'
import type { Cell } from '#core/ports'
import { name, number, sql, type Sql } from '#core/sql'
import { cellNumber } from './cell-number.ts'
import { numberSql } from './number-step.ts'

export const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** A value of a fit, as an expression of the type of its column. */
export function cellSql(cell: Cell, type: ColumnType): Sql {
  if (type === 'text') return sql`cast(${cell === null ? null : String(cell)} as varchar)`
  if (type === 'date') return sql`cast(${cell} as date)`
  if (type === 'timestamp') return sql`cast(${cell} as timestamp)`
  if (type === 'boolean') return cell === null ? sql`cast(null as boolean)` : cell ? sql`true` : sql`false`
  const plain = cell === null ? sql`null` : number(Number(cell))
  return type === 'integer' ? sql`cast(${plain} as bigint)` : sql`cast(${plain} as double)`
}

/** A cell as the batch path reads it: text, or a number, or a truth value; what does not fit its column is missing. */
export function typedCell(cell: Cell, type: ColumnType): Cell {
  if (cell === null || type === 'date' || type === 'timestamp') return cell
  if (type === 'text') return String(cell)
  const value = cellNumber(cell, type)
  if (value === null) return null
  return type === 'boolean' ? value !== 0 : value + 0
}

/** Whether a cell of a column is one value. */
export function equalsSql(column: Column, value: Exclude<Cell, null>): Sql {
  if (column.type === 'integer' || column.type === 'number') return sql`${numberSql(column)} = ${cellSql(value, 'number')}`
  return sql`${name(column.id)} = ${cellSql(value, column.type)}`
}
