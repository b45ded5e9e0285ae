import type { Evidence } from '#core/decision'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import { progressRange } from '#core/progress-range'
import type { FoldResult } from '#ml/evaluate-fold'
import type { MetricName } from '#ml/metrics'
import type { Column } from '#ml/table'
import type { Facts, Tools } from '#phases/phase'
import { compilePipeline } from '#steps/compile-pipeline'
import { learnedColumns } from '#steps/learned-columns'
import { type Bench, benchMetric, evaluateSets, makeBench, withLink } from './bench.ts'
import { gainEvidence } from './draft-option.ts'
import type { Examined } from './examine-columns.ts'
import { type FoldColumns, foldColumns } from './fold-columns.ts'
import type { Redundant } from './find-redundant.ts'
import { gainOf, type JudgedGain, judgeGains } from './gain.ts'
import { isCertainFormula } from './near-proofs.ts'
import { type TestedFeatures, testFeatures } from './test-features.ts'

/** Everything that was measured by cross-validation. */
export interface Board extends TestedFeatures {
  readonly bench: Bench
  readonly metric: MetricName
  readonly base: readonly FoldResult[]
  /** By column id: what leaving it out does. */
  readonly without: ReadonlyMap<string, JudgedGain>
  readonly withoutNoise: JudgedGain | null
  /** What the recommended leaks are worth to the score. */
  readonly worth: Evidence | null
}

/** Leave-outs that are measured. */
const mostLeavings = 6

/** What is measured, of which columns. */
export interface Measured {
  readonly facts: Facts
  readonly featured: Featured
  readonly examined: Examined
}

/** The columns that hang on what steps learnt, with those steps fitted on each fold's learning rows alone. */
async function learnedByFold({ facts, featured, examined, bench }: Measured & { readonly bench: Bench }, tools: Tools): Promise<Result<FoldColumns[]>> {
  if (featured.state === undefined) return accept([])
  const pipeline = compilePipeline(featured.spec, facts.table.columns, featured.state)
  if (!pipeline.ok) return pipeline
  const learned = learnedColumns(pipeline.value.steps)
  const wanted = examined.loaded.filter(({ column }) => learned.has(column.id)).map(({ column, values }) => ({ column, name: values.name }))
  return foldColumns({ facts, featured, bench, steps: [], wanted }, tools)
}

/** Measures candidates and leave-outs on the same folds; null where there are too few rows or nothing to learn from. */
export async function measureBoard({ facts, featured, examined }: Measured, tools: Tools): Promise<Result<Board | null>> {
  const { honest, training } = examined
  const columns = honest.map(({ values }) => values)
  const drawn = makeBench(training, columns.length, tools.seed)
  if (columns.length === 0 || drawn.folds.length < 3) return accept(null)
  const learned = await learnedByFold({ facts, featured, examined, bench: drawn }, tools)
  if (!learned.ok) return learned
  const bench = await withLink({ ...drawn, foldColumns: learned.value }, columns, tools)
  const leavings = leaveOutSets(examined, columns)
  const leaks = leakColumns(examined)
  const sets = [columns, ...leavings.map(({ columns: kept }) => kept), ...(leaks.length === 0 ? [] : [[...columns, ...leaks]])]
  const [base = [], ...folds] = await evaluateSets(bench, sets, { tools: { ...tools, progress: progressRange(tools.progress, [0.25, 0.42], 'Cross-validating the columns as they are') } })
  const metric = benchMetric(bench)
  const gains = judgeGains(leavings.map((_, i) => gainOf(folds[i] ?? [], base, metric)))
  const [worth] = leaks.length === 0 ? [] : judgeGains([gainOf(folds[leavings.length] ?? [], base, metric)])
  const tested = await testFeatures({ facts, featured, examined, bench, base, metric, columns }, tools)
  if (!tested.ok) return tested
  const noise = leavings.findIndex(({ id }) => id === null)
  return accept({
    bench,
    metric,
    base,
    ...tested.value,
    without: new Map(leavings.flatMap(({ id }, i) => (id === null || gains[i] === undefined ? [] : [[id, gains[i]]]))),
    withoutNoise: gains[noise] ?? null,
    worth: worth === undefined ? null : { ...gainEvidence('what the leaks are worth', worth), label: 'score with the leaks' },
  })
}

interface LeaveOutSet {
  /** The column that is left out; null for all that say nothing alone. */
  readonly id: string | null
  readonly columns: readonly Column[]
}

function leaveOutSets({ redundant, noise }: Examined, columns: readonly Column[]): LeaveOutSet[] {
  const without = (gone: readonly string[]): Column[] => columns.filter((column) => !gone.includes(column.name))
  const same = redundant.slice(0, mostLeavings).map(({ column: { column } }: Redundant): LeaveOutSet => ({ id: column.id, columns: without([column.id]) }))
  const kept = without(noise.map(({ column }) => column.id))
  return [...same, ...(noise.length === 0 || kept.length === 0 ? [] : [{ id: null, columns: kept }])]
}

function leakColumns({ reconstructions, nearProofs, loaded }: Examined): Column[] {
  const ids = new Set([...reconstructions.filter(isCertainFormula).flatMap(({ parts }) => parts.map(({ column }) => column.id)), ...nearProofs.filter(({ certain }) => certain).map(({ column }) => column.column.id)])
  return loaded.filter(({ column }) => ids.has(column.id)).map(({ values }) => values)
}
