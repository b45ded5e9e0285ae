import type { Json } from '#core/canonical-json'
import type { Proposal } from '#core/decision'
import type { JsonBlobs } from '#core/ports'
import { compareFolds } from '#ml/fold-comparison'
import { higherIsBetter, type MetricName } from '#ml/metrics'
import { meansJson, metricsJson } from './board-json.ts'
import { readMeasured } from './measured-blob.ts'
import type { Measured } from './measured-candidate.ts'
import { higherOrLower, metricTitle, wireName } from './primary-metric.ts'
import { partsJson } from './model-parts.ts'
import { basisSchema } from './schema.ts'
import { shapesJson } from './shape-json.ts'
import { trainerFacts } from './trainers.ts'

/** What is known of a model that was measured for a card, without the sealed rows. */
export function modelEvidence(measured: Measured, against: Measured | null = null): Record<string, Json> {
  const { plan, model, folds } = measured
  return {
    trainer: plan.trainer,
    title: trainerFacts(plan.trainer).title,
    monotone: { ...plan.monotone },
    folds: folds.length,
    metrics: meansJson(folds),
    trained: metricsJson(measured.trained),
    calibration_error: measured.calibrationError,
    ...partsJson(model),
    link: model.link,
    classes: model.classes ?? null,
    intercepts: [...model.intercepts],
    // What trees say of one column alone is not what they add: the columns act together.
    shapes_are: model.forest === undefined ? 'terms' : 'partial dependence',
    shapes: shapesJson(model),
    fresh: measured.fresh ?? null,
    against: against === null ? null : differencesJson(measured, against),
  }
}

/** How much better it is than the other on the same folds, by every measure that both define; positive is better. */
export function differencesJson(measured: Measured, other: Measured): Json {
  const names = [...new Set(measured.folds.flatMap(({ metrics }) => Object.keys(metrics)))]
  // The keys of a fold's figures are metric names.
  const known = (names as MetricName[]).filter((name) => other.folds.some(({ metrics }) => metrics[name] !== undefined))
  return known.map((name) => {
    const { difference, low, high, folds, verdict } = compareFolds(measured.folds, other.folds, name)
    const interval = folds < 2 || !Number.isFinite(low) || !Number.isFinite(high) ? null : [low, high]
    return { metric: wireName(name), title: metricTitle(name), better: higherOrLower(name), higher_is_better: higherIsBetter(name), difference, interval, verdict: folds < 2 ? 'no distinguishable gain' : verdict }
  })
}

/** The models of one trainer that a card rests on: as it is, and with the directions that the card proposes for it. */
export async function candidateEvidence(proposal: Proposal, trainer: string, blobs: JsonBlobs): Promise<{ readonly free: Json; readonly held: Json } | null> {
  const kept = basisSchema.parse(proposal.basis).measured.filter((one) => one.trainer === trainer)
  const plain = kept.find(({ monotone }) => Object.keys(monotone).length === 0)
  if (plain === undefined) return null
  const free = await readMeasured(blobs, plain.blob)
  const directed = kept.find(({ monotone }) => Object.keys(monotone).length > 0)
  const held = directed === undefined ? null : await readMeasured(blobs, directed.blob)
  return { free: modelEvidence(free), held: held === null ? null : modelEvidence(held, free) }
}
