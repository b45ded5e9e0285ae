import type { ReadReport, Table } from '#core/dataset'

/** A file to be read. */
export interface Reading {
  readonly path: string
  /** The name that messages give it. */
  readonly fileName: string
}

/** A file that was read. */
export interface ReadTable {
  readonly table: Table
  readonly report: ReadReport
}
