import { z } from 'zod'
import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { findColumns, type StepUse } from './define-step.ts'
import { namesParam } from './list-params.ts'
import { readOffsets, type TimeOffset } from './time-offset.ts'

const operations = ['mean', 'sum', 'min', 'max', 'std', 'count'] as const
const dedupes = ['mean', 'sum', 'first', 'last', 'min', 'max'] as const
export type WindowOperation = (typeof operations)[number]
export type Dedupe = (typeof dedupes)[number]

export const timeLagParams = z.strictObject({
  time_column: z.string().min(1),
  columns: namesParam,
  lags: namesParam,
  windows: namesParam,
  operations: z.union([z.enum(operations), z.array(z.enum(operations)).min(1)]).nullish().transform((given): WindowOperation[] => (typeof given === 'string' ? [given] : [...new Set(given ?? ['mean' as const])])),
  group_by: namesParam,
  gap: z.string().nullish(),
  dedupe: z.enum(dedupes).default('mean'),
  add_has_history: z.boolean().default(false),
  keep_history: z.boolean().default(true),
})
export type TimeLagParams = z.infer<typeof timeLagParams>

/** One column that is made: the value at a lag, whether there was one, or an aggregate of a window. */
export type TimeLagOutput = { readonly column: Column; readonly name: string; readonly offset: TimeOffset } & (
  | { readonly kind: 'lag' | 'has' }
  | { readonly kind: 'window'; readonly operation: WindowOperation }
)

/** What the parameters come to over the columns of a table. */
export interface TimeLagPlan {
  readonly time: Column
  readonly groups: readonly Column[]
  readonly columns: readonly Column[]
  /** The forecast horizon in microseconds, or null. */
  readonly gap: number | null
  readonly outputs: readonly TimeLagOutput[]
  /** How far back a row looks, in microseconds. */
  readonly span: number
}

/** Reads offsets and columns; refused as the package refuses. */
export function planTimeLag({ params, scope, table }: Pick<StepUse<TimeLagParams>, 'params' | 'scope' | 'table'>): Result<TimeLagPlan> {
  const found = findColumns(table, [params.time_column])
  if (!found.ok) return found
  const [time] = found.value
  if (time === undefined || (time.type !== 'date' && time.type !== 'timestamp')) {
    return refuse('CUSTOM_REFUSED', `time_column ${JSON.stringify(params.time_column)} holds ${time?.type ?? 'nothing'}, not dates.`)
  }
  const groups = findColumns(table, params.group_by)
  if (!groups.ok) return groups
  const other = scope.find((column) => !['number', 'integer', 'boolean'].includes(column.type))
  if (other !== undefined) return refuse('CUSTOM_REFUSED', `the column "${other.name}" holds ${other.type}, and lags and windows need numbers; parse or encode it first.`)
  const lags = readOffsets(params.lags, 'lags')
  if (!lags.ok) return lags
  const windows = readOffsets(params.windows, 'windows')
  if (!windows.ok) return windows
  if (lags.value.length + windows.value.length === 0) return refuse('CUSTOM_REFUSED', 'it needs lags, windows or both.')
  const horizon = readGap(params.gap)
  if (!horizon.ok) return horizon
  const gap = horizon.value
  const short = lags.value.find((lag) => gap !== null && lag.micros < gap.micros)
  if (short !== undefined) return refuse('CUSTOM_REFUSED', `the lag ${JSON.stringify(short.label)} is shorter than the gap ${JSON.stringify(gap?.label)}, so it reads values that are not known yet when a row is predicted.`)
  const reach = [...lags.value.map((lag) => lag.micros), ...windows.value.map((window) => window.micros + (gap?.micros ?? 0))]
  return accept({
    time, groups: groups.value, columns: scope, gap: gap?.micros ?? null, span: Math.max(...reach),
    outputs: scope.flatMap((column) => outputsOf(column, params, { lags: lags.value, windows: windows.value, gap })),
  })
}

function readGap(text: string | null | undefined): Result<TimeOffset | null> {
  if (text === null || text === undefined || text.trim() === '') return accept(null)
  const read = readOffsets([text], 'gap')
  return read.ok ? accept(read.value[0] ?? null) : read
}

interface Offsets {
  readonly lags: readonly TimeOffset[]
  readonly windows: readonly TimeOffset[]
  readonly gap: TimeOffset | null
}

function outputsOf(column: Column, params: TimeLagParams, { lags, windows, gap }: Offsets): TimeLagOutput[] {
  const behind = gap === null ? '' : `_gap${gap.label}`
  const lagged = lags.flatMap((offset): TimeLagOutput[] => {
    const name = `${column.name}_lag_${offset.label}`
    const lag: TimeLagOutput = { kind: 'lag', column, name, offset }
    return params.add_has_history ? [lag, { kind: 'has', column, name: `${name}_has`, offset }] : [lag]
  })
  const windowed = windows.flatMap((offset) => params.operations.map((operation): TimeLagOutput => ({ kind: 'window', column, operation, offset, name: `${column.name}_${operation}_${offset.label}${behind}` })))
  return [...lagged, ...windowed]
}

/** The part of the past that a window looks at, as microseconds before the row: both ends are in it. */
export function windowReach(offset: TimeOffset, gap: number | null): { readonly from: number; readonly to: number } {
  return gap === null ? { from: offset.micros, to: 1 } : { from: gap + offset.micros - 1, to: gap }
}
