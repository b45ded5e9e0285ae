import type { RawRow } from './row-reader.ts'

/** What a changed row is to reach. Of two classes a probability is that of the positive one unless a class is named. */
export type WhatIfTarget =
  | { readonly kind: 'class'; readonly label: string }
  | { readonly kind: 'probability'; readonly label: string | null; readonly at_least: number | null; readonly at_most: number | null }
  | { readonly kind: 'value'; readonly at_least: number | null; readonly at_most: number | null }

/** What may be done to one column, and for how much. */
export interface ColumnRule {
  readonly direction?: 'up' | 'down' | undefined
  /** Allowed values of a number; the training range where they are not said. */
  readonly min?: number | undefined
  readonly max?: number | undefined
  /** Values are multiples of it. */
  readonly step?: number | undefined
  /** Allowed levels; those of the training rows where they are not said. */
  readonly levels?: readonly string[] | undefined
  /** Levels from low to high, for directions. */
  readonly order?: readonly string[] | undefined
  readonly cost?:
    | {
        /** Of a number: of one unit of it. */
        readonly per_unit?: number | undefined
        /** Of any change of the column; added to the cost of the units. */
        readonly per_change?: number | undefined
        /** Of a change to this level, in place of `per_change`. */
        readonly levels?: Readonly<Record<string, number>> | undefined
      }
    | undefined
}

export type Move = 'up' | 'down' | 'any'

/** Where one column moves in a direction, another one has to move too. */
export interface MoveCondition {
  readonly column: string
  readonly moves: Move
  readonly needs: { readonly column: string; readonly moves: Move; readonly by?: number | undefined }
}

export interface WhatIfRequest {
  readonly row: RawRow
  readonly target: WhatIfTarget
  /** From which probability on a row is called positive. */
  readonly threshold: number
  /** Raw columns that may be changed; no other one is. */
  readonly actionable: readonly string[]
  readonly rules: Readonly<Record<string, ColumnRule>>
  readonly conditions: readonly MoveCondition[]
  readonly alternatives: number
  readonly mostChanges: number | null
  /** A bin with fewer training rows than this is warned of. */
  readonly minSupport: number
  readonly mostSteps: number
}
