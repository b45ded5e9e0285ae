import { accept, type Result, refuse } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import { type Target, targetRows } from '#ml/table'

/** Fewer rows cannot be divided into folds that say anything. */
export const FEWEST_ROWS = 20
/** Fewer rows of a class cannot be on both sides of a fold. */
const FEWEST_OF_CLASS = 2

/** Refuses rows that are too few to learn from and to judge on, saying how many are needed. */
export function checkRows(labelled: Labelled, target: Target): Result<null> {
  const rows = targetRows(target)
  if (rows < FEWEST_ROWS) {
    return refuse(
      'TOO_FEW_ROWS',
      `Training needs at least ${FEWEST_ROWS} labelled rows besides the sealed ones; there are ${rows}.`,
    )
  }
  if (labelled.rows.test === 0)
    return refuse('TEST_ROWS_EMPTY', 'No row is sealed for the test, so a model could not be judged.')
  return target.task === 'regression' ? checkSpread(target.values) : checkClasses(target)
}

function checkSpread(values: Float64Array): Result<null> {
  if (values.some((value) => value !== values[0])) return accept(null)
  return refuse('LABEL_UNUSABLE', `The label is ${values[0]} in every training row, so there is nothing to learn.`)
}

function checkClasses({ codes, classes }: Exclude<Target, { task: 'regression' }>): Result<null> {
  const counts = classes.map(() => 0)
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1
  const usable = counts.filter((count) => count >= FEWEST_OF_CLASS).length
  if (usable >= 2) return accept(null)
  const shown = classes.slice(0, 5).map((name, k) => `"${name}" ${counts[k]}`)
  return refuse(
    'TOO_FEW_ROWS',
    `Training needs at least ${FEWEST_OF_CLASS} training rows in each of two classes; it found ${shown.join(', ')}${classes.length > 5 ? ', …' : ''}.`,
  )
}
