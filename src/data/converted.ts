import type { ReadOptions, ReadReport } from '#core/dataset'
import type { Repair } from './header-names.ts'
import type { AsideRow } from './set-aside-file.ts'

/** A file that is no delimited text, rewritten as one: UTF-8, commas, quotes where needed. */
export interface Converted {
  readonly path: string
  readonly format: ReadReport['format']
  /** Of the file as it came. */
  readonly bytes: number
  readonly encoding: string
  /** How the rewritten text is to be read. */
  readonly told: ReadOptions
  /** What the report says that the file was read with. */
  readonly options: ReadOptions
  /** Each record is one row: there are no titles, sums or remarks to be looked for. */
  readonly records: boolean
  readonly repairs: readonly Repair[]
  readonly aside: readonly AsideRow[]
}
