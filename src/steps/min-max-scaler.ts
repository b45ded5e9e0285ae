import { z } from 'zod'
import { accept } from '#core/errors'
import { number, sql, type Sql } from '#core/sql'
import { rangeOf } from './moments.ts'
import { defineNumberStep } from './number-step.ts'

const paramsSchema = z.strictObject({ feature_range: z.tuple([z.number(), z.number()]).default([0, 1]), copy: z.boolean().default(true), clip: z.boolean().default(false) })

/** Numbers are stretched so that the least and the greatest of the fit lie at the ends of a range. */
export const minMaxScaler = defineNumberStep({
  type: 'MinMaxScaler',
  params: paramsSchema,
  learnt: z.object({ min: z.number(), max: z.number() }),
  refuseParams: ({ feature_range: [low, high] }) => (low < high ? null : `feature_range: the first end, ${low}, must lie below the second, ${high}.`),
  async fitColumn(value, { source }) {
    const { range } = await rangeOf(value, source)
    return accept(range === null ? null : { min: range.min, max: range.max })
  },
  describe({ feature_range: [low, high] }, learnt) {
    return learnt === null ? `stretched to ${low} … ${high}` : `${learnt.min} … ${learnt.max} becomes ${low} … ${high}`
  },
  sql(value, learnt, { params }) {
    const { factor, start } = lineOf(learnt, params)
    const line = sql`${value} * ${literal(factor)} + ${literal(start)}`
    if (!params.clip) return { layers: [], result: line }
    const [low, high] = params.feature_range
    return { layers: [], result: sql`case when ${line} < ${literal(low)} then ${literal(low)} when ${line} > ${literal(high)} then ${literal(high)} else ${line} end` }
  },
  row(learnt, params) {
    const { factor, start } = lineOf(learnt, params)
    const [low, high] = params.feature_range
    return function stretch(value) {
      const stretched = value * factor + start
      return params.clip ? Math.min(high, Math.max(low, stretched)) : stretched
    }
  },
  portable(learnt, params) {
    const { factor, start } = lineOf(learnt, params)
    return [['multiply', factor], ['add', start], ...(params.clip ? [['clamp', ...params.feature_range] as const] : [])]
  },
})

function literal(value: number): Sql {
  return sql`cast(${number(value)} as double)`
}

/** As scikit-learn: a range of nearly nothing counts as 1. */
function lineOf({ min, max }: { min: number; max: number }, { feature_range: [low, high] }: z.infer<typeof paramsSchema>): { factor: number; start: number } {
  const range = max - min
  const factor = Number.isFinite(range) ? (high - low) / (range < 10 * Number.EPSILON ? 1 : range) : (high / 2 - low / 2) / (max / 2 - min / 2)
  return { factor, start: low - min * factor }
}
