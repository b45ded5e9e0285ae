/** A cell of a sheet: dates in UTC, as the sheet shows them. */
export type SheetCell = string | number | boolean | Date | null

/** What is needed of a library that reads workbooks. */
export interface Workbook {
  /** The names of the sheets that people see, in order. */
  readonly sheets: readonly string[]
  /** The rows that hold something, one by one. */
  rows(sheet: string, most?: number): AsyncIterable<readonly SheetCell[]>
}
