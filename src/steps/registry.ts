import { refuse, type Result } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import { binarizer } from './binarizer.ts'
import { categoryCondense } from './category-condense.ts'
import { clip } from './clip.ts'
import { fillMissing } from './fill-missing.ts'
import { kBinsDiscretizer } from './k-bins-discretizer.ts'
import { minMaxScaler } from './min-max-scaler.ts'
import { missingFlag } from './missing-flag.ts'
import { oneHotEncoder } from './one-hot-encoder.ts'
import { ordinalEncoder } from './ordinal-encoder.ts'
import { powerTransformer } from './power-transformer.ts'
import { quantileTransformer } from './quantile-transformer.ts'
import { robustScaler } from './robust-scaler.ts'
import { simpleImputer } from './simple-imputer.ts'
import { standardScaler } from './standard-scaler.ts'
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

/** Steps that learn statistics of their columns, and those that belong beside them. */
const fittedTypes: readonly StepType[] = [
  simpleImputer, standardScaler, minMaxScaler, robustScaler, oneHotEncoder, ordinalEncoder, powerTransformer, quantileTransformer, kBinsDiscretizer, binarizer,
  fillMissing, categoryCondense, clip, missingFlag,
]

/** Every step type that is offered, by the transformer's name. */
export const stepTypes: ReadonlyMap<string, StepType> = new Map(
  [nullTokens, parseNumeric, renameColumns, typeCast, dropColumns, textClean, dateTimeExtract, expression, ordinalMap, groupedLag, rollingAgg, timeLag, groupBroadcast, crossCategories, textFeatures, ...fittedTypes].map((type) => [type.type, type]),
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
