import type { Json } from './canonical-json.ts'
import type { Column, Profile, ReadOptions, ReadReport, Table } from './dataset.ts'
import type { Hash } from './hash.ts'
import type { Sql } from './sql.ts'

export type Progress = (fraction: number, text?: string) => void

export interface Cancellable {
  readonly signal: AbortSignal
}

export interface Observed extends Cancellable {
  readonly progress?: Progress
  /** The option that each input is worked out for. The time of it is kept beside the result, never in it. */
  readonly options?: readonly string[]
  /** Told, by the index of an input, for how many seconds a thread was busy with it. */
  readonly took?: (index: number, seconds: number) => void
}

/** Artifacts under the SHA-256 of their bytes. */
export interface Blobs {
  putBytes(bytes: Uint8Array): Promise<Hash>
  /** Moves a finished local file in; the file is gone afterwards. */
  putFile(path: string): Promise<Hash>
  getBytes(hash: Hash): Promise<Uint8Array | undefined>
  has(hash: Hash): Promise<boolean>
  /** A local path of the artifact, for engines that read files. */
  localPath(hash: Hash): Promise<string>
  delete(hash: Hash): Promise<void>
  list(): AsyncIterable<Hash>
}

/** JSON values under the hash of their canonical text. */
export interface JsonBlobs {
  put(value: unknown): Promise<Hash>
  /** Throws BLOB_MISSING where it is gone. */
  get(hash: Hash): Promise<Json>
}

export type Cell = string | number | boolean | null

/** A numeric column: NaN is missing. Dates come as days, timestamps as seconds since 1970. */
export interface NumericValues {
  readonly kind: 'numeric'
  readonly values: Float64Array
}

/** A category column: -1 is missing, other codes index `levels`, which are sorted by code unit. */
export interface CategoryValues {
  readonly kind: 'category'
  readonly codes: Int32Array
  readonly levels: string[]
}

export type Values = NumericValues | CategoryValues

export interface ColumnRequest {
  readonly kind: 'numeric' | 'category'
  /** An expression over the table's stored column names, for example name('c3'). */
  readonly expression: Sql
}

/** The SQL engine. Every table comes in by content hash and is bound to a name that the query uses. */
export interface DataEngine {
  /** Rows of a small answer (at most 100,000), values as plain cells: BIGINT as number, dates as ISO text. */
  query(query: Sql, options: Cancellable & { readonly tables: Readonly<Record<string, Hash>> }): Promise<Record<string, Cell>[]>
  /** Whole columns as typed arrays over shared memory, ordered by row id; `where` selects rows. */
  columns(request: { readonly table: Hash; readonly columns: readonly ColumnRequest[]; readonly where?: Sql }, options: Cancellable): Promise<Values[]>
  /** Stores the rows of a query, ordered by row_id, as a new table. The query yields `row_id` and the columns by their ids. */
  materialise(request: { readonly query: Sql; readonly tables: Readonly<Record<string, Hash>>; readonly columns: readonly Column[] }, options: Cancellable): Promise<Table>
  profile(table: Table, options: Cancellable): Promise<Profile>
}

/** Reads an uploaded file into a stored table. */
export interface TableReader {
  read(request: { readonly path: string; readonly fileName: string; readonly told?: ReadOptions }, options: Cancellable): Promise<{ table: Table; report: ReadReport }>
  /** Streams the table as CSV text with display names, values as they were read. */
  writeCsv(table: Table, options: Cancellable): AsyncIterable<string>
}

/** Worker threads that run the named tasks of `ml`. */
export interface Compute {
  run(task: string, input: unknown, options: Observed): Promise<unknown>
  /** Results in the order of the inputs; the first failure ends the others. */
  parallel(task: string, inputs: readonly unknown[], options: Observed): Promise<unknown[]>
  close(): Promise<void>
}

/** A way to run SQL inside a transaction that is already open. */
export interface SqlExecutor {
  executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>
}

/** Tells workers that a run is owed a step. Only a wake-up: what is owed is read from the run itself. */
export interface WakeUps {
  send(runId: string, executor: SqlExecutor): Promise<void>
}
