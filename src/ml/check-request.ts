import { checkLinearSettings } from './check-linear-settings.ts'
import type { FitRequest } from './fit-request.ts'
import { type Refusal, refuse } from './refusal.ts'
import { type Column, type Table, type Target, targetRows } from './table.ts'

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
  const ofRows = checkTarget(target) ?? checkWeights(request, rows) ?? checkLoss(request)
  return ofRows ?? checkMonotone(request) ?? checkTerms(request) ?? checkLinearSettings(request)
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

function checkWeights({ weights }: FitRequest, rows: number): Refusal | undefined {
  if (weights === undefined) return undefined
  if (weights.length !== rows) {
    return refuse('row-count-differs', `there must be one weight for each of ${rows} rows, received ${weights.length}`)
  }
  const at = weights.findIndex((weight) => !(Number.isFinite(weight) && weight >= 0))
  if (at >= 0) return refuse('weight-not-valid', `the weight of row ${at} must be a finite number of at least 0`)
  if (weights.every((weight) => weight === 0)) return refuse('weight-not-valid', 'all weights are 0')
  return undefined
}

function checkLoss({ loss, target, trainer }: FitRequest): Refusal | undefined {
  if (loss === undefined || loss.kind === 'squared') return undefined
  if (target.task !== 'regression') return refuse('loss-not-for-task', `the loss "${loss.kind}" is for a target of numbers`)
  if (trainer === 'linear' || trainer === 'trees') {
    return refuse('loss-not-for-trainer', `the trainer "${trainer}" minimises the squared error; take the glass box for "${loss.kind}"`)
  }
  if (loss.kind === 'quantile') {
    if (loss.level > 0 && loss.level < 1) return undefined
    return refuse('loss-not-valid', `the level of a quantile lies between 0 and 1, received ${loss.level}`)
  }
  const positive = loss.kind === 'gamma'
  const at = target.values.findIndex((value) => (positive ? value <= 0 : value < 0))
  if (at < 0) return target.values.every((value) => value === 0) ? refuse('loss-not-valid', 'all targets are 0') : undefined
  const needed = positive ? 'above 0' : 'of at least 0'
  return refuse('loss-not-valid', `the loss "${loss.kind}" needs targets ${needed}; row ${at} has ${target.values[at]}`)
}

function checkMonotone({ monotone, table, target }: FitRequest): Refusal | undefined {
  const features = Object.keys(monotone ?? {})
  if (features.length > 0 && target.task === 'multiclass') {
    return refuse('monotone-not-for-multiclass', 'a monotone curve for each class does not make probabilities monotone')
  }
  for (const feature of features) {
    const column = columnOf(table, feature)
    if (!column) return refuse('monotone-column-unknown', `there is no column "${feature}" to hold monotone`)
    if (column.kind === 'category' && column.ordered !== true) {
      return refuse('monotone-needs-numbers', `"${feature}" is neither a column of numbers nor of ordered levels`)
    }
  }
  return undefined
}

function checkTerms({ terms, table }: FitRequest): Refusal | undefined {
  for (const names of [...(terms?.exclude ?? []), ...(terms?.pairs ?? [])]) {
    for (const name of names) {
      if (!columnOf(table, name)) return refuse('term-column-unknown', `there is no column "${name}" for a term`)
    }
    if (names.length === 2 && names[0] === names[1]) {
      return refuse('term-not-valid', `a pair needs two columns, received "${names[0]}" twice`)
    }
  }
  return undefined
}

function columnOf(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name)
}
