import type { Direction } from './model.ts'

/** What boosting knows of a term: a curve over the bins of a feature, or a grid over the slots of two. */
export type TermShape =
  | { readonly kind: 'curve'; readonly cells: number; readonly direction: Direction | null }
  | {
      readonly kind: 'grid'
      /** rows x columns. */
      readonly cells: number
      /** Slots of the first feature. */
      readonly rows: number
      /** Slots of the second feature. */
      readonly columns: number
      /** Directions along the first and the second feature. */
      readonly directions: readonly [Direction | null, Direction | null]
    }
