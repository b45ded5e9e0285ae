import { z } from 'zod'
import type { TestRows } from '#core/run-settings'

const indexSchema = z
  .tuple([z.int().min(2).max(100), z.int().min(0).max(99)])
  .refine(([modulus, rest]) => rest < modulus, 'a second number below the first')

/**
 * Which rows are sealed, as a client writes it: `{share, seed}`, or `{index: [5, 4]}` for every row whose index among
 * labelled rows is 4 modulo 5. One object instead of a union, so that a wrong member is named as such.
 */
export const testRowsInputSchema = z
  .object({
    share: z.number().min(0.05).max(0.5).nullish().meta({ default: 0.2 }),
    seed: z
      .int()
      .min(0)
      .max(2 ** 31)
      .nullish()
      .meta({ default: 1 }),
    index: indexSchema.nullish(),
  })
  .refine(({ share, index }) => share == null || index == null, 'either share or index, not both')
  .transform(
    ({ share, seed, index }): TestRows => (index == null ? { share: share ?? 0.2, seed: seed ?? 1 } : { index }),
  )
