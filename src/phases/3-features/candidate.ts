import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import type { FormulaForm } from '#ml/screen-formulas'

/** A feature that may be added; nothing of it hangs on the label. */
export interface Candidate {
  /** Stable within the run. */
  readonly id: string
  readonly kind: FormulaForm | 'date_part' | 'elapsed' | 'missing_count' | 'ordinal_map' | 'text_count'
  /** What made it come to mind, as words behind "proposed since". */
  readonly why: string
  /** The column that it makes, or turns into numbers. */
  readonly name: string
  readonly title: string
  readonly formula: string
  readonly from: readonly Column[]
  readonly steps: ReadonlyArray<Omit<StepSpec, 'id'>>
  /** The column whose values it replaces, by id. */
  readonly replaces: string | null
}

/** Names that are still free, each handed out once. */
export class FreeNames {
  private readonly taken: Set<string>

  constructor(columns: readonly Column[]) {
    this.taken = new Set(columns.map((column) => column.name))
  }

  has(name: string): boolean {
    return !this.taken.has(name)
  }

  /** The name, or the first numbered one that is free. */
  take(wanted: string): string {
    let name = wanted
    for (let i = 2; this.taken.has(name); i++) name = `${wanted}_${i}`
    this.taken.add(name)
    return name
  }
}

/** A column as an expression names it. */
export function columnReference({ name }: Column): string {
  if (!name.includes('`')) return `\`${name}\``
  return `df["${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"]`
}

/** Columns that a feature adds to those of the model; one that is turned into numbers in place adds none. */
export function columnsAdded({ replaces }: Candidate): number {
  return replaces === null ? 1 : 0
}

/** Whether an expression can name the column: line breaks and control characters have no place in one. */
export function isNameable({ name }: Column): boolean {
  return !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)
}
