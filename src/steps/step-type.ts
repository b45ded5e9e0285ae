import type { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column, ColumnType } from '#core/dataset'
import type { Result } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import type { Cell, DataEngine } from '#core/ports'
import type { Hash } from '#core/hash'
import type { Sql } from '#core/sql'
import type { PortableStep } from './portable-step.ts'

/** What a step does to the columns, by column id. */
export interface StepContract {
  /** Columns whose values the step looks at. */
  readonly reads: readonly string[]
  /** Columns whose values change in place, with their type afterwards. */
  readonly changes: ReadonlyArray<{ readonly id: string; readonly type: ColumnType; /** What its new values are made of; itself alone where this is absent. */ readonly from?: readonly string[] }>
  /** New columns: made of `from`, standing after the column `after`, or last. */
  readonly creates: ReadonlyArray<{ readonly name: string; readonly type: ColumnType; readonly from: readonly string[]; readonly after: string | null }>
  readonly drops: readonly string[]
  readonly renames: ReadonlyArray<{ readonly id: string; readonly name: string }>
  /** Columns of `reads` of which only values are taken that are as old as the forecast horizon, or older: a label may be one. */
  readonly readsPast?: readonly string[]
}

/** A row of a table by column id. */
export type Row = Readonly<Record<string, Cell>>

export interface NamedSql {
  readonly id: string
  readonly expression: Sql
}

/** Rows as a query, and the ids of their columns beside `row_id`. */
export interface RowsSql {
  readonly rows: Sql
  readonly columns: readonly string[]
}

/**
 * Where the values of a row come from besides the row: nowhere else; from rows that the fit kept for it, so that a row
 * alone can be worked out; or only from the other rows of its table.
 */
export type OtherRows = 'none' | 'kept' | 'table'

/** SQL of a step: `layers` are worked out one after another under their names, then `assign` reads them all. */
export interface StepSql {
  /** Sets further columns beside the rows, before the layers: each row stays, once, with all that it has. */
  readonly beside?: (from: RowsSql) => RowsSql
  readonly layers: ReadonlyArray<readonly NamedSql[]>
  readonly assign: readonly NamedSql[]
}

/** What a fit may ask: `rows` is a query of the rows that the step sees, over `tables`. */
export interface FitSource {
  readonly data: DataEngine
  readonly rows: Sql
  readonly tables: Readonly<Record<string, Hash>>
  readonly signal: AbortSignal
}

/** A step of a pipeline bound to the columns it meets. */
export interface BoundStep {
  readonly spec: StepSpec
  readonly rowwise: boolean
  readonly otherRows: OtherRows
  /** Whether the fit decides which columns come out. */
  readonly learnsColumns: boolean
  readonly contract: StepContract
  /** Ids of the columns that it is about, and whether they are named, rather than all that are there. */
  readonly scope: readonly string[]
  readonly listed: boolean
  readonly before: readonly Column[]
  /** The columns afterwards, in the order that the package gives them. */
  readonly after: readonly Column[]
  readonly created: readonly Column[]
  /** What it does to one column, in a sentence, for lineage. */
  describe(id: string): string
  /** The state of a fitted step; a row-wise step has none and refuses only what its data rule out. */
  fit(source: FitSource): Promise<Result<Json>>
  sql(state: Json): StepSql
  row(state: Json): (row: Row) => Row
  /** The same as plain operations, for exports; null where a step looks at other rows or has no such words. */
  portable(state: Json): readonly PortableStep[] | null
}

/** A table as a step meets it; `nextId` is the number of the next new column. */
export interface StepTable {
  readonly columns: readonly Column[]
  readonly nextId: number
  /** What a fit learnt, where the step is fitted. */
  readonly state?: Json | undefined
  /** The step is bound only to be fitted: columns that it learns are left out. */
  readonly toFit?: boolean
}

/** One transformer of the catalogue. */
export interface StepType {
  readonly type: string
  readonly rowwise: boolean
  /** The parameters that it takes, with their defaults. */
  readonly params: z.ZodType
  bind(spec: StepSpec, table: StepTable): Result<BoundStep>
}
