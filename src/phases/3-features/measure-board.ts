import type { Evidence } from '#core/decision'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import type { FoldResult } from '#ml/evaluate-fold'
import type { MetricName } from '#ml/metrics'
import type { Column } from '#ml/table'
import type { Tools } from '#phases/phase'
import { type Bench, benchMetric, evaluateSets, makeBench, withLink } from './bench.ts'
import { gainEvidence } from './draft-option.ts'
import type { Examined } from './examine-columns.ts'
import type { Redundant } from './find-redundant.ts'
import { type Gain, gainOf } from './gain.ts'
import { type Candidates, makeCandidates, proposeCandidates } from './make-candidates.ts'
import { isNearProof } from './near-proofs.ts'
import { screenCandidates } from './screen-candidates.ts'
import { measureStrengths } from './strengths.ts'
import { type Tested, testCandidates } from './test-candidates.ts'
import { usableColumns } from './usable-columns.ts'

/** Everything that was measured by cross-validation. */
export interface Board {
  readonly bench: Bench
  readonly metric: MetricName
  readonly base: readonly FoldResult[]
  readonly candidates: Candidates
  /** Candidates whose values were made and looked at. */
  readonly tried: number
  readonly tested: readonly Tested[]
  /** Candidates that say the label by themselves. */
  readonly proofs: ReadonlySet<string>
  /** By column id: what leaving it out does. */
  readonly without: ReadonlyMap<string, Gain>
  readonly withoutNoise: Gain | null
  readonly leavings: number
  /** What the recommended leaks are worth to the score. */
  readonly worth: Evidence | null
}

/** Leave-outs that are measured. */
const mostLeavings = 6

/** Measures candidates and leave-outs on the same folds; null where there are too few rows or nothing to learn from. */
export async function measureBoard(featured: Featured, examined: Examined, tools: Tools): Promise<Result<Board | null>> {
  const { honest, training } = examined
  const columns = honest.map(({ values }) => values)
  const drawn = makeBench(training, columns.length, tools.seed)
  if (columns.length === 0 || drawn.folds.length < 3) return accept(null)
  const bench = await withLink(drawn, columns, tools)
  tools.progress(0.3, 'Cross-validating the columns as they are')
  const leavings = leaveOutSets(examined, columns)
  const leaks = leakColumns(examined)
  const sets = [columns, ...leavings.map(({ columns: kept }) => kept), ...(leaks.length === 0 ? [] : [[...columns, ...leaks]])]
  const [base = [], ...folds] = await evaluateSets(bench, sets, tools)
  const metric = benchMetric(bench)
  const gains = leavings.map((_, i) => gainOf(folds[i] ?? [], base, metric))
  const worth = leaks.length === 0 ? null : gainOf(folds[leavings.length] ?? [], base, metric)
  const tested = await testFeatures({ featured, examined, bench, base, metric, columns }, tools)
  if (!tested.ok) return tested
  const noise = leavings.findIndex(({ id }) => id === null)
  return accept({
    bench,
    metric,
    base,
    ...tested.value,
    without: new Map(leavings.flatMap(({ id }, i) => (id === null || gains[i] === undefined ? [] : [[id, gains[i]]]))),
    withoutNoise: gains[noise] ?? null,
    leavings: leavings.length,
    worth: worth === null ? null : { ...gainEvidence('what the leaks are worth', worth, 1), label: 'score with the leaks' },
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
  const ids = new Set([...reconstructions.flatMap(({ parts }) => parts.map(({ column }) => column.id)), ...nearProofs.filter(({ certain }) => certain).map(({ column }) => column.column.id)])
  return loaded.filter(({ column }) => ids.has(column.id)).map(({ values }) => values)
}

interface Testing {
  readonly featured: Featured
  readonly examined: Examined
  readonly bench: Bench
  readonly base: readonly FoldResult[]
  readonly metric: MetricName
  readonly columns: readonly Column[]
}

async function testFeatures({ featured, examined, ...at }: Testing, tools: Tools): Promise<Result<Pick<Board, 'candidates' | 'tried' | 'tested' | 'proofs'>>> {
  const repeated = new Set(examined.redundant.map(({ column }) => column))
  const doubted = new Set(examined.nearProofs.map(({ column }) => column))
  const parents = examined.honest.filter((one) => !doubted.has(one))
  const candidates = proposeCandidates(featured, parents, repeated)
  tools.progress(0.45, 'Making features to try')
  const made = await makeCandidates(featured, candidates.list, tools)
  if (!made.ok) return made
  const usable = made.value.filter((one) => usableColumns([one.made]).length > 0)
  tools.progress(0.5, 'Looking for what explains the errors')
  const screened = screenCandidates({ bench: at.bench, base: at.base, made: usable })
  tools.progress(0.6, 'Testing the most promising features')
  const tested = await testCandidates({ ...at, screened }, tools)
  const alone = await measureStrengths(tested.map((one) => one.made.made), at.bench.training.target, tools)
  const proofs = new Set(tested.filter((_, i) => alone[i] !== undefined && isNearProof(alone[i])).map((one) => one.made.candidate.id))
  return accept({ candidates, tried: usable.length, tested, proofs })
}
