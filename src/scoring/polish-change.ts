import type { RawRow } from './row-reader.ts'
import { type Axis, gridOf } from './what-if-axis.ts'
import type { WhatIfWork } from './what-if.ts'

/**
 * Takes every changed number back as far as the target is still reached. Where not every value of a column was tried,
 * the border between reaching it and not lies between two that were. Columns that others depend on stay.
 */
export function polished(work: WhatIfWork, row: RawRow): RawRow {
  const tied = new Set(work.request.conditions.flatMap(({ column, needs }) => [column, needs.column]))
  let at = row
  for (const axis of work.choices.axes) {
    if (axis.complete || axis.profile.kind !== 'number' || tied.has(axis.column) || at[axis.column] === work.request.row[axis.column]) continue
    at = takenBack(work, at, axis)
  }
  return at
}

function takenBack({ request, model, goal }: WhatIfWork, row: RawRow, axis: Axis): RawRow {
  const asText = axis.profile.kind === 'number' && axis.profile.asText
  const grid = gridOf(axis.step)
  const withValue = (value: number): RawRow => Object.assign(Object.create(null), row, { [axis.column]: asText ? String(value) : value })
  let [from, to] = [Number(request.row[axis.column]), Number(row[axis.column])]
  let best = row
  for (let left = 60; left > 0 && Math.abs(to - from) > axis.step; left--) {
    const middle = grid.nearest((from + to) / 2)
    if (middle === from || middle === to || Math.abs(middle - Number(request.row[axis.column])) === 0) break
    const changed = withValue(middle)
    if (goal.reached(model.scorer.predictRow(changed))) [to, best] = [middle, changed]
    else from = middle
  }
  return best
}
