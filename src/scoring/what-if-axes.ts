import { accept, refuse, type Result } from '#core/errors'
import type { ChangeCondition } from '#ml/change-problem'
import type { HeldColumn } from './what-if-answer.ts'
import { type Axis, levelAxis, movesOf, numberAxis } from './what-if-axis.ts'
import type { WhatIfModel } from './what-if-model.ts'
import type { MoveCondition, WhatIfRequest } from './what-if-request.ts'

export interface Axes {
  readonly axes: readonly Axis[]
  readonly held: readonly HeldColumn[]
  readonly conditions: readonly ChangeCondition[]
}

/** The columns that may be changed with the values that they may take, and those that may not with the reason. */
export function whatIfAxes(model: WhatIfModel, request: WhatIfRequest): Result<Axes> {
  const { reads } = model.scorer.document.pipeline
  const known = checkNames(reads, request)
  if (!known.ok) return known
  const held: HeldColumn[] = []
  const axes: Axis[] = []
  for (const column of reads) {
    const made = request.actionable.includes(column) ? axisOf(model, request, column) : accept('it was not named as actionable')
    if (!made.ok) return made
    if (typeof made.value === 'string') held.push({ column, reason: made.value })
    else axes.push(made.value)
  }
  return accept({ axes, held, conditions: request.conditions.flatMap((condition) => conditionOf(axes, condition)) })
}

function checkNames(reads: readonly string[], { actionable, rules, conditions }: WhatIfRequest): Result<null> {
  const named = [...actionable, ...Object.keys(rules), ...conditions.flatMap(({ column, needs }) => [column, needs.column])]
  const unknown = named.find((column) => !reads.includes(column))
  if (unknown !== undefined) {
    const some = reads.slice(0, 30).map((column) => JSON.stringify(column)).join(', ')
    return refuse('VALIDATION_FAILED', `The model reads no column ${JSON.stringify(unknown)}; it reads ${some}${reads.length > 30 ? ', …' : ''}.`)
  }
  const idle = Object.keys(rules).find((column) => !actionable.includes(column))
  return idle === undefined ? accept(null) : refuse('VALIDATION_FAILED', `columns.${idle}: there is a rule for it, but it is not actionable.`, { suggestion: 'Name it in "actionable", or leave its rule out.' })
}

/** An axis, or the reason why there is none. */
function axisOf({ profiles, bordersOf }: WhatIfModel, request: WhatIfRequest, column: string): Result<Axis | string> {
  const profile = profiles.get(column)
  const cell = request.row[column] ?? null
  const rule = request.rules[column] ?? {}
  if (profile === undefined || profile.kind === 'fixed') return accept(profile?.reason ?? 'the training rows say nothing of it')
  if (cell === null) return accept('the row has no value of it, so that no change has a size')
  if (profile.kind === 'number' && !Number.isFinite(Number(cell))) return accept('its value is no number')
  const moves = request.conditions.flatMap(({ needs }) => (needs.column === column ? [needs.by ?? 0] : []))
  const axis = profile.kind === 'levels' ? levelAxis(profile, { cell, rule }) : numberAxis(profile, { cell, rule, borders: bordersOf(profile, request.row), moves })
  if (!axis.ok) return axis
  return accept(axis.value.cells.length === 1 ? 'no other value is allowed, or none makes a difference' : axis.value)
}

/** Where the other column is held, the first cannot move so at all. */
function conditionOf(axes: readonly Axis[], { column, moves, needs }: MoveCondition): ChangeCondition[] {
  const variable = axes.findIndex((axis) => axis.column === column)
  const other = axes.findIndex((axis) => axis.column === needs.column)
  const [one, two] = [axes[variable], axes[other]]
  if (one === undefined) return []
  const where = movesOf(one, moves)
  if (two === undefined) return [{ variable, where, other: variable, holds: where.map((moved) => 1 - moved) }]
  return [{ variable, where, other, holds: movesOf(two, needs.moves, needs.by) }]
}
