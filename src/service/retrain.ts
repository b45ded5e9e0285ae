import { accept, refuse, type Result } from '#core/errors'
import type { Actor } from '#core/event'
import { phaseNames, type PhaseName } from '#core/phase-names'
import { readGates, readPhasePlan } from '#core/phase-plan'
import type { Replay } from '#core/replay'
import { phaseRecord, type CompletedRun } from '#core/run'
import { runTextsSchema } from '#core/run-settings'
import type { Trained } from '#core/outcomes'
import type { RetrainAnswer, RetrainBody } from '#wire/retrain'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import { retrainChanges } from './retrain-changes.ts'
import { retrainTable, type RetrainTable } from './retrain-table.ts'
import { trainedOf } from './run-view.ts'
import type { Caller } from './signalbox.ts'

/** Starts a run that decides as a completed one did, on its table or another, and makes a new version of its model. */
export async function retrain(input: ServiceInput, caller: Caller, asked: { runId: string; body: RetrainBody; besides?: readonly PhaseName[] }): Promise<Result<RetrainAnswer>> {
  const parent = await completedRun(input, caller, asked.runId)
  if (!parent.ok) return parent
  return input.guard.whileWriting(() => begin(input, caller, { body: asked.body, besides: asked.besides ?? [], ...parent.value }))
}

interface Parent {
  readonly run: CompletedRun
  readonly trained: Trained
}

async function completedRun(input: ServiceInput, caller: Caller, runId: string): Promise<Result<Parent>> {
  const loaded = await ownRun(input, caller, runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  if (run.status !== 'completed') return refuse('RUN_NOT_COMPLETED', `The run is ${run.status}; only a completed run can be retrained.`)
  const trained = await trainedOf(input.blobs, run)
  if (trained === null) return refuse('RUN_WITHOUT_MODEL', 'The run is completed, but it trained no model.')
  return accept({ run, trained })
}

async function begin(input: ServiceInput, caller: Caller, { body, besides, run, trained }: Parent & { body: RetrainBody; besides: readonly PhaseName[] }): Promise<Result<RetrainAnswer>> {
  const table = await retrainTable(input, caller, { run, trained, dataset_id: body.dataset_id ?? null })
  if (!table.ok) return table
  const actor: Actor = { kind: 'key', name: caller.key_name }
  const changes = await retrainChanges(input, { run, table: table.value, body, actor })
  if (!changes.ok) return changes
  const offered = input.phases.map((phase) => phase.name)
  const planned = phaseNames.filter((name) => run.settings.plan.includes(name) || changes.value[name] !== undefined || besides.includes(name))
  const plan = readPhasePlan(planned, offered)
  if (!plan.ok) return plan
  const gates = readGates(body.require_approval ?? [], plan.value)
  if (!gates.ok) return gates
  const replay: Replay = { ...replayedRun(input, run), changes: changes.value, asks: asksFor(table.value, plan.value), notes: [...table.value.notes] }
  const settings = { ...run.settings, plan: plan.value, gates: gates.value, auto_mode: true, replay: await input.blobs.put(replay) }
  return start(input, { run, table: table.value, settings, name: body.name ?? null, actor, replay })
}

/** Columns that no longer hold what they held are looked at by whoever cleans the table, or else chooses the label. */
function asksFor({ changed }: RetrainTable, plan: readonly PhaseName[]): Replay['asks'] {
  const [phase] = plan
  return changed.length === 0 || phase === undefined ? {} : { [phase]: changed.join(' ') }
}

function replayedRun({ identity }: ServiceInput, run: CompletedRun): Pick<Replay, 'parent_run_id' | 'model_id' | 'dataset' | 'phases' | 'before'> {
  const version = run.published.find(({ kind }) => kind === 'model_version')
  return {
    parent_run_id: run.run_id,
    model_id: version?.model_id ?? identity.derivedId(run.run_id, 'model'),
    dataset: run.dataset,
    phases: run.settings.plan.map((phase) => {
      const { status, outcome, comparison = null } = phaseRecord(run, phase)
      const decisions = run.decisions
        .filter((made) => made.phase === phase)
        .map(({ decision_id, proposal, answer, decision, closes }) => ({ decision_id, proposal, answer, decision, closes }))
      return { phase, skipped: status === 'skipped', outcome, comparison, decisions }
    }),
    before: run.settings.replay ?? null,
  }
}

interface Starting {
  readonly run: CompletedRun
  readonly table: RetrainTable
  readonly settings: CompletedRun['settings']
  readonly name: string | null
  readonly actor: Actor
  readonly replay: Replay
}

async function start(input: ServiceInput, { run, table, settings, name, actor, replay }: Starting): Promise<Result<RetrainAnswer>> {
  const before = runTextsSchema.parse(await input.blobs.get(run.texts))
  const texts = await input.blobs.put({ ...before, name: name ?? before.name })
  const { dataset_id } = table
  const run_id = input.identity.newId()
  const parent_run_id = run.run_id
  const begun = { settings, texts, dataset_id, dataset: await input.blobs.put(table.table) }
  const done = await input.runs.execute({
    run_id,
    command: { kind: 'create', run_id, team_id: run.team_id, dataset_id, texts, parent_run_id, start: begun },
    asked: { actor, now: input.now().toISOString() },
    caption: { name: name ?? before.name, model_id: replay.model_id },
  })
  return done.ok ? accept({ run_id, status: 'queued', parent_run_id }) : done
}
