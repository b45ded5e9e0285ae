import { z } from 'zod'
import type { ShapeEdit } from '#ml/shape-edit'

const text = z.string()

const selectionSchema = z.strictObject({
  feature: text,
  ranges: z.array(z.strictObject({ from: z.number().nullable(), to: z.number().nullable() })).exactOptional(),
  levels: z.array(text).exactOptional(),
  missing: z.boolean().exactOptional(),
  unseen: z.boolean().exactOptional(),
})

const base = {
  term: z.union([z.tuple([text]), z.tuple([text, text])]),
  kind: z.enum(['numeric', 'category', 'slope', 'pair']).exactOptional(),
}
const ofOutput = { ...base, class: text.exactOptional() }
const where = z.array(selectionSchema)
const alongOrder = { along: text.exactOptional(), where: where.exactOptional() }

/** An edit of a fitted shape, as it lies in a model or comes from outside; whether a model allows it, `applyEdits` says. */
export const shapeEditSchema: z.ZodType<ShapeEdit> = z.discriminatedUnion('verb', [
  z.strictObject({ ...base, ...alongOrder, verb: z.literal('monotonise'), direction: z.enum(['increasing', 'decreasing', 'auto']) }),
  z.strictObject({ ...ofOutput, verb: z.literal('flatten'), where, value: z.number().exactOptional() }),
  z.strictObject({ ...ofOutput, ...alongOrder, verb: z.literal('smooth'), strength: z.number() }),
  z.strictObject({ ...base, verb: z.literal('merge-bins'), where: z.tuple([selectionSchema]) }),
  z.strictObject({ ...ofOutput, verb: z.literal('scale'), factor: z.number() }),
  z.strictObject({ ...ofOutput, verb: z.literal('cap'), low: z.number().exactOptional(), high: z.number().exactOptional(), where: where.exactOptional() }),
  z.strictObject({ ...base, verb: z.literal('remove') }),
])
