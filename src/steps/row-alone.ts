import { accept, refuse, SignalboxError, type Result } from '#core/errors'
import type { BoundStep, Row } from './step-type.ts'

/** The row function of a step whose values are those of other rows of the table: one row alone does not have them. */
export function refuseRowAlone(reason: string): (row: Row) => Row {
  return function refuseRow() {
    throw new SignalboxError({ code: 'CUSTOM_REFUSED', message: `A row that comes alone cannot be prepared: ${reason}.` })
  }
}

const reasons = {
  table: 'takes values of other rows of its table, which a row that is predicted alone does not bring',
  kept: 'takes values of earlier rows, of which only the last ones are kept: a row of the training time would not get the same values when it is predicted alone',
} as const

/** Refuses steps before a model that would give a row other values among its table than alone, as it is predicted. */
export function refuseOtherRows(steps: ReadonlyArray<Pick<BoundStep, 'spec' | 'otherRows'>>): Result<null> {
  for (const { spec, otherRows } of steps) {
    if (otherRows !== 'none') return refuse('CUSTOM_REFUSED', `Step "${spec.id}" (${spec.type}) ${reasons[otherRows]}. \`signalbox transform\` makes such columns in a file before a run.`)
  }
  return accept(null)
}
