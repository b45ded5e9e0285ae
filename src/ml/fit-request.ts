import type { Direction, Loss, Trainer } from './model.ts'
import type { Settings } from './settings.ts'
import type { Table, Target } from './table.ts'

/** Which terms a glass box may or must have; names are those of columns. */
export interface TermWishes {
  /** Features without a curve of their own, and pairs that must not be. */
  readonly exclude?: readonly (readonly [string] | readonly [string, string])[]
  /** Pairs that are taken whatever their gain, besides those that are found. */
  readonly pairs?: readonly (readonly [string, string])[]
}

/** Everything a fit depends on: the same request gives the same model, bit for bit. */
export interface FitRequest {
  readonly trainer: Trainer
  readonly table: Table
  readonly target: Target
  /** Weight of each row, finite and not negative; without it each row counts once. */
  readonly weights?: Float64Array | undefined
  /** What a regression minimises; without it the squared error. */
  readonly loss?: Loss | undefined
  readonly settings?: Settings | undefined
  /** Directions by feature name; only for numbers and ordered categories, not for multiclass. */
  readonly monotone?: Readonly<Record<string, Direction>> | undefined
  readonly terms?: TermWishes | undefined
  readonly seed: number
}
