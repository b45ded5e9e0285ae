import type { Direction, Trainer } from './model.ts'
import { type Refusal, refuse } from './refusal.ts'
import type { Settings } from './settings.ts'
import { type Table, type Target, targetRows } from './table.ts'

/** Everything a fit depends on: the same request gives the same model, bit for bit. */
export interface FitRequest {
  readonly trainer: Trainer
  readonly table: Table
  readonly target: Target
  readonly settings?: Settings | undefined
  /** Directions by feature name; only for numbers, not for multiclass. */
  readonly monotone?: Readonly<Record<string, Direction>> | undefined
  readonly seed: number
}

/** Checks a request before any work is done. */
export function checkFitRequest(request: FitRequest): Refusal | undefined {
  const { table, target } = request
  const rows = targetRows(target)
  if (rows === 0) return refuse('no-rows', 'there is no row to learn from')
  for (const column of table.columns) {
    const length = column.kind === 'numeric' ? column.values.length : column.codes.length
    if (length !== rows || table.rows !== rows) {
      const counts = `table ${table.rows}, column "${column.name}" ${length}, target ${rows}`
      return refuse('row-count-differs', `table, columns and target must have equally many rows: ${counts}`)
    }
  }
  return checkTarget(target) ?? checkMonotone(request)
}

function checkTarget(target: Target): Refusal | undefined {
  if (target.task === 'regression') {
    const at = target.values.findIndex((value) => !Number.isFinite(value))
    if (at < 0) return undefined
    return refuse('target-not-finite', `the target has no finite number in row ${at}: drop the row`)
  }
  const at = target.codes.findIndex((code) => !(code >= 0 && code < target.classes.length))
  return at < 0 ? undefined : refuse('class-out-of-range', `the target has no known class in row ${at}: drop the row`)
}

function checkMonotone({ monotone, table, target }: FitRequest): Refusal | undefined {
  const features = Object.keys(monotone ?? {})
  if (features.length > 0 && target.task === 'multiclass') {
    return refuse('monotone-not-for-multiclass', 'a monotone curve for each class does not make probabilities monotone')
  }
  for (const feature of features) {
    const column = table.columns.find((candidate) => candidate.name === feature)
    if (!column) return refuse('monotone-column-unknown', `there is no column "${feature}" to hold monotone`)
    if (column.kind !== 'numeric') return refuse('monotone-needs-numbers', `"${feature}" is not a column of numbers`)
  }
  return undefined
}
