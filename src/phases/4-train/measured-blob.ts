import type { Hash } from '#core/hash'
import type { JsonBlobs } from '#core/ports'
import type { Measured, OutOfFold } from './measured-candidate.ts'

/** A measured candidate as JSON; JSON keeps doubles exactly. */
type StoredCandidate = Omit<Measured, 'outOfFold'> & {
  readonly outOfFold: { readonly rows: number[]; readonly scores: number[] } | null
}

/** Keeps a measured candidate, so that applying the decision need not measure it again. */
export async function storeMeasured(blobs: JsonBlobs, measured: Measured): Promise<Hash> {
  const { outOfFold } = measured
  const stored: StoredCandidate = {
    ...measured,
    outOfFold: outOfFold === null ? null : { rows: [...outOfFold.rows], scores: [...outOfFold.scores] },
  }
  return blobs.put(stored)
}

/** Reads back what `storeMeasured` wrote. */
export async function readMeasured(blobs: JsonBlobs, hash: Hash): Promise<Measured> {
  // Written by this phase under this hash, so its shape is known.
  const stored = (await blobs.get(hash)) as unknown as StoredCandidate
  return { ...stored, outOfFold: stored.outOfFold === null ? null : readScores(stored.outOfFold) }
}

function readScores({ rows, scores }: { readonly rows: number[]; readonly scores: number[] }): OutOfFold {
  return { rows: Int32Array.from(rows), scores: Float64Array.from(scores) }
}
