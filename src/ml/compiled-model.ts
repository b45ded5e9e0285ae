import type { Column } from './table.ts'

/** A cell of a row: a number, a text, or missing. */
export type Value = number | string | null

/** A column that a model reads. */
export interface FeatureRead {
  readonly feature: string
  readonly kind: Column['kind']
}

/** One additive part of a model: a term, or a feature of trees. */
export interface ModelPart {
  /** Name under which it is shown; a pair names both features. */
  readonly name: string
  /** Positions in the reads of the model of what it depends on. */
  readonly reads: readonly number[]
}

/** A model made ready for scoring. All ways of scoring add the same numbers in the same order to the intercepts. */
export interface CompiledModel {
  readonly reads: readonly FeatureRead[]
  readonly parts: readonly ModelPart[]
  /** Prepares the columns of a table, in the order of the reads. */
  open(columns: readonly Column[]): OpenTable
  /** Adds the score of one row to `sums` (output); the values are in the order of the reads. */
  addScores(values: readonly Value[], sums: number[]): void
  /** Positions in the reads of categories that are none of those the model was fitted on, in the row that was scored last. */
  unseen(): readonly number[]
  /** What each part adds to the score of one row, by part and output. */
  partsOf(values: readonly Value[], outputs: number): number[][]
}

/** The rows of one table before a compiled model. */
export interface OpenTable {
  /** Adds the scores of the rows from `start` on to `sums` (output, row), as many as `sums` is long. */
  addScores(start: number, sums: readonly Float64Array[]): void
  /** Overwrites `parts` (part, output, row) with what each part adds to the rows from `start` on. */
  writeParts(start: number, parts: readonly (readonly Float64Array[])[]): void
}

/** So many rows are scored together: their slots then stay in the nearest cache from placing to adding. */
export const BLOCK_ROWS = 512
