import type { AsideReason } from '#core/dataset'
import type { Oddity } from './odd-rows.ts'
import { addMarks, newMarks } from './staged-file.ts'
import type { CellMarks } from './staged-file.ts'

/** A staged row that may be none of the table. */
export interface Suspect {
  /** Its row id in the staged file. */
  readonly row: number
  /** Its one-based record in the file. */
  readonly record: number
  readonly oddity: Exclude<Oddity, 'stray'>
  readonly text: string
}

interface Held extends Suspect {
  readonly met: CellMarks
}

const mostTotals = 50
/** At the end of the file, and less where there are thousands of columns. */
const mostAtEnd = 20_000
const mostCells = 4_000_000

/**
 * Suspects met while a file is staged. Remarks and empty rows count only at its end, below the last row of data; sums
 * count wherever they are, if they prove to be sums.
 */
export class Suspects {
  #totals: Held[] = []
  #atEnd: Held[] = []
  readonly #none: CellMarks
  readonly #most: number

  constructor(columns: number) {
    this.#none = newMarks(columns)
    this.#most = Math.min(mostAtEnd, Math.ceil(mostCells / columns))
  }

  /** Sums of rows above them, in the middle of the table. */
  get totals(): readonly Suspect[] {
    return this.#totals
  }

  /** Whatever follows the last row of data, without a gap. */
  get atEnd(): readonly Suspect[] {
    return this.#atEnd
  }

  /** A row of data came: what was held before it was no end. */
  passed(met: CellMarks): void {
    if (this.#atEnd.length === 0) return
    for (const held of this.#atEnd) {
      if (held.oddity === 'total' && this.#totals.length < mostTotals) this.#totals.push(held)
      else addMarks(met, held.met)
    }
    this.#atEnd = []
  }

  /** Answers where to put what is met in the row. */
  add(suspect: Suspect, met: CellMarks): CellMarks {
    if (this.#atEnd.length === this.#most) this.passed(met)
    const own = suspect.oddity === 'empty' ? this.#none : newMarks(this.#none.classes.length)
    this.#atEnd.push({ ...suspect, met: own })
    return own
  }

  /** These turned out to be rows of the table. */
  keep(rows: ReadonlySet<number>, met: CellMarks): void {
    for (const held of [...this.#totals, ...this.#atEnd]) if (rows.has(held.row)) addMarks(met, held.met)
  }
}

export function reasonOf({ oddity }: Suspect): AsideReason {
  return oddity === 'total' ? 'total_row' : 'junk_row'
}
