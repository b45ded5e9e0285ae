import { countText } from '#core/number-text'
import type { Target } from '#ml/table'
import { outputsOf, targetRows } from '#ml/table'

/** How much work a comparison may be; counts only, so that the same table always gives the same work. */
export interface WorkBudget {
  readonly folds: number
  /** Training rows that cross-validation uses; fewer than all only for large tables. */
  readonly crossValidationRows: number
  /** Bags of the glass box inside a fold; null leaves it to the trainer. */
  readonly foldBags: number | null
  /** What was cut short, for the card. */
  readonly notes: readonly string[]
}

/** Work up to which the folds use as many bags as the model that is kept. */
const FULL_WORK = 150_000
const FOLD_BAGS = 4
/** Work up to which five folds are made. */
const FIVE_FOLD_WORK = 2_000_000
/** Rows x classes whose out-of-fold scores are kept. */
const KEPT_SCORES = 600_000
const ROWS = 100_000

/** Sets the budget from the size of the training table. */
export function workBudget(target: Target, columns: number): WorkBudget {
  const rows = targetRows(target)
  const outputs = outputsOf(target)
  const crossValidationRows = Math.min(rows, ROWS, Math.max(1_000, Math.floor(KEPT_SCORES / outputs)))
  const work = workOf(crossValidationRows, Math.max(1, columns) * outputs)
  const folds = work > FIVE_FOLD_WORK ? 3 : 5
  const foldBags = work > FULL_WORK ? FOLD_BAGS : null
  const size = `${countText(rows, 'row')} × ${countText(columns, 'column')}${outputs > 1 ? ` × ${outputs} classes` : ''}`
  const notes: string[] = []
  if (crossValidationRows < rows)
    notes.push(
      `Cross-validation uses ${countText(crossValidationRows, 'row')} drawn from the ${countText(rows, 'training row')}; the model learns from all of them.`,
    )
  if (folds < 5) notes.push(`Three folds instead of five, because ${size} is a large table.`)
  if (foldBags !== null)
    notes.push(
      `Inside the folds the glass box averages ${foldBags} bags, which is quicker and a little less exact than the model that is kept.`,
    )
  return { folds, crossValidationRows, foldBags, notes }
}

/** Rows x width, where the width is columns x classes; wide tables cost more, since every column meets every other. */
function workOf(rows: number, width: number): number {
  return rows * width * (1 + width / 100)
}
