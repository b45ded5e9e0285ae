import type { FoldResult } from '#ml/evaluate-fold'
import type { MetricName } from '#ml/metrics'
import type { Column } from '#ml/table'
import type { Tools } from '#phases/phase'
import { type Bench, evaluateSets } from './bench.ts'
import { type Gain, gainOf, isDistinguishable } from './gain.ts'
import type { MadeCandidate } from './make-candidates.ts'
import type { Screened } from './screen-candidates.ts'

/** A candidate that was tested in full. */
export interface Tested {
  readonly made: MadeCandidate
  readonly screened: number
  readonly gain: Gain
  /** The same in AUC, for two classes; nothing is decided by it. */
  readonly ranking: Gain | null
  /** Its gain beside the features that are recommended before it; null where it was not looked at again. */
  readonly further: { readonly gain: Gain; readonly beside: readonly string[] } | null
  readonly recommended: boolean
}

/** Candidates that are tested in full, and that are recommended. */
const mostTested = 8
const mostRecommended = 3

interface Request {
  readonly bench: Bench
  /** The columns that the model takes without any candidate. */
  readonly columns: readonly Column[]
  readonly base: readonly FoldResult[]
  readonly metric: MetricName
  readonly screened: readonly Screened[]
}

/**
 * Tests the most promising candidates with the glass box, each on the same folds with and without it, and recommends step
 * by step those that still add something beside the ones before. All candidates count as tries, tested in full or not.
 */
export async function testCandidates(request: Request, tools: Tools): Promise<Tested[]> {
  const { bench, base, metric, columns } = request
  const chosen = chosenCandidates(request.screened)
  const tried = request.screened.length
  const folds = await evaluateSets(bench, chosen.map(({ made }) => withCandidate(columns, made)), tools)
  const tested = chosen.map((one, i): Tested => ({ made: one.made, screened: one.share, gain: gainOf(folds[i] ?? [], base, metric), ranking: bench.training.target.task === 'binary' ? gainOf(folds[i] ?? [], base, 'auc') : null, further: null, recommended: false }))
  tested.sort((a, b) => b.gain.difference - a.gain.difference)
  return recommendStepwise(tested, { ...request, tried }, tools)
}

/** Maps of ordered scales say nothing new, only in another way, so that errors cannot tell: they are always tested. */
function chosenCandidates(screened: readonly Screened[]): Screened[] {
  const maps = screened.filter(({ made }) => made.candidate.kind === 'ordinal_map').slice(0, 4)
  const others = screened.filter(({ made, share }) => made.candidate.kind !== 'ordinal_map' && share > 0)
  return [...maps, ...others].slice(0, mostTested)
}

function withCandidate(columns: readonly Column[], { candidate, made }: MadeCandidate): Column[] {
  const name = `+${candidate.id}`
  return [...columns.filter((column) => column.name !== candidate.replaces), { ...made.values, name }]
}

async function recommendStepwise(tested: Tested[], request: Request & { readonly tried: number }, tools: Tools): Promise<Tested[]> {
  const { bench, metric, tried } = request
  let open = tested.filter(({ gain }) => isDistinguishable(gain, tried))
  let [columns, base] = [request.columns, request.base]
  const taken: Tested[] = []
  const done = new Map<string, Tested>()
  while (open.length > 0 && taken.length < mostRecommended) {
    const [best, ...rest] = open
    if (best === undefined) break
    const recommended = { ...best, recommended: true }
    taken.push(recommended)
    done.set(best.made.candidate.id, recommended)
    if (rest.length === 0) break
    columns = withCandidate(columns, best.made)
    const sets = [columns, ...rest.map(({ made }) => withCandidate(columns, made))]
    const [joint, ...folds] = await evaluateSets(bench, sets, tools)
    base = joint ?? base
    const beside = taken.map(({ made }) => made.candidate.name)
    const again = rest.map((one, i): Tested => ({ ...one, further: { gain: gainOf(folds[i] ?? [], base, metric), beside } }))
    for (const one of again) done.set(one.made.candidate.id, one)
    open = again.filter(({ further }) => further !== null && isDistinguishable(further.gain, tried)).sort((a, b) => (b.further?.gain.difference ?? 0) - (a.further?.gain.difference ?? 0))
  }
  return tested.map((one) => done.get(one.made.candidate.id) ?? one)
}
