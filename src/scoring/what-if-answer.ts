import type { Cell } from '#core/ports'
import type { RowScore } from './scorer.ts'

/** One column of a changed row. */
export interface ColumnChange {
  readonly column: string
  readonly from: Cell
  readonly to: Cell
  readonly cost: number
}

/** Something to know about a changed row before it is believed. */
export interface WhatIfWarning {
  readonly kind: 'outside_training_range' | 'unseen_level' | 'few_training_rows'
  /** Of columns of the raw table, or of features where a bin is meant. */
  readonly columns: readonly string[]
  /** Training rows; null where they were not counted. */
  readonly rows: number | null
  readonly text: string
}

/** A row with some columns changed, scored as a whole. */
export interface ChangedRow {
  readonly changes: readonly ColumnChange[]
  readonly cost: number
  readonly said: RowScore
  /** The figure that the target speaks of. */
  readonly measured: number
  readonly warnings: readonly WhatIfWarning[]
}

/** A column that was not to be changed, or could not be. */
export interface HeldColumn {
  readonly column: string
  readonly reason: string
}

export interface WhatIfAnswer {
  readonly base: { readonly said: RowScore; readonly measured: number }
  readonly target: string
  readonly status: 'reached' | 'already_there' | 'unreachable' | 'not_found'
  /** In a sentence, for every status. */
  readonly text: string
  /** The cheapest first; each changes no set of columns that holds all of an earlier one's. */
  readonly alternatives: readonly ChangedRow[]
  /** Where nothing reaches the target: what comes nearest, and how many more changes could not come nearer. */
  readonly nearest: ChangedRow | null
  /** How the first alternative stands to all others. */
  readonly proof: {
    /** `exact`: nothing is cheaper; `candidates`: nothing among the values that were tried; `stopped`: the work ran out. */
    readonly kind: 'exact' | 'candidates' | 'stopped'
    /** No change that reaches it costs less; null where nothing reaches it, or where not every value was tried. */
    readonly least_cost: number | null
    readonly steps: number
  }
  readonly held: readonly HeldColumn[]
  /** What a change costs, by column. */
  readonly costs: readonly { readonly column: string; readonly per_unit: number | null; readonly per_change: number | null; readonly source: string }[]
}
