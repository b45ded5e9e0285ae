import type { FoldResult } from '#ml/evaluate-fold'
import type { Tools } from '#phases/phase'
import { evaluateSets } from './bench.ts'
import { columnsAdded } from './candidate.ts'
import { type Gain, gainOf, isDistinguishable, type JudgedGain, judgeGains } from './gain.ts'
import { type Against, type Tested, withCandidate } from './test-candidates.ts'

/** One more feature beside those before it. */
export interface CurvePoint {
  readonly tested: Tested
  /** Columns that the model has more than at the start. */
  readonly columns: number
  /** What all features up to here gain together. */
  readonly gain: Gain
  /** What this one gains beside those before it. */
  readonly further: JudgedGain
}

/** Features taken one after another, what they gain together, and what is left of the others beside them. */
export interface GainCurve {
  readonly points: readonly CurvePoint[]
  /** Points up to the knee: behind it, none gains distinguishably. These are recommended. */
  readonly knee: number
  /** By candidate id: the gain beside the recommended ones, where it was looked at. */
  readonly beside: ReadonlyMap<string, { readonly gain: JudgedGain; readonly names: readonly string[] }>
}

/** Features that are recommended at most. */
const mostRecommended = 4

/** A feature in line for the next place, as it was last judged beside those that are taken. */
interface Standing {
  readonly tested: Tested
  readonly gain: JudgedGain
  readonly folds: readonly FoldResult[]
}

/**
 * Takes the feature that gains most per added column, judges the others beside it, and so on: the curve of what the
 * features gain together. Its knee is the last one that still gains distinguishably; one point behind it shows the bend.
 */
export async function gainCurve(against: Against, tested: readonly Tested[], { tried, tools }: { readonly tried: number; readonly tools: Tools }): Promise<GainCurve> {
  const points: CurvePoint[] = []
  const beside = new Map<string, { readonly gain: JudgedGain; readonly names: readonly string[] }>()
  let standing = tested.filter(({ gain }) => gain.difference > 0).map((one): Standing => ({ tested: one, gain: one.gain, folds: one.folds }))
  let open = standing.filter(({ gain }) => isDistinguishable(gain))
  let columns = against.columns
  for (let [best, ...rest] = open; best !== undefined && points.length < mostRecommended; [best, ...rest] = open) {
    const { tested: taken, folds: base } = best
    points.push(pointOf(best, points.at(-1), against))
    columns = withCandidate(columns, taken.made)
    standing = standing.filter((one) => one.tested !== taken)
    // Where nothing else was distinguishable alone, the most promising of the others shows how the curve goes on.
    const next = rest.length > 0 ? rest : standing.slice(0, 1)
    if (next.length === 0) return { points, knee: points.length, beside }
    const folds = await evaluateSets(against.bench, next.map((one) => withCandidate(columns, one.tested.made)), { tools })
    const gains = judgeGains(folds.map((own) => gainOf(own, base, against.metric)), tried)
    const names = points.map((point) => point.tested.made.candidate.name)
    const again = next.flatMap((one, i): Standing[] => {
      const gain = gains[i]
      if (gain === undefined) return []
      beside.set(one.tested.made.candidate.id, { gain, names })
      return [{ tested: one.tested, gain, folds: folds[i] ?? [] }]
    })
    again.sort((a, b) => perColumn(b) - perColumn(a))
    standing = again
    open = rest.length > 0 ? again.filter(({ gain }) => isDistinguishable(gain)) : []
  }
  const [behind] = standing
  return { points: behind === undefined ? points : [...points, pointOf(behind, points.at(-1), against)], knee: points.length, beside }
}

function perColumn({ tested, gain }: Standing): number {
  return gain.difference / Math.max(1, columnsAdded(tested.made.candidate))
}

function pointOf({ tested, gain, folds }: Standing, before: CurvePoint | undefined, { base, metric }: Against): CurvePoint {
  return {
    tested,
    columns: (before?.columns ?? 0) + columnsAdded(tested.made.candidate),
    gain: before === undefined ? gain : gainOf(folds, base, metric),
    further: gain,
  }
}
