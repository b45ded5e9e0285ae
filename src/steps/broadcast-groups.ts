import type { Column, ColumnType } from '#core/dataset'
import type { TimeUnit } from './time-bucket.ts'

export const groupOperations = ['max', 'min', 'first', 'last', 'any', 'count', 'mean', 'sum'] as const
export type GroupOperation = (typeof groupOperations)[number]

/** The columns that make the groups: values, and the bucket of a date. */
export interface Groups {
  readonly by: readonly Column[]
  readonly time: { readonly column: Column; readonly unit: TimeUnit } | null
}

/** A column that is broadcast, and where to. */
export interface Broadcast {
  readonly column: Column
  readonly id: string
  readonly type: ColumnType
}
