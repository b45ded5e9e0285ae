import { amountsOf, pairFormulas } from './amounts.ts'
import type { Formula } from './formula.ts'
import { crossFormulas, deviationFormulas, groupsOf } from './groups.ts'
import type { LoadedColumn } from './load-rows.ts'

/** The strongest amounts of which all pairs are made, and groups beside them. */
export const mostAmounts = 12
export const mostGroups = 6
/** Amounts that are set against their mean in each group. */
const mostDeviating = 4

/** All pairs of the strongest columns; `ranked` is in the order of strength. */
export function strongFormulas(ranked: readonly LoadedColumn[]): Formula[] {
  const amounts = amountsOf(ranked).slice(0, mostAmounts)
  const groups = groupsOf(ranked).slice(0, mostGroups)
  return [
    ...amounts.flatMap((one, i) => amounts.slice(i + 1).flatMap((other) => pairFormulas([one, other], 'strength'))),
    ...groups.flatMap((one, i) => groups.slice(i + 1).flatMap((other) => crossFormulas(one, other, 'strength'))),
    ...amounts.slice(0, mostDeviating).flatMap((amount) => groups.flatMap((group) => deviationFormulas(amount, group, 'strength'))),
  ]
}
