import { z } from 'zod'
import { accept } from '#core/errors'
import { number, sql } from '#core/sql'
import { isConstant, momentsOf, type Moments } from './moments.ts'
import { defineNumberStep } from './number-step.ts'

const paramsSchema = z.strictObject({ copy: z.boolean().default(true), with_mean: z.boolean().default(true), with_std: z.boolean().default(true) })

/** The mean, and the standard deviation that numbers are divided by: 1 where all are alike. */
export const scalingSchema = z.object({ mean: z.number(), scale: z.number() })

/** Mean and scale of some moments. */
export function scalingOf(moments: Moments): z.infer<typeof scalingSchema> {
  return { mean: moments.mean, scale: isConstant(moments, moments.count) || moments.deviation === 0 ? 1 : moments.deviation }
}

/** Numbers become distances from the mean in standard deviations. */
export const standardScaler = defineNumberStep({
  type: 'StandardScaler',
  params: paramsSchema,
  learnt: scalingSchema,
  async fitColumn(value, { source }) {
    const moments = await momentsOf(value, source)
    return accept(moments === null ? null : scalingOf(moments))
  },
  describe({ with_mean, with_std }, learnt) {
    if (learnt === null) return 'less the mean, by the standard deviation'
    return [with_mean ? `less the mean ${learnt.mean}` : '', with_std ? `divided by the standard deviation ${learnt.scale}` : ''].filter(Boolean).join(', ') || 'stays as it is'
  },
  sql(value, { mean, scale }, { params }) {
    const centred = params.with_mean ? sql`(${value} - cast(${number(mean)} as double))` : value
    return { layers: [], result: params.with_std ? sql`${centred} / cast(${number(scale)} as double)` : centred }
  },
  row: ({ mean, scale }, { with_mean, with_std }) => (value) => {
    const centred = with_mean ? value - mean : value
    return with_std ? centred / scale : centred
  },
  portable: ({ mean, scale }, { with_mean, with_std }) => [...(with_mean ? [['subtract', mean] as const] : []), ...(with_std ? [['divide', scale] as const] : [])],
})
