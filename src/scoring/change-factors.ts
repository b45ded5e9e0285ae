import type { ChangeProblem, PairGain } from '#ml/change-problem'
import { featuresOfTerm } from '#ml/model'
import type { Prepared, QuickScorer } from './quick-scorer.ts'
import type { RawRow } from './row-reader.ts'
import type { ScorerDocument } from './scorer-schema.ts'
import type { Axis } from './what-if-axis.ts'
import type { Goal } from './what-if-goal.ts'

interface FactorInput {
  readonly document: ScorerDocument
  readonly scorer: QuickScorer
  readonly row: RawRow
  readonly axes: readonly Axis[]
  readonly goal: Goal
}

type Factors = Pick<ChangeProblem, 'gains' | 'pairs' | 'needs' | 'joint'>

/** Most variants of a row that are prepared or scored to tell what the choices add. */
const mostVariants = 300_000

/**
 * What the choices of the columns add to the sums of the goal, each by itself and two together. A term depends on the
 * columns that its features are made of; null where one depends on more than two, or the model is made of trees.
 */
export function* changeFactors({ document, scorer, row, axes, goal }: FactorInput): Generator<void, Factors | null> {
  const { model } = document
  if (model.forest !== undefined) return null
  const base = scorer.prepare(row)
  const variants: Prepared[][] = []
  for (const { column, cells } of axes) {
    variants.push(cells.map((cell, choice) => (choice === 0 ? base : scorer.prepare({ ...row, [column]: cell }))))
    yield
  }
  const sources = sourcesOf(scorer, axes)
  const groups = termGroups(document, sources)
  if (groups.some(({ columns }) => columns.length > 2)) return null
  const work = groups.reduce((sum, { columns }) => sum + columns.reduce((product, a) => product * (axes[a]?.cells.length ?? 1), 1), 0)
  if (work > mostVariants) return null
  const sumsOf = (scores: readonly number[]): number[] => goal.components.map(({ weights }) => weights.reduce((sum, weight, k) => sum + weight * (scores[k] ?? 0), 0))
  const gains = axes.map(({ cells }) => goal.components.map(() => new Float64Array(cells.length)))
  const pairs: PairGain[] = []
  for (const { columns, terms } of groups) {
    yield
    const score = scorer.termScores(terms)
    const [first = 0, second] = columns
    const at = sumsOf(score(base))
    const alone = (axis: number) => (variants[axis] ?? []).map((prepared) => sumsOf(score(prepared)))
    const ofFirst = alone(first)
    addAlone(gains[first] ?? [], ofFirst, at)
    if (second === undefined) continue
    const ofSecond = alone(second)
    addAlone(gains[second] ?? [], ofSecond, at)
    const together = togetherOf({ scorer, row, axes, variants, sources }, [first, second])
    const cells = goal.components.map(() => new Float64Array(ofFirst.length * ofSecond.length))
    for (let a = 1; a < ofFirst.length; a++) {
      for (let b = 1; b < ofSecond.length; b++) {
        const sums = sumsOf(score(together(a, b)))
        for (const [k, of] of cells.entries()) of[a * ofSecond.length + b] = (sums[k] ?? 0) - (ofFirst[a]?.[k] ?? 0) - (ofSecond[b]?.[k] ?? 0) + (at[k] ?? 0)
      }
    }
    pairs.push({ first, second, gains: cells })
  }
  const now = sumsOf(scorer.scores(base))
  return { gains, pairs, needs: goal.components.map(({ least }, k) => least - (now[k] ?? 0)), joint: goal.joint === null ? null : { start: now, least: goal.joint } }
}

function addAlone(gains: readonly Float64Array[], sums: readonly (readonly number[])[], at: readonly number[]): void {
  for (const [k, of] of gains.entries()) for (const [choice, values] of sums.entries()) of[choice] = (of[choice] ?? 0) + (values[k] ?? 0) - (at[k] ?? 0)
}

/** By feature: the places of the columns that it is made of. */
function sourcesOf({ lineage }: QuickScorer, axes: readonly Axis[]): Map<string, number[]> {
  const places = new Map(axes.map(({ column }, place) => [column, place]))
  const sources = new Map<string, number[]>()
  for (const { from, to } of lineage) {
    const place = places.get(from)
    const known = sources.get(to) ?? []
    if (place !== undefined && !known.includes(place)) sources.set(to, [...known, place])
  }
  return sources
}

/** Terms by the columns that they depend on; those that depend on none are left out. */
function termGroups({ model }: ScorerDocument, sources: ReadonlyMap<string, readonly number[]>): { columns: number[]; terms: number[] }[] {
  const groups = new Map<string, { columns: number[]; terms: number[] }>()
  for (const [place, term] of model.terms.entries()) {
    const columns = [...new Set(featuresOfTerm(term).flatMap((feature) => sources.get(feature) ?? []))].sort((a, b) => a - b)
    if (columns.length === 0) continue
    const group = groups.get(columns.join()) ?? { columns, terms: [] }
    group.terms.push(place)
    groups.set(columns.join(), group)
  }
  return [...groups.values()]
}

interface Variants {
  readonly scorer: QuickScorer
  readonly row: RawRow
  readonly axes: readonly Axis[]
  readonly variants: readonly (readonly Prepared[])[]
  readonly sources: ReadonlyMap<string, readonly number[]>
}

/** The row with two columns changed; it runs through the pipeline only where a feature is made of both. */
function togetherOf({ scorer, row, axes, variants, sources }: Variants, [first, second]: readonly [number, number]): (a: number, b: number) => Prepared {
  const mixed = [...sources.values()].some((columns) => columns.includes(first) && columns.includes(second))
  const [one, other] = [axes[first], axes[second]]
  if (one === undefined || other === undefined) throw new Error('a pair of columns that are not there')
  if (mixed) return (a, b) => scorer.prepare({ ...row, [one.column]: one.cells[a] ?? null, [other.column]: other.cells[b] ?? null })
  const ofSecond = [...sources].filter(([, columns]) => columns.includes(second)).map(([feature]) => feature)
  return (a, b) => {
    const prepared: Record<string, Prepared[string]> = { ...variants[first]?.[a] }
    for (const feature of ofSecond) prepared[feature] = variants[second]?.[b]?.[feature] ?? null
    return prepared
  }
}
