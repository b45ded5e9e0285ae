import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { StepSpec } from '#core/pipeline-spec'
import { defineStep, type StepUse } from './define-step.ts'
import { keptRows } from './kept-rows.ts'
import { namesOf } from './ordered-rows.ts'
import { refuseRowAlone } from './row-alone.ts'
import type { FitSource } from './step-type.ts'
import { planTimeLag, timeLagParams, type TimeLagOutput, type TimeLagParams } from './time-lag-plan.ts'
import { timeLagRow } from './time-lag-row.ts'
import { besideTimeLag, type History, historySql } from './time-lag-sql.ts'
import { offsetMicros } from './time-offset.ts'

const stateSchema = z.object({ history: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).default([]) })

/** Values at exact times before each row, and aggregates of windows that end before it, within each series. */
export const timeLag = defineStep<TimeLagParams>({
  type: 'TimeLagTransformer',
  rowwise: false,
  otherRows: ({ keep_history }) => (keep_history ? 'kept' : 'table'),
  params: timeLagParams,
  namedColumns: ({ columns }) => (columns.length === 0 ? null : columns),
  needsColumns: true,
  contract(use) {
    const plan = planTimeLag(use)
    if (!plan.ok) return plan
    const { time, groups, columns, gap, outputs } = plan.value
    const ids = columns.map((column) => column.id)
    const keys = [time, ...groups].map((column) => column.id)
    return accept({
      reads: [...new Set([...ids, ...keys])],
      changes: [],
      creates: outputs.map((output) => ({ name: output.name, type: output.kind === 'has' ? ('integer' as const) : ('number' as const), from: [...new Set([output.column.id, ...keys])], after: null })),
      drops: [],
      renames: [],
      ...(gap === null ? {} : { readsPast: ids.filter((id) => !keys.includes(id)) }),
    })
  },
  describe(use, column) {
    const plan = orThrow(planTimeLag(use))
    const output = plan.outputs[use.created.findIndex(({ id }) => id === column.id)]
    return output === undefined ? '' : outputText(output, use.params)
  },
  fit: keepHistory,
  sql(use, state) {
    const plan = orThrow(planTimeLag(use))
    const request = { dedupe: use.params.dedupe, history: historyOf(state), made: use.created.map((column) => column.id) }
    return { beside: (rows) => besideTimeLag(plan, request, rows), layers: [], assign: [] }
  },
  row(use, state) {
    if (!use.params.keep_history) return refuseRowAlone('keep_history is false, so that lags are looked up among the rows of the table alone')
    return timeLagRow(orThrow(planTimeLag(use)), historyOf(state), use.created.map((column) => column.id))
  },
})

/**
 * Whether a step reads nothing of its columns that is younger than its gap, as the package's guard asks of a step that
 * may read the label: the gap is the horizon of the forecast, and no lag is shorter.
 */
export function readsPastOnly(step: Pick<StepSpec, 'type' | 'params'>): boolean {
  if (step.type !== 'TimeLagTransformer') return false
  const read = timeLagParams.pick({ lags: true, gap: true }).safeParse({ lags: step.params.lags, gap: step.params.gap })
  const gap = read.success && typeof read.data.gap === 'string' ? offsetMicros(read.data.gap) : null
  return gap !== null && gap > 0 && read.data?.lags.every((lag) => (offsetMicros(lag) ?? -1) >= gap) === true
}

function historyOf(state: Json): History {
  return stateSchema.parse(state).history
}

async function keepHistory(use: StepUse<TimeLagParams>, source: FitSource): Promise<Result<Json>> {
  const plan = orThrow(planTimeLag(use))
  const kept = await keptRows(historySql(plan, source.rows, use.params.dedupe), source, 'rows of history; shorter lags and windows, or keep_history false, keep fewer')
  if (!kept.ok) return kept
  if (kept.value.length === 0) return refuse('CUSTOM_REFUSED', `no row has both a time in "${plan.time.name}" and ${plan.groups.length === 0 ? 'a place in the series' : `its ${namesOf(plan.groups)}`}.`)
  if (!use.params.keep_history) return accept({ history: [] })
  const names = [...plan.groups.map((_, i) => `k${i}`), 'moment', ...plan.columns.map((_, i) => `v${i}`)]
  return accept({ history: kept.value.map((cells) => names.map((one) => cells[one] ?? null)) })
}

function outputText(output: TimeLagOutput, { time_column, group_by, gap }: TimeLagParams): string {
  const within = group_by.length === 0 ? '' : ` of the same ${group_by.join(', ')}`
  const { column, offset } = output
  if (output.kind !== 'window') {
    return output.kind === 'lag' ? `${column.name} exactly ${offset.label} before ${time_column}${within}` : `1 where ${column.name} has a value ${offset.label} before ${time_column}${within}, else 0`
  }
  const end = gap === null || gap === undefined || gap.trim() === '' ? 'just before' : `${gap.trim()} before`
  return `${output.operation} of ${column.name} over ${offset.label} up to ${end} ${time_column}${within}`
}
