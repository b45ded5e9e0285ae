import { z } from 'zod'
import { accept } from '#core/errors'
import { name, number, sql } from '#core/sql'
import { normalQuantile } from '#ml/normal-quantile'
import { linspace } from './linspace.ts'
import { rangeOf } from './moments.ts'
import { normalQuantileSql } from './normal-quantile-sql.ts'
import { defineNumberStep } from './number-step.ts'
import { quantilesOf } from './order-statistics.ts'
import { knotsOf, shareOf, shareSql } from './quantile-curve.ts'

const paramsSchema = z.strictObject({
  n_quantiles: z.int().min(1).max(10_000).default(1000),
  output_distribution: z.enum(['uniform', 'normal']).default('uniform'),
  ignore_implicit_zeros: z.boolean().default(false),
  subsample: z.int().min(1).nullish(),
  random_state: z.int().nullish(),
  copy: z.boolean().default(true),
})

/** As scikit-learn: values this near to the ends are at them, and the normal distribution is cut there. */
const nearEnd = 1e-7
const [least, most] = [normalQuantile(nearEnd - Number.EPSILON), normalQuantile(1 - (nearEnd - Number.EPSILON))]

/** Numbers become the share of values below them, or the point of a normal distribution at that share. No subsample is drawn. */
export const quantileTransformer = defineNumberStep({
  type: 'QuantileTransformer',
  params: paramsSchema,
  learnt: z.array(z.number()),
  refuseParams: ({ n_quantiles, subsample }) =>
    typeof subsample === 'number' && n_quantiles > subsample ? `n_quantiles, ${n_quantiles}, cannot be more than subsample, ${subsample}.` : null,
  async fitColumn(value, { params, source }) {
    const { range, missing } = await rangeOf(value, source)
    if (range === null) return accept(null)
    const count = Math.max(1, Math.min(params.n_quantiles, range.count + missing))
    const shares = linspace(0, 1, count).map((share) => (share * 100) / 100)
    return accept(await quantilesOf(value, { shares, method: 'linear', count: range.count }, source))
  },
  describe({ output_distribution }, learnt) {
    const from = learnt === null ? '' : ` between ${learnt[0]} and ${learnt.at(-1)}`
    return output_distribution === 'normal' ? `the point of a normal distribution at its rank${from}` : `its rank${from}, from 0 to 1`
  },
  sql(value, learnt, { params, prefix }) {
    const [low, high] = [sql`cast(${number(learnt[0] ?? 0)} as double)`, sql`cast(${number(learnt.at(-1) ?? 0)} as double)`]
    const x = name(`${prefix}x`)
    const curve = shareSql(x, knotsOf(learnt), prefix)
    const share = curve.result
    const layers = [{ id: `${prefix}x`, expression: value }, ...curve.layers]
    if (params.output_distribution === 'uniform') {
      return { layers, result: sql`case when ${x} = ${low} then 0e0 when ${x} = ${high} then 1e0 else ${share} end` }
    }
    const ended = sql`case when ${x} - ${number(nearEnd)} < ${low} then 0e0 when ${x} + ${number(nearEnd)} > ${high} then 1e0 else ${share} end`
    const normal = normalQuantileSql(ended, prefix)
    const point = name(`${prefix}point`)
    const [first, last] = [sql`cast(${number(least)} as double)`, sql`cast(${number(most)} as double)`]
    return {
      layers: [...layers, ...normal.layers, { id: `${prefix}point`, expression: normal.result }],
      result: sql`case when ${name(`${prefix}p`)} <= 0 or ${point} < ${first} then ${first} when ${name(`${prefix}p`)} >= 1 or ${point} > ${last} then ${last} else ${point} end`,
    }
  },
  row(learnt, { output_distribution }) {
    const [low, high] = [learnt[0] ?? 0, learnt.at(-1) ?? 0]
    const share = shareOf(knotsOf(learnt))
    if (output_distribution === 'uniform') return (value) => (value === low ? 0 : value === high ? 1 : share(value))
    return function normalPoint(value) {
      const ended = value - nearEnd < low ? 0 : value + nearEnd > high ? 1 : share(value)
      if (ended <= 0) return least
      return ended >= 1 ? most : Math.min(most, Math.max(least, normalQuantile(ended)))
    }
  },
  portable(learnt, { output_distribution }) {
    const knots = knotsOf(learnt)
    return [['share', knots.map(({ value }) => value), knots.map(({ first }) => first), knots.map(({ last }) => last), output_distribution === 'normal']]
  },
})
