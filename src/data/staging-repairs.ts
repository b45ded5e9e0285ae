import { listed } from './header-names.ts'
import type { Repair } from './header-names.ts'

/** What was counted on the way through a file. */
export interface StagingCounts {
  records: number
  blankLines: number
  short: number
  trailing: number
  stray: number
  tooLong: number
  /** One-based records, the first of them. */
  readonly tooLongAt: string[]
}

/** What was mended, in words. */
export function stagingRepairs(counts: StagingCounts, fields: number, marks: number): Repair[] {
  const repairs: Repair[] = [
    { code: 'blank_lines', detail: 'lines with nothing on them were left out', count: counts.blankLines },
    {
      code: 'short_rows',
      detail: `rows with fewer than ${fields} fields were filled up with missing values`,
      count: counts.short,
    },
    {
      code: 'trailing_delimiters',
      detail: `empty fields after the ${fields} of the header were left out`,
      count: counts.trailing,
    },
    {
      code: 'stray_quotes',
      detail:
        'quotes that were not closed, not doubled, or surrounded by blanks were taken as they most likely were meant',
      count: counts.stray,
    },
    {
      code: 'byte_order_marks',
      detail: 'invisible byte order marks at the start of cells were left out',
      count: marks,
    },
    {
      code: 'rejected_rows',
      detail: `rows with more than ${fields} fields were set aside: records ${listed(counts.tooLongAt)}`,
      count: counts.tooLong,
    },
  ]
  return repairs.filter((repair) => repair.count > 0)
}
