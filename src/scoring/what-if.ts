import { accept, type Result } from '#core/errors'
import { type ChangeProblem, changeOf, isAllowed } from '#ml/change-problem'
import { type ChangeSearch, seekChanges } from '#ml/cheapest-changes'
import { slackOf } from '#ml/greedy-change'
import { climb, listChanges } from '#ml/list-changes'
import { changeFactors } from './change-factors.ts'
import { polished } from './polish-change.ts'
import type { RawRow } from './row-reader.ts'
import type { RowScore } from './scorer.ts'
import type { ChangedRow, WhatIfAnswer } from './what-if-answer.ts'
import { type Axes, whatIfAxes } from './what-if-axes.ts'
import { whatIfCosts, whatIfText } from './what-if-text.ts'
import { type Goal, readGoal } from './what-if-goal.ts'
import type { WhatIfModel } from './what-if-model.ts'
import type { WhatIfRequest } from './what-if-request.ts'
import { whatIfWarnings } from './what-if-warnings.ts'

/** Everything that the search of one row works with. */
export interface WhatIfWork {
  readonly model: WhatIfModel
  readonly request: WhatIfRequest
  readonly goal: Goal
  readonly choices: Axes
}

/**
 * The cheapest changes of a raw row that reach a target. Values are changed in the raw row and scored by the whole
 * scorer, so that what is derived from a column follows it. A generator, so that others get a turn meanwhile.
 */
export function* whatIf(model: WhatIfModel, request: WhatIfRequest): Generator<void, Result<WhatIfAnswer>> {
  const goal = readGoal(model.scorer.document, request.target, request.threshold)
  if (!goal.ok) return goal
  const choices = whatIfAxes(model, request)
  if (!choices.ok) return choices
  const work: WhatIfWork = { model, request, goal: goal.value, choices: choices.value }
  const said = model.scorer.predictRow(request.row)
  if (goal.value.reached(said)) return accept(answerOf(work, said, { status: 'already_there', searches: [], alternatives: [], nearest: null }))
  const { searches, problem } = yield* search(work)
  const found = searches.flatMap(({ change }) => (change === null ? [] : [polished(work, changedRow(work, change.choices).row)]))
  const alternatives = found.map((row) => changedAs(work, row)).sort((a, b) => a.cost - b.cost)
  if (alternatives.length > 0) return accept(answerOf(work, said, { status: 'reached', searches, alternatives, nearest: null }))
  const nearest = yield* nearestOf(work, problem)
  const status = searches.at(-1)?.proven === false ? 'not_found' : 'unreachable'
  return accept(answerOf(work, said, { status, searches, alternatives, nearest }))
}

interface Found {
  readonly searches: readonly ChangeSearch[]
  /** Null where what the choices add is not known one by one. */
  readonly problem: ChangeProblem | null
}

function* search(work: WhatIfWork): Generator<void, Found> {
  const { request, goal, choices, model } = work
  const { axes, conditions } = choices
  const factors = yield* changeFactors({ document: model.scorer.document, scorer: model.quick, row: request.row, axes, goal })
  const rules = { costs: axes.map(({ costs }) => costs), conditions, mostChanges: request.mostChanges }
  const { alternatives, mostSteps } = request
  if (factors !== null) {
    const problem: ChangeProblem = { ...rules, ...factors }
    const searches = yield* seekChanges({ problem, alternatives, mostSteps })
    // The whole scorer has the last word; where it sees it otherwise, every change is tried with it.
    if (searches.every(({ change }) => change === null || goal.reached(model.scorer.predictRow(changedRow(work, change.choices).row)))) return { searches, problem }
  }
  const problem = { ...rules, gains: [], pairs: [], needs: [], joint: null }
  const sums = (picked: readonly number[]): boolean => reachesQuickly(work, picked)
  const searches = yield* listChanges({ ...rules, reaches: sums, allowed: (picked) => isAllowed(problem, picked), alternatives, mostSteps })
  return { searches, problem: null }
}

/** By the sums alone, which take a fraction of the time of a whole answer; that is asked only where they reach it. */
function reachesQuickly(work: WhatIfWork, picked: readonly number[]): boolean {
  const { row } = changedRow(work, picked)
  const slack = quickSlack(work, row)
  return slack >= -1e-6 && work.goal.reached(work.model.scorer.predictRow(row))
}

/** How far the worst sum of a row is from what the goal needs. */
function quickSlack({ model: { quick }, goal }: WhatIfWork, row: RawRow): number {
  const scores = quick.scores(quick.prepare(row))
  return goal.components.reduce((least, { weights, least: need }) => Math.min(least, weights.reduce((sum, weight, k) => sum + weight * (scores[k] ?? 0), 0) - need), Number.POSITIVE_INFINITY)
}

function* nearestOf(work: WhatIfWork, problem: ChangeProblem | null): Generator<void, ChangedRow | null> {
  const { axes, conditions } = work.choices
  const rules: ChangeProblem = problem ?? { costs: axes.map(({ costs }) => costs), gains: [], pairs: [], needs: [], joint: null, conditions, mostChanges: work.request.mostChanges }
  const worth = (picked: readonly number[]): number => (problem === null ? quickSlack(work, changedRow(work, picked).row) : slackOf(problem, changeOf(problem, picked).gains))
  const best = yield* climb({ costs: rules.costs, worth, allowed: (picked) => isAllowed(rules, picked) })
  const { row, changed } = changedRow(work, best.choices)
  return changed ? changedAs(work, row) : null
}

export function changedRow({ request, choices }: WhatIfWork, picked: readonly number[]): { row: RawRow; changed: boolean } {
  const changes = choices.axes.flatMap(({ column, cells }, i) => ((picked[i] ?? 0) > 0 ? [[column, cells[picked[i] ?? 0] ?? null] as const] : []))
  const row: Record<string, RawRow[string]> = Object.assign(Object.create(null), request.row)
  for (const [column, cell] of changes) row[column] = cell
  return { row, changed: changes.length > 0 }
}

/** A changed row with what it costs, what the whole scorer says of it, and what is to be known about it. */
export function changedAs(work: WhatIfWork, row: RawRow): ChangedRow {
  const { model, request, goal, choices } = work
  const changes = choices.axes.flatMap((axis) => {
    const [from, to] = [request.row[axis.column] ?? null, row[axis.column] ?? null]
    return from === to ? [] : [{ column: axis.column, from, to, cost: costOfChange(work, axis.column, to) }]
  })
  const said = model.scorer.predictRow(row)
  const known = { document: model.scorer.document, profiles: model.profiles, minSupport: request.minSupport }
  const warnings = whatIfWarnings(known, { changes, row: request.row, before: model.quick.prepare(request.row), after: model.quick.prepare(row) })
  return { changes, cost: changes.reduce((sum, { cost }) => sum + cost, 0), said, measured: goal.measured(said), warnings }
}

function costOfChange({ choices, request }: WhatIfWork, column: string, to: RawRow[string]): number {
  const axis = choices.axes.find((one) => one.column === column)
  const choice = axis?.cells.indexOf(to ?? null) ?? -1
  if (axis === undefined) return 0
  if (choice > 0) return axis.costs[choice] ?? 0
  const cost = request.rules[column]?.cost
  const unit = cost?.per_unit ?? (axis.profile.kind === 'number' ? 1 / axis.profile.spread : 1)
  return (cost?.per_change ?? 0) + unit * Math.abs(Number(to) - Number(request.row[column]))
}

interface Outcome extends Pick<WhatIfAnswer, 'status' | 'alternatives' | 'nearest'> {
  readonly searches: readonly ChangeSearch[]
}

function answerOf(work: WhatIfWork, said: RowScore, { status, searches, alternatives, nearest }: Outcome): WhatIfAnswer {
  const { goal, choices, request } = work
  const [first] = searches
  const complete = choices.axes.every((axis) => axis.complete)
  const kind = first?.proven === false ? 'stopped' : complete ? 'exact' : 'candidates'
  const leastCost = first === undefined || !complete || !Number.isFinite(first.leastCost) ? null : first.leastCost
  const measured = goal.measured(said)
  return {
    base: { said, measured },
    target: goal.text,
    status,
    text: whatIfText({ status, goal, measured, nearest, alternatives, complete }),
    alternatives,
    nearest,
    proof: { kind, least_cost: leastCost, steps: searches.reduce((sum, { steps }) => sum + steps, 0) },
    held: choices.held,
    costs: whatIfCosts(choices.axes, request.rules),
  }
}
