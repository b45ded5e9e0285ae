import { z } from 'zod'
import { accept } from '#core/errors'
import { number, sql } from '#core/sql'
import { normalQuantile } from '#ml/normal-quantile'
import { rangeOf } from './moments.ts'
import { defineNumberStep } from './number-step.ts'
import { medianOf, quantilesOf } from './order-statistics.ts'

const paramsSchema = z.strictObject({
  with_centering: z.boolean().default(true),
  with_scaling: z.boolean().default(true),
  quantile_range: z.tuple([z.number(), z.number()]).default([25, 75]),
  copy: z.boolean().default(true),
  unit_variance: z.boolean().default(false),
})
type Params = z.infer<typeof paramsSchema>

/** Numbers become distances from the median in spans between two quantiles, so that outliers do not count. */
export const robustScaler = defineNumberStep({
  type: 'RobustScaler',
  params: paramsSchema,
  learnt: z.object({ median: z.number(), scale: z.number() }),
  refuseParams: refuseRange,
  async fitColumn(value, { params, source }) {
    const { range } = await rangeOf(value, source)
    if (range === null) return accept(null)
    const { count } = range
    const shares = params.quantile_range.map((percent) => percent / 100)
    const [low = 0, high = 0] = (await quantilesOf(value, { shares, method: 'linear', count }, source)) ?? []
    const span = Math.min(high - low, Number.MAX_VALUE)
    const scale = (span < 10 * Number.EPSILON ? 1 : span) / (params.unit_variance ? normalSpan(params) : 1)
    return accept({ median: (await medianOf(value, count, source)) ?? 0, scale })
  },
  describe({ with_centering, with_scaling, quantile_range: [low, high] }, learnt) {
    const centre = with_centering ? `less the median${learnt === null ? '' : ` ${learnt.median}`}` : ''
    const span = with_scaling ? `divided by the span${learnt === null ? '' : ` ${learnt.scale}`} between the ${low} % and ${high} % quantiles` : ''
    return [centre, span].filter(Boolean).join(', ') || 'stays as it is'
  },
  sql(value, { median, scale }, { params }) {
    const centred = params.with_centering ? sql`(${value} - cast(${number(median)} as double))` : value
    return { layers: [], result: params.with_scaling ? sql`${centred} / cast(${number(scale)} as double)` : centred }
  },
  row: ({ median, scale }, { with_centering, with_scaling }) => (value) => {
    const centred = with_centering ? value - median : value
    return with_scaling ? centred / scale : centred
  },
  portable: ({ median, scale }, { with_centering, with_scaling }) => [...(with_centering ? [['subtract', median] as const] : []), ...(with_scaling ? [['divide', scale] as const] : [])],
})

function refuseRange({ quantile_range: [low, high], unit_variance }: Params): string | null {
  if (!(low >= 0 && low <= high && high <= 100)) return `quantile_range must rise within 0 to 100, not ${low} to ${high}.`
  return unit_variance && (low <= 0 || high >= 100 || low === high) ? 'unit_variance needs a quantile_range inside 0 to 100 that is not empty.' : null
}

/** The span between the quantiles of the normal distribution. */
function normalSpan({ quantile_range: [low, high] }: Params): number {
  return normalQuantile(high / 100) - normalQuantile(low / 100)
}
