import type { ReadOptions, ReadReport, Table } from '#core/dataset'

/** A file to be read. */
export interface Reading {
  readonly path: string
  /** The name that messages give it. */
  readonly fileName: string
  /** How it is to be read, as far as that is told. */
  readonly told?: ReadOptions
}

/** A file that was read. */
export interface ReadTable {
  readonly table: Table
  readonly report: ReadReport
}
