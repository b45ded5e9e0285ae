import { z } from 'zod'
import { accept, refuse } from '#core/errors'
import { number, sql } from '#core/sql'
import { curvedMoments, fitPower } from './fit-power.ts'
import { isConstant, momentsOf } from './moments.ts'
import { defineNumberStep } from './number-step.ts'
import { powerCurve, powerCurveSql } from './power-curve.ts'
import { scalingOf, scalingSchema } from './standard-scaler.ts'

const paramsSchema = z.strictObject({ method: z.enum(['yeo-johnson', 'box-cox']).default('yeo-johnson'), standardize: z.boolean().default(true), copy: z.boolean().default(true) })

/** Skewed numbers are bent so that they look most like a normal distribution, then standardized. */
export const powerTransformer = defineNumberStep({
  type: 'PowerTransformer',
  params: paramsSchema,
  learnt: scalingSchema.extend({ lambda: z.number() }),
  async fitColumn(value, { params: { method }, column, source }) {
    const moments = await momentsOf(value, source)
    if (moments === null) return refuse('CUSTOM_REFUSED', `"${column.name}" holds no number.`)
    if (method === 'box-cox' && moments.min <= 0) return refuse('CUSTOM_REFUSED', `box-cox needs numbers above zero; "${column.name}" holds ${moments.min}. yeo-johnson takes all.`)
    const constant = isConstant(moments, moments.count + moments.missing)
    if (method === 'box-cox' && moments.min === moments.max) return refuse('CUSTOM_REFUSED', `the numbers of "${column.name}" are all ${moments.min}.`)
    const lambda = method === 'yeo-johnson' && constant ? 1 : await fitPower(value, { method, moments }, source)
    const curved = await curvedMoments(value, { lambda, method }, source)
    return accept({ lambda, ...(curved === null ? { mean: 0, scale: 1 } : scalingOf(curved)) })
  },
  describe({ method, standardize }, learnt) {
    if (learnt === null) return `bent by ${method}`
    return `bent by ${method} with power ${learnt.lambda}${standardize ? `, less the mean ${learnt.mean}, divided by the standard deviation ${learnt.scale}` : ''}`
  },
  sql(value, { lambda, mean, scale }, { params, prefix }) {
    const { layers, result } = powerCurveSql(value, lambda, { method: params.method, prefix })
    return { layers, result: params.standardize ? sql`(${result} - cast(${number(mean)} as double)) / cast(${number(scale)} as double)` : result }
  },
  row: ({ lambda, mean, scale }, { method, standardize }) => (value) => {
    const curved = powerCurve(value, lambda, method)
    return standardize ? (curved - mean) / scale : curved
  },
  portable: ({ lambda, mean, scale }, { method, standardize }) => [['power', method, lambda], ...(standardize ? [['subtract', mean] as const, ['divide', scale] as const] : [])],
})
