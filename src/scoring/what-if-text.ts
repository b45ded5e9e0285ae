import type { ChangedRow, WhatIfAnswer } from './what-if-answer.ts'
import type { Axis } from './what-if-axis.ts'
import type { Goal } from './what-if-goal.ts'
import type { ColumnRule } from './what-if-request.ts'

interface Said {
  readonly status: WhatIfAnswer['status']
  readonly goal: Goal
  readonly measured: number
  readonly nearest: ChangedRow | null
  readonly alternatives: readonly ChangedRow[]
  /** Whether every value was tried that could make a difference. */
  readonly complete: boolean
}

export function whatIfText({ status, goal, measured, nearest, alternatives, complete }: Said): string {
  switch (status) {
    case 'already_there':
      return `The row reaches ${goal.text} as it is (${figure(measured)}).`
    case 'reached': {
      const [first] = alternatives
      const columns = first?.changes.map(({ column }) => column).join(', ') ?? ''
      return `To reach ${goal.text}, the least is to change ${columns}: ${figure(measured)} becomes ${figure(first?.measured ?? Number.NaN)}.`
    }
    case 'unreachable':
      return `No change of the actionable columns${complete ? '' : ' that was tried'} reaches ${goal.text}; ${best(measured, nearest)}.`
    case 'not_found':
      return `No change of the actionable columns was found that reaches ${goal.text}, but not all were tried; ${best(measured, nearest)}.`
  }
}

function best(measured: number, nearest: ChangedRow | null): string {
  return nearest === null ? `none brings it nearer than it is (${figure(measured)})` : `the best that was found is ${figure(nearest.measured)}, from ${figure(measured)}`
}

function figure(value: number): string {
  return String(Number(value.toPrecision(4)))
}

export function whatIfCosts(axes: readonly Axis[], rules: Readonly<Record<string, ColumnRule>>): WhatIfAnswer['costs'] {
  return axes.map(({ column, profile }) => {
    const cost = rules[column]?.cost
    if (profile.kind === 'levels') return { column, per_unit: null, per_change: cost?.per_change ?? 1, source: cost === undefined ? 'one a change' : 'given' }
    const given = cost?.per_unit !== undefined
    return { column, per_unit: cost?.per_unit ?? 1 / profile.spread, per_change: cost?.per_change ?? null, source: given ? 'given' : `one for each ${profile.spreadOf} of the training rows (${figure(profile.spread)})` }
  })
}
