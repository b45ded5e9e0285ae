import type { Json } from '#core/canonical-json'
import { tableSchema } from '#core/dataset'
import type { PhaseName } from '#core/phase-names'
import type { JsonBlobs } from '#core/ports'
import type { StartedRun } from '#core/run'
import { runTextsSchema } from '#core/run-settings'
import type { Facts } from '#phases/phase'

/** What a phase that does not read the run itself was told: the table, and the outcomes of the phases before it. */
export async function phaseFacts(run: StartedRun, phase: PhaseName, { blobs }: { readonly blobs: JsonBlobs }): Promise<Facts> {
  const [table, texts] = await Promise.all([blobs.get(run.dataset), blobs.get(run.texts)])
  const { user_query, target } = runTextsSchema.parse(texts)
  const outcomes: Partial<Record<PhaseName, Json>> = {}
  for (const record of run.phases) {
    if (record.phase === phase) break
    if (record.outcome !== null) outcomes[record.phase] = await blobs.get(record.outcome)
  }
  const { task, test, algorithm } = run.settings
  return { table: tableSchema.parse(table), texts: { user_query, target }, task, test, algorithm, outcomes, drafts: [], run: null }
}
