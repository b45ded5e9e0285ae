import { accept, type Result } from '#core/errors'
import { numberText, percentText } from '#core/number-text'
import { compareFolds } from '#ml/fold-comparison'
import type { MetricName } from '#ml/metrics'
import type { PairedDifference } from '#ml/paired-difference'
import type { Tools } from '#phases/phase'
import type { CardJson } from './card-json.ts'
import { measureCandidates } from './measure-candidates.ts'
import type { Bench, Measured } from './measured-candidate.ts'
import { judgeCurve, type MonotoneCurve } from './monotone-curve.ts'
import { metricTitle } from './primary-metric.ts'
import type { Directions } from './schema.ts'
import { monotoneHindrance } from './trainers.ts'

/** The directions worth holding, and the glass box fitted with them; null where none is proposed. */
export interface MonotoneProposals {
  readonly directions: Directions
  readonly held: Measured | null
  /** For the card. */
  readonly shown: CardJson
}

/**
 * Finds curves that already go one way and measures, once for all of them, what holding them to it costs. They are
 * proposed only where the measured cost cannot be told from nothing.
 */
export async function proposeMonotone(
  bench: Bench,
  glassbox: Measured,
  { metric, tools }: { metric: MetricName; tools: Tools },
): Promise<Result<MonotoneProposals>> {
  const { task } = bench.rows.target
  const hindrance = monotoneHindrance(glassbox.plan.trainer, task)
  if (hindrance !== null) return accept(nothing(hindrance))
  const curves = glassbox.model.terms.flatMap((term) => (term.kind === 'numeric' ? (judgeCurve(term) ?? []) : []))
  if (curves.length === 0)
    return accept(nothing('No curve over a number goes one way within its 95 % band, so none is to be held to it.'))
  const directions = Object.fromEntries(curves.map(({ feature, direction }) => [feature, direction]))
  const measured = await measureCandidates(bench, [{ ...glassbox.plan, monotone: directions }], tools)
  if (!measured.ok) return measured
  const held = measured.value[0]
  if (held === undefined) throw new Error('a candidate without a measure')
  const difference = compareFolds(held.folds, glassbox.folds, metric)
  const harmless = difference.verdict !== 'loss' && difference.folds > 1
  const shown = {
    proposed: harmless,
    text: textOf(curves, difference, metric),
    difference: shownDifference(difference),
    features: curves.map(shownCurve),
  }
  return accept(harmless ? { directions, held, shown } : { directions: {}, held: null, shown })
}

function nothing(text: string): MonotoneProposals {
  return { directions: {}, held: null, shown: { proposed: false, text, difference: null, features: [] } }
}

function textOf(curves: readonly MonotoneCurve[], difference: PairedDifference, metric: MetricName): string {
  const title = metricTitle(metric)
  const held = ['none', 'it', 'both'][curves.length] ?? `all ${curves.length}`
  const cost = `Holding ${held} changes the ${title} in cross-validation by ${numberText(difference.difference)}`
  if (difference.folds < 2)
    return `${cost}, in one fold only, which cannot show that it costs nothing; so it is not proposed.`
  const interval = `95 % interval ${numberText(difference.low)} to ${numberText(difference.high)}; positive is better`
  if (difference.verdict === 'loss') return `${cost} (${interval}), so it is not proposed.`
  return `${cost} (${interval}): no distinguishable loss, and a person can rely on the direction.`
}

function shownDifference({ difference, low, high, folds }: PairedDifference): CardJson {
  return folds < 2 ? null : { value: difference, interval: [low, high] }
}

function shownCurve({ feature, direction, rank, along, kept }: MonotoneCurve): CardJson {
  const text = `"${feature}" is ${direction}: a curve that never turns fits into its 95 % band, and ${percentText(along)} of its movement, weighted by rows, goes that way.`
  return { feature, direction, text, rank_correlation: rank, movement_along: along, variance_kept: kept }
}
