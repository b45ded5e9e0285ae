import type { RowScore } from '#scoring/scorer'
import type { BudgetAnswer } from '#scoring/spend-on-rows'
import type { ChangedRow, WhatIfAnswer as Found } from '#scoring/what-if-answer'
import type { WhatIfTarget } from '#scoring/what-if-request'
import type { ChangedRowAnswer, WhatIfAnswer, WhatIfBudgetAnswer, WhatIfBudgetBody } from '#wire/what-if'

export function whatIfAnswer(version_id: string, { base, alternatives, nearest, held, costs, ...rest }: Found): WhatIfAnswer {
  return {
    version_id,
    ...rest,
    base: predictionOf(base.said, base.measured),
    alternatives: alternatives.map(changedAnswer),
    nearest: nearest === null ? null : changedAnswer(nearest),
    held: [...held],
    costs: [...costs],
  }
}

function changedAnswer({ changes, cost, said, measured, warnings }: ChangedRow): ChangedRowAnswer {
  return { changes: [...changes], cost, ...predictionOf(said, measured), warnings: warnings.map((warning) => ({ ...warning, columns: [...warning.columns] })) }
}

function predictionOf(said: RowScore, figure: number) {
  if (said.task === 'regression') return { pred: said.value, figure }
  return { pred: said.prediction, proba: said.task === 'binary' ? said.probability : (said.probabilities[said.prediction] ?? 0), figure }
}

interface Asked {
  readonly versionId: string
  readonly body: WhatIfBudgetBody
  readonly target: WhatIfTarget
}

export function budgetAnswer({ versionId, body, target }: Asked, found: BudgetAnswer): WhatIfBudgetAnswer {
  const { bought, cost, gain, bound, optimal, rows } = found
  const figure = (value: number): string => String(Number(value.toPrecision(4)))
  const what = body.unit === 'rows' ? `${gain} of ${rows.looked_at} rows reach the target` : `the figure moves by ${figure(gain)} over ${bought.length} of ${rows.looked_at} rows`
  const rest = optimal ? 'no choice among the changes that were found gains more' : `no choice among the changes that were found gains more than ${figure(bound)}`
  return {
    version_id: versionId,
    target: targetText(target),
    text: `For ${figure(cost)} of ${figure(body.budget)}, ${what}; ${rest}.`,
    budget: body.budget,
    cost,
    gain,
    bound,
    optimal,
    rows: bought.map(({ index, gain: ofRow, before, changed }) => ({ index, gain: ofRow, figure_before: before, changed: changedAnswer(changed) })),
    counts: { ...rows, changed: bought.length },
  }
}

function targetText(target: WhatIfTarget): string {
  if (target.kind === 'class') return `the prediction ${JSON.stringify(target.label)}`
  const limits = [target.at_least === null ? '' : `at least ${target.at_least}`, target.at_most === null ? '' : `at most ${target.at_most}`].filter((part) => part !== '').join(' and ')
  return target.kind === 'value' ? `a value of ${limits}` : `a probability of ${target.label === null ? 'the positive class' : JSON.stringify(target.label)} of ${limits}`
}
