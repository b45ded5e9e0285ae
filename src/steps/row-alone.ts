import { accept, refuse, SignalboxError, type Result } from '#core/errors'
import type { BoundStep, Row } from './step-type.ts'

/** The row function of a step whose values are those of other rows of the table: one row alone does not have them. */
export function refuseRowAlone(reason: string): (row: Row) => Row {
  return function refuseRow() {
    throw new SignalboxError({ code: 'CUSTOM_REFUSED', message: `A row that comes alone cannot be prepared: ${reason}.` })
  }
}

/** Refuses steps that a row which comes alone, as in a prediction, cannot go through. */
export function checkRowAlone(steps: ReadonlyArray<Pick<BoundStep, 'spec' | 'otherRows'>>): Result<null> {
  const bound = steps.find((step) => step.otherRows === 'table')
  if (bound === undefined) return accept(null)
  const { id, type } = bound.spec
  return refuse('CUSTOM_REFUSED', `Step "${id}" (${type}) takes values of other rows of the table, which a row that is predicted alone does not bring; TimeLagTransformer keeps the history that it needs.`)
}
