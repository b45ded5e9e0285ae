import type { FoldResult } from '#ml/evaluate-fold'
import type { MetricName } from '#ml/metrics'
import type { Column } from '#ml/table'
import type { Tools } from '#phases/phase'
import { type Bench, evaluateSets } from './bench.ts'
import { type Gain, gainOf, type JudgedGain, judgeGains } from './gain.ts'
import type { MadeCandidate } from './make-candidates.ts'
import { type Candidate, columnsAdded } from './candidate.ts'
import type { Screened } from './screen-candidates.ts'

/** A candidate that was tested in full. */
export interface Tested {
  readonly made: MadeCandidate
  readonly screened: number
  readonly gain: JudgedGain
  /** The gain for each column that the model has more; of one that changes in place, the gain itself. */
  readonly perColumn: number
  /** The same in AUC, for two classes; nothing is decided by it. */
  readonly ranking: JudgedGain | null
  /** What it was judged on. */
  readonly folds: readonly FoldResult[]
}

/** Candidates that are tested in full. */
const mostTested = 8
/** A candidate whose gain on the first folds may be chance with a higher probability is not tested on the others. */
const hopeless = 0.3
/** With so many rows or fewer the first folds are a whole division, with more half of one. */
const fewRows = 1_000

/** What candidates are tested against. */
export interface Against {
  readonly bench: Bench
  /** The columns that the model takes without any candidate. */
  readonly columns: readonly Column[]
  readonly base: readonly FoldResult[]
  readonly metric: MetricName
}

/**
 * Tests the most promising candidates with the glass box, each on the same folds with and without it, those with the
 * highest gain per added column first. `tried` are all that were looked at, tested or not.
 */
export async function testCandidates(against: Against, screened: readonly Screened[], { tried, tools }: { readonly tried: number; readonly tools: Tools }): Promise<Tested[]> {
  const { bench, base, metric } = against
  const chosen = chosenCandidates(screened)
  const folds = await foldsOf(against, chosen.map(({ made }) => withCandidate(against.columns, made)), tools)
  const isBinary = bench.training.target.task === 'binary'
  const judge = (measure: MetricName): JudgedGain[] => judgeGains(folds.map((own) => gainOf(own, base, measure)), tried)
  const [gains, rankings] = [judge(metric), isBinary ? judge('auc') : []]
  const tested = chosen.flatMap(({ made, share }, i): Tested[] => {
    const gain = gains[i]
    if (gain === undefined) return []
    const perColumn = gain.difference / Math.max(1, columnsAdded(made.candidate))
    return [{ made, screened: share, gain, perColumn, ranking: rankings[i] ?? null, folds: folds[i] ?? [] }]
  })
  return tested.sort((a, b) => b.perColumn - a.perColumn)
}

/** Maps of ordered scales say nothing new, only in another way, so that errors cannot tell: they are always tested. */
export function chosenCandidates(screened: readonly Screened[]): Screened[] {
  const maps = screened.filter(({ made }) => made.candidate.kind === 'ordinal_map').slice(0, 4)
  const others = screened.filter(({ made, share }) => made.candidate.kind !== 'ordinal_map' && share > 0)
  return [...maps, ...others].slice(0, mostTested)
}

/** What the bench calls the candidate's column. */
export function nameInBench({ id }: Candidate): string {
  return `+${id}`
}

/** The columns with the candidate beside them, or in the place of the one that it replaces. */
export function withCandidate(columns: readonly Column[], { candidate, made }: MadeCandidate): Column[] {
  return [...columns.filter((column) => column.name !== candidate.replaces), { ...made.values, name: nameInBench(candidate) }]
}

/**
 * The sets on the first folds, and on the others those that are not hopeless by then: giving up early makes no finding
 * more likely.
 */
async function foldsOf({ bench, base, metric }: Against, sets: readonly (readonly Column[])[], { progress, ...tools }: Tools): Promise<FoldResult[][]> {
  const all = bench.folds.length
  const few = bench.rows.length <= fewRows ? bench.once : Math.ceil(bench.once / 2)
  const first = await evaluateSets(bench, sets, { tools: { ...tools, progress: (fraction) => progress(fraction / 2) }, range: [0, few] })
  if (few === all) return first
  const hopeful = first.map((own) => isHopeful(gainOf(own, base, metric)))
  const kept = sets.filter((_, i) => hopeful[i])
  const further = await evaluateSets(bench, kept, { tools: { ...tools, progress: (fraction) => progress(0.5 + fraction / 2) }, range: [few, all] })
  let next = 0
  return first.map((own, i) => (hopeful[i] ? [...own, ...(further[next++] ?? [])] : own))
}

function isHopeful({ difference, p }: Gain): boolean {
  return difference > 0 && p < hopeless
}
