import type { Json } from '#core/canonical-json'
import { tableSchema } from '#core/dataset'
import type { PhaseName } from '#core/phase-names'
import type { StartedRun } from '#core/run'
import { runTextsSchema } from '#core/run-settings'
import type { Facts } from '#phases/phase'
import type { ServiceInput } from './ports.ts'

/** Everything that a report of an ended run is made of: all its outcomes and decisions. */
export async function reportFacts(run: StartedRun, { blobs, runs, datasets }: Pick<ServiceInput, 'blobs' | 'runs' | 'datasets'>): Promise<Facts> {
  const [table, texts, ledger, dataset] = await Promise.all([blobs.get(run.dataset), blobs.get(run.texts), runs.chain(run.run_id), datasets.get(run.dataset_id)])
  const { user_query, target, name, description } = runTextsSchema.parse(texts)
  const outcomes: Partial<Record<PhaseName, Json>> = {}
  for (const { phase, outcome } of run.phases) if (outcome !== null) outcomes[phase] = await blobs.get(outcome)
  const { run_id, started_at, decisions } = run
  const { task, test, algorithm } = run.settings
  const about = { run_id, name, description, started_at, decisions, ledger, read: dataset?.report ?? null }
  return { table: tableSchema.parse(table), texts: { user_query, target }, task, test, algorithm, outcomes, drafts: [], run: about }
}
