import { z } from 'zod'
import type { ShapeLevel, ShapeStep } from '#studio/components/plots/shape-data.ts'

const byOutput = z.array(z.array(z.number()))
const numericSchema = z.object({ kind: z.literal('numeric'), feature: z.string(), importance: z.number(), edges: z.array(z.number()), scores: byOutput, lower: byOutput.optional(), upper: byOutput.optional(), weight: z.array(z.number()) })
const categorySchema = z.object({ kind: z.literal('category'), feature: z.string(), importance: z.number(), levels: z.array(z.string()), bins: z.array(z.int()), scores: byOutput, lower: byOutput.optional(), upper: byOutput.optional(), weight: z.array(z.number()) })
const slopeSchema = z.object({ kind: z.literal('slope'), feature: z.string(), importance: z.number(), mean: z.number(), scale: z.number(), slope: z.array(z.number()), shift: z.array(z.number()) })
const termSchema = z.discriminatedUnion('kind', [numericSchema, categorySchema, slopeSchema])

/** What one column adds, as steps of a number or as levels. */
export interface TermShape {
  readonly feature: string
  readonly importance: number
  readonly steps: readonly ShapeStep[] | null
  readonly levels: readonly ShapeLevel[] | null
}

/** The shapes of single columns for one output; terms of two columns have no curve to lay over another. */
export function shapesOf(terms: readonly unknown[], output: number): TermShape[] {
  return terms.flatMap((term) => {
    const read = termSchema.safeParse(term)
    if (!read.success) return []
    const { feature, importance } = read.data
    return [{ feature, importance, steps: stepsOf(read.data, output), levels: levelsOf(read.data, output) }]
  })
}

type Term = z.infer<typeof termSchema>

const pieces = 40

function stepsOf(term: Term, output: number): ShapeStep[] | null {
  if (term.kind === 'category') return null
  if (term.kind === 'slope') {
    // A line is drawn where most of its values lie.
    const { mean, scale } = term
    const [low, width] = [mean - 2.5 * scale, (5 * scale) / pieces]
    return Array.from({ length: pieces }, (_, index) => {
      const from = low + index * width
      return { from, to: from + width, score: (term.slope[output] ?? 0) * (from + width / 2 - mean) + (term.shift[output] ?? 0), low: null, high: null, rows: Number.NaN }
    })
  }
  const { edges, scores, lower, upper, weight } = term
  return (scores[output] ?? []).map((score, index) => ({ from: edges[index - 1] ?? null, to: edges[index] ?? null, score, low: lower?.[output]?.[index] ?? null, high: upper?.[output]?.[index] ?? null, rows: weight[index] ?? 0 }))
}

/** Each level by itself, so that two models that group levels otherwise can be laid over each other. */
function levelsOf(term: Term, output: number): ShapeLevel[] | null {
  if (term.kind !== 'category') return null
  const { levels, bins, scores, lower, upper, weight } = term
  return levels.map((level, index) => {
    const bin = bins[index] ?? index
    return { levels: [level], score: scores[output]?.[bin] ?? 0, low: lower?.[output]?.[bin] ?? null, high: upper?.[output]?.[bin] ?? null, rows: weight[bin] ?? 0 }
  })
}
