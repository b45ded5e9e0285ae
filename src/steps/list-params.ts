import { z } from 'zod'

/** Column names as the package takes them: a list, one name alone, or nothing. A name that is repeated counts once. */
export const namesParam = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .transform((names): readonly string[] => {
    if (names === null || names === undefined || names === '') return []
    return typeof names === 'string' ? [names] : [...new Set(names)]
  })

/** A whole number, or one that is written as text. */
export const wholeParam = z.union([z.int(), z.string().regex(/^\s*[+-]?\d+(?:\.0*)?\s*$/u, 'a whole number was expected').transform(Number).pipe(z.int())])
