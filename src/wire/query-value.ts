import { z } from 'zod'

const truths = { true: true, True: true, '1': true, false: false, False: false, '0': false } as const

/** A boolean in a query, also as Python writes it. */
export const queryBooleanSchema = z
  .enum(['true', 'false', 'True', 'False', '1', '0'])
  .transform((text): boolean => truths[text])

/** A whole number in a query. */
export function queryIntegerSchema(range: { min: number; max: number }) {
  return z.coerce.number().pipe(z.int().min(range.min).max(range.max))
}

/** The place to go on from, as the answer before gave it; its inside is not for clients. */
export const cursorSchema = z.string().min(1).max(500)
