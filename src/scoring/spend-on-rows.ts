import { accept, type Result } from '#core/errors'
import { type ChangeProblem, changeOf, isAllowed } from '#ml/change-problem'
import { type Offer, spendBudget } from '#ml/spend-budget'
import { changeFactors } from './change-factors.ts'
import type { RawRow } from './row-reader.ts'
import { changedAs, changedRow, whatIf, type WhatIfWork } from './what-if.ts'
import type { ChangedRow } from './what-if-answer.ts'
import { whatIfAxes } from './what-if-axes.ts'
import { readGoal } from './what-if-goal.ts'
import type { WhatIfModel } from './what-if-model.ts'
import type { WhatIfRequest } from './what-if-request.ts'

export interface BudgetRequest {
  readonly rows: readonly RawRow[]
  readonly budget: number
  /** `rows`: each row that comes to reach the target gains 1; `figure`: the figure of the target gains what it moves by. */
  readonly unit: 'rows' | 'figure'
  /** Everything but the row. */
  readonly common: Omit<WhatIfRequest, 'row' | 'alternatives'>
}

export interface BoughtRow {
  /** Place of the row in the request. */
  readonly index: number
  readonly gain: number
  readonly before: number
  readonly changed: ChangedRow
}

export interface BudgetAnswer {
  readonly bought: readonly BoughtRow[]
  readonly cost: number
  readonly gain: number
  /** No choice among the changes that were found gains more. */
  readonly bound: number
  readonly optimal: boolean
  readonly rows: { readonly looked_at: number; readonly already_there: number; readonly without_offer: number }
}

/** A change of one row that may be bought. */
interface RowOffer extends Offer {
  readonly changed: ChangedRow
}

interface RowOffers {
  readonly offers: readonly RowOffer[]
  readonly before: number
  readonly alreadyThere: boolean
}

/** Spends a budget over many rows where it gains most. A generator, so that others get a turn between rows. */
export function* spendOnRows(model: WhatIfModel, request: BudgetRequest): Generator<void, Result<BudgetAnswer>> {
  const all: RowOffers[] = []
  for (const row of request.rows) {
    const wish: WhatIfRequest = { ...request.common, row, alternatives: 1 }
    const found = request.unit === 'rows' ? yield* offerOfTarget(model, wish, request.budget) : yield* offersOfFigure(model, wish, request.budget)
    if (!found.ok) return found
    all.push(found.value)
    yield
  }
  const { taken, cost, gain, bound, optimal } = spendBudget({ offers: all.map(({ offers }) => offers), budget: request.budget })
  const bought = taken.flatMap((place, index) => {
    const offer = place === null ? undefined : all[index]?.offers[place]
    return offer === undefined ? [] : [{ index, gain: offer.gain, before: all[index]?.before ?? Number.NaN, changed: offer.changed }]
  })
  const already = all.filter(({ alreadyThere }) => alreadyThere).length
  const without = all.filter(({ offers, alreadyThere }) => offers.length === 0 && !alreadyThere).length
  return accept({ bought, cost, gain, bound, optimal, rows: { looked_at: all.length, already_there: already, without_offer: without } })
}

function* offerOfTarget(model: WhatIfModel, request: WhatIfRequest, budget: number): Generator<void, Result<RowOffers>> {
  const answer = yield* whatIf(model, request)
  if (!answer.ok) return answer
  const { alternatives, base, status } = answer.value
  const [changed] = alternatives
  const offers = changed === undefined || changed.cost > budget ? [] : [{ cost: changed.cost, gain: 1, changed }]
  return accept({ offers, before: base.measured, alreadyThere: status === 'already_there' })
}

/** Most offers of one row. */
const mostOffers = 24

/** Every change of one column, and those that come of always adding the one that moves the figure most for its cost. */
function* offersOfFigure(model: WhatIfModel, request: WhatIfRequest, budget: number): Generator<void, Result<RowOffers>> {
  const goal = readGoal(model.scorer.document, request.target, request.threshold)
  if (!goal.ok) return goal
  const choices = whatIfAxes(model, request)
  if (!choices.ok) return choices
  const work: WhatIfWork = { model, request, goal: goal.value, choices: choices.value }
  const { axes, conditions } = choices.value
  const figure = yield* figureOfChoices(work)
  const rules: ChangeProblem = { costs: axes.map(({ costs }) => costs), gains: [], pairs: [], needs: [], joint: null, conditions, mostChanges: request.mostChanges }
  const none = axes.map(() => 0)
  const before = figure(none)
  const sign = goal.value.upwards ? 1 : -1
  const tried: (Offer & { readonly picked: readonly number[] })[] = []
  for (let at = { picked: none as readonly number[], cost: 0, gain: 0 }; ; ) {
    const steps = axes.flatMap(({ costs }, variable) =>
      (at.picked[variable] ?? 0) > 0 ? [] : [...costs.keys()].slice(1).flatMap((choice) => {
        const picked = at.picked.with(variable, choice)
        const cost = at.cost + (costs[choice] ?? 0)
        if (cost > budget || !isAllowed(rules, picked)) return []
        const gain = sign * (figure(picked) - before)
        return gain > at.gain ? [{ picked, cost, gain }] : []
      }))
    tried.push(...steps)
    const next = steps.reduce<(typeof steps)[number] | null>((best, step) => (best === null || (step.gain - at.gain) * (best.cost - at.cost) > (best.gain - at.gain) * (step.cost - at.cost) ? step : best), null)
    if (next === null) break
    at = next
  }
  const offers = unbeaten(tried).map(({ picked, cost, gain }): RowOffer => ({ cost, gain, changed: changedAs(work, changedRow(work, picked).row) }))
  return accept({ offers, before, alreadyThere: false })
}

/** The figure of the target after some choices: by what the choices add where that is known, else by scoring the row. */
function* figureOfChoices(work: WhatIfWork): Generator<void, (picked: readonly number[]) => number> {
  const { model, request, goal, choices } = work
  const { axes } = choices
  const factors = yield* changeFactors({ document: model.scorer.document, scorer: model.quick, row: request.row, axes, goal })
  const sumsAt = (scores: readonly number[]): number[] => goal.components.map(({ weights }) => weights.reduce((sum, weight, k) => sum + weight * (scores[k] ?? 0), 0))
  if (factors === null) return (picked) => goal.figureOf(sumsAt(model.quick.scores(model.quick.prepare(changedRow(work, picked).row))))
  const problem: ChangeProblem = { costs: axes.map(({ costs }) => costs), conditions: [], mostChanges: null, ...factors }
  const now = sumsAt(model.quick.scores(model.quick.prepare(request.row)))
  return (picked) => goal.figureOf(changeOf(problem, picked).gains.map((gain, k) => (now[k] ?? 0) + gain))
}

/** Those that nothing cheaper beats; where they are many, some evenly apart. */
function unbeaten<T extends Offer>(offers: readonly T[]): T[] {
  let most = 0
  const kept = offers.toSorted((a, b) => a.cost - b.cost || b.gain - a.gain).filter(({ gain }) => {
    const isBetter = gain > most
    if (isBetter) most = gain
    return isBetter
  })
  const stride = (kept.length - 1) / (mostOffers - 1)
  return kept.length <= mostOffers ? kept : Array.from({ length: mostOffers }, (_, i) => kept[Math.round(i * stride)] as T)
}
