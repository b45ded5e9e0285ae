import type { Hash } from '#core/hash'
import type { JsonBlobs } from '#core/ports'
import type { Metrics } from '#ml/metrics'
import type { Model } from '#ml/model'
import type { Prediction } from '#ml/prediction'
import type { CandidatePlan, Measured } from './measured-candidate.ts'

/** A measured candidate as JSON; JSON keeps doubles exactly. */
interface StoredCandidate {
  readonly plan: CandidatePlan
  readonly folds: Measured['folds']
  readonly rows: number[]
  readonly prediction: StoredPrediction
  readonly model: Model
  readonly trained: Metrics
}

type StoredPrediction =
  | { readonly task: 'binary'; readonly score: number[]; readonly probability: number[] }
  | { readonly task: 'multiclass'; readonly probabilities: number[][] }
  | { readonly task: 'regression'; readonly value: number[] }

/** Keeps a measured candidate, so that applying the decision need not measure it again. */
export async function storeMeasured(blobs: JsonBlobs, measured: Measured): Promise<Hash> {
  const stored: StoredCandidate = { ...measured, rows: [...measured.rows], prediction: storedPrediction(measured.prediction) }
  return blobs.put(stored)
}

/** Reads back what `storeMeasured` wrote. */
export async function readMeasured(blobs: JsonBlobs, hash: Hash): Promise<Measured> {
  // Written by this phase under this hash, so its shape is known.
  const stored = (await blobs.get(hash)) as unknown as StoredCandidate
  return { ...stored, rows: Int32Array.from(stored.rows), prediction: readPrediction(stored.prediction) }
}

function storedPrediction(prediction: Prediction): StoredPrediction {
  if (prediction.task === 'binary') return { task: 'binary', score: [...prediction.score], probability: [...prediction.probability] }
  if (prediction.task === 'regression') return { task: 'regression', value: [...prediction.value] }
  return { task: 'multiclass', probabilities: prediction.probabilities.map((column) => [...column]) }
}

function readPrediction(stored: StoredPrediction): Prediction {
  if (stored.task === 'binary') return { task: 'binary', score: Float64Array.from(stored.score), probability: Float64Array.from(stored.probability) }
  if (stored.task === 'regression') return { task: 'regression', value: Float64Array.from(stored.value) }
  return { task: 'multiclass', probabilities: stored.probabilities.map((column) => Float64Array.from(column)) }
}
