import type { Column } from '#core/dataset'

/** A column with how many of its cells are empty, and how many different values it has. */
export interface CountedColumn extends Column {
  readonly missing: number
  readonly distinct: number
}
