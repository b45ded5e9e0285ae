import { accept, refuse, type Result } from '#core/errors'
import type { RowScore, Scorer } from '#scoring/scorer'
import type { ColumnRule, WhatIfRequest, WhatIfTarget } from '#scoring/what-if-request'
import type { ColumnRuleBody, WhatIfBody, WhatIfTargetBody } from '#wire/what-if'

/** What both questions say of the target and of the columns. */
export type Wish = Pick<WhatIfBody, 'target' | 'threshold' | 'actionable' | 'immutable' | 'columns' | 'conditions' | 'max_changes' | 'min_support'>

type Request = Omit<WhatIfRequest, 'row' | 'alternatives' | 'mostSteps'>

/** Reads what is wanted; `now` is what the model says of the row, where there is just one. */
export function readWhatIf(scorer: Scorer, wish: Wish, now: RowScore | null): Result<Request> {
  const { document } = scorer
  const threshold = wish.threshold ?? document.threshold ?? 0.5
  const target = readTarget(scorer, wish.target ?? null, { now, threshold })
  if (!target.ok) return target
  const actionable = readActionable(document.pipeline.reads, wish)
  if (!actionable.ok) return actionable
  return accept({
    target: target.value,
    threshold,
    actionable: actionable.value,
    rules: Object.fromEntries(Object.entries(wish.columns ?? {}).map(([column, rule]) => [column, readRule(rule)])),
    conditions: (wish.conditions ?? []).map(({ column, moves, needs }) => ({ column, moves, needs: { ...needs, by: needs.by ?? undefined } })),
    mostChanges: wish.max_changes ?? null,
    minSupport: wish.min_support ?? 30,
  })
}

function readActionable(reads: readonly string[], { actionable, immutable }: Wish): Result<string[]> {
  const columns = reads.slice(0, 30).map((column) => JSON.stringify(column)).join(', ')
  if (actionable == null && immutable == null) {
    return refuse('VALIDATION_FAILED', `actionable: expected the columns that may be changed, received none. The model reads ${columns}.`, { suggestion: 'Name the columns that somebody could change in "actionable", or those that nobody can in "immutable".' })
  }
  const unknown = [...(actionable ?? []), ...(immutable ?? [])].find((column) => !reads.includes(column))
  if (unknown !== undefined) return refuse('VALIDATION_FAILED', `The model reads no column ${JSON.stringify(unknown)}; it reads ${columns}.`)
  const both = actionable?.find((column) => immutable?.includes(column))
  if (both !== undefined) return refuse('VALIDATION_FAILED', `The column ${JSON.stringify(both)} is both actionable and immutable.`)
  return accept([...(actionable ?? reads.filter((column) => immutable?.includes(column) !== true))])
}

interface Present {
  readonly now: RowScore | null
  readonly threshold: number
}

function readTarget({ document }: Scorer, target: WhatIfTargetBody | null, { now, threshold }: Present): Result<WhatIfTarget> {
  const given = [target?.class, target?.probability, target?.value].filter((one) => one != null).length
  if (given > 1) return refuse('VALIDATION_FAILED', `target: expected one of class, probability and value, received ${given} of them.`)
  if (target?.class != null) return accept({ kind: 'class', label: target.class })
  if (target?.probability != null) {
    const { of, at_least, at_most } = target.probability
    if (at_least == null && at_most == null) return refuse('VALIDATION_FAILED', 'target.probability: expected at_least, at_most or both, received neither.')
    return accept({ kind: 'probability', label: of ?? null, at_least: at_least ?? null, at_most: at_most ?? null })
  }
  if (target?.value != null) return accept({ kind: 'value', at_least: target.value.at_least ?? null, at_most: target.value.at_most ?? null })
  const [negative = '', positive = ''] = document.classes ?? []
  if (now?.task === 'binary') return accept({ kind: 'class', label: now.probability >= threshold ? negative : positive })
  const wanted = document.task === 'regression' ? 'value, for example {"value": {"at_least": 10}}' : `class of ${(document.classes ?? []).map((one) => JSON.stringify(one)).join(', ')}`
  return refuse('VALIDATION_FAILED', `target: expected a ${wanted}, received none.`)
}

function readRule({ direction, min, max, step, levels, order, cost }: ColumnRuleBody): ColumnRule {
  return {
    direction: direction ?? undefined,
    min: min ?? undefined,
    max: max ?? undefined,
    step: step ?? undefined,
    levels: levels ?? undefined,
    order: order ?? undefined,
    cost: cost == null ? undefined : { per_unit: cost.per_unit ?? undefined, per_change: cost.per_change ?? undefined, levels: cost.levels ?? undefined },
  }
}
