import type { Json } from '#core/canonical-json'
import { tableSchema } from '#core/dataset'
import type { PhaseName } from '#core/phase-names'
import type { StartedRun } from '#core/run'
import { runTextsSchema } from '#core/run-settings'
import type { Facts, Phase, RunFacts } from '#phases/phase'
import type { EngineInput } from './ports.ts'

/**
 * Everything that a phase of this run may know, read from the blobs that its events name. What hangs on the very run, such
 * as its report, is kept from phases that do not, so that their results are found again in another run.
 */
export async function gatherFacts(run: StartedRun, { name: phase, readsRun }: Phase, { blobs, phases, store }: Pick<EngineInput, 'blobs' | 'phases' | 'store'>): Promise<Facts> {
  const ofRun = new Set(phases.filter((other) => other.readsRun === true).map((other) => other.name))
  const [table, texts] = await Promise.all([blobs.get(run.dataset), blobs.get(run.texts)])
  const { user_query, target, name, description } = runTextsSchema.parse(texts)
  const outcomes: Partial<Record<PhaseName, Json>> = {}
  for (const record of run.phases) {
    if (record.phase === phase) break
    if (record.outcome !== null && (readsRun === true || !ofRun.has(record.phase))) outcomes[record.phase] = await blobs.get(record.outcome)
  }
  const drafts: Json[] = []
  for (const made of run.decisions) if (made.phase === phase && !made.closes) drafts.push(await blobs.get(made.decision))
  const { task, test, algorithm } = run.settings
  const { run_id, started_at, decisions } = run
  const about = readsRun === true ? { run_id, name, description, started_at, decisions, ...(await recordOf(run, store)) } : null
  return { table: tableSchema.parse(table), texts: { user_query, target }, task, test, algorithm, outcomes, drafts, run: about }
}

/** The ledger up to the last decision, so that an applying that is tried again says the same, and how the file was read. */
async function recordOf({ run_id, dataset_id, decisions }: StartedRun, store: EngineInput['store']): Promise<Pick<RunFacts, 'ledger' | 'read'>> {
  const [events, read] = await Promise.all([store.chain(run_id), store.readReport(dataset_id)])
  const made = events.filter(({ type }) => type === 'decision-made')
  const last = made[decisions.length - 1]
  return { ledger: last === undefined ? [] : events.filter(({ seq }) => seq <= last.seq), read }
}
