import { refuse, type Result } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import { crossCategories } from './cross-categories.ts'
import { dateTimeExtract } from './date-time-extract.ts'
import { dropColumns } from './drop-columns.ts'
import { expression } from './expression.ts'
import { groupBroadcast } from './group-broadcast.ts'
import { groupedLag } from './grouped-lag.ts'
import { nullTokens } from './null-tokens.ts'
import { ordinalMap } from './ordinal-map.ts'
import { parseNumeric } from './parse-numeric.ts'
import { renameColumns } from './rename-columns.ts'
import { rollingAgg } from './rolling-agg.ts'
import type { BoundStep, StepTable, StepType } from './step-type.ts'
import { textClean } from './text-clean.ts'
import { textFeatures } from './text-features.ts'
import { timeLag } from './time-lag.ts'
import { typeCast } from './type-cast.ts'

/** Every step type that is offered, by the transformer's name. */
export const stepTypes: ReadonlyMap<string, StepType> = new Map(
  [nullTokens, parseNumeric, renameColumns, typeCast, dropColumns, textClean, dateTimeExtract, expression, ordinalMap, groupedLag, rollingAgg, timeLag, groupBroadcast, crossCategories, textFeatures].map((type) => [type.type, type]),
)

/** Binds a step to the columns it meets; what cannot be done as asked is refused with the reason. */
export function bindStep(spec: StepSpec, table: StepTable): Result<BoundStep> {
  if (spec.type === 'custom') {
    return refuse('CUSTOM_REFUSED', `Step "${spec.id}": custom steps are disabled; code that is sent is never run.`)
  }
  if (spec.type === 'GroupByAggTransformer') {
    return refuse('CUSTOM_REFUSED', `Step "${spec.id}" (${spec.type}) makes one row of many, so that rows could not be predicted; GroupBroadcastTransformer sets a group's aggregate beside each of its rows.`)
  }
  const type = stepTypes.get(spec.type)
  if (type === undefined) {
    return refuse('CUSTOM_REFUSED', `Step "${spec.id}": the type "${spec.type}" is not offered; offered are ${[...stepTypes.keys()].join(', ')}.`)
  }
  return type.bind(spec, table)
}
