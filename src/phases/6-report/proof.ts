import type { Json } from '#core/canonical-json'
import type { JsonBlobs } from '#core/ports'
import type { RunFacts } from '#phases/phase'
import type { Proof } from './blocks.ts'
import type { DecisionRecord } from './material.ts'

interface Proven {
  readonly decisions: readonly DecisionRecord[]
  /** The outcome of training. */
  readonly trained: Json
  readonly blobs: JsonBlobs
}

/** The ledger of the run, and what its events name by hash that a checker needs: answers, decisions, the trained model's record. */
export async function proofOf({ ledger }: RunFacts, { decisions, trained, blobs }: Proven): Promise<Proof> {
  const artifacts: Record<string, Json> = {}
  for (const { made, answer, decision } of decisions) {
    artifacts[made.answer] = answer
    artifacts[made.decision] = decision
  }
  // An artifact is named by its content, so storing it again only tells its name.
  if (trained !== null) artifacts[await blobs.put(trained)] = trained
  return { ledger, artifacts }
}
