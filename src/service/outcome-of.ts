import type { Json } from '#core/canonical-json'
import type { PhaseName } from '#core/phase-names'
import { isStarted, type Run } from '#core/run'
import type { ServiceInput } from './ports.ts'

/** What a phase of a run came to; null where it has not, or was skipped. */
export async function outcomeOf({ blobs }: Pick<ServiceInput, 'blobs'>, run: Run, phase: PhaseName): Promise<Json | null> {
  const hash = isStarted(run) ? (run.phases.find((record) => record.phase === phase)?.outcome ?? null) : null
  return hash === null ? null : blobs.get(hash)
}
