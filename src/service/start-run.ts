import { accept, refuse, type Result } from '#core/errors'
import type { Command } from '#core/command'
import { readGates, readPhasePlan } from '#core/phase-plan'
import type { RunSettings, RunTexts } from '#core/run-settings'
import type { DatasetRow } from '#core/store-ports'
import { isStarted } from '#core/run'
import type { StartRunAnswer, StartRunBody } from '#wire/start-run'
import { ownDataset } from './datasets.ts'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** Starts an opened run, or makes one on a dataset and starts it. */
export async function startRun(input: ServiceInput, caller: Caller, body: StartRunBody): Promise<Result<StartRunAnswer>> {
  const on = await datasetToUse(input, caller, body)
  if (!on.ok) return on
  const dataset = await ownDataset(input, caller, on.value)
  if (!dataset.ok) return dataset
  const settings = readSettings(input, body)
  if (!settings.ok) return settings
  const target = matchTarget(body.target ?? null, dataset.value)
  if (!target.ok) return target
  const texts: RunTexts = { name: body.model_name, description: body.model_description ?? '', user_query: body.user_query ?? null, target: target.value }
  return input.guard.whileWriting(() => begin(input, caller, { body, dataset: dataset.value, settings: settings.value, texts }))
}

interface Beginning {
  readonly body: StartRunBody
  readonly dataset: DatasetRow
  readonly settings: RunSettings
  readonly texts: RunTexts
}

async function begin(input: ServiceInput, caller: Caller, { body, dataset, settings, texts }: Beginning): Promise<Result<StartRunAnswer>> {
  const { dataset_id, table } = dataset
  const start = { settings, texts: await input.blobs.put(texts), dataset_id, dataset: await input.blobs.put(table) }
  const run_id = body.run_id ?? input.identity.newId()
  const command: Command =
    body.run_id == null
      ? { kind: 'create', run_id, team_id: caller.team_id, dataset_id, texts: start.texts, parent_run_id: null, start }
      : { kind: 'start', ...start }
  const asked = { actor: { kind: 'key', name: caller.key_name }, now: input.now().toISOString() } as const
  const done = await input.runs.execute({ run_id, command, asked, caption: { name: texts.name } })
  return done.ok ? accept({ run_id, status: 'queued' }) : done
}

async function datasetToUse(input: ServiceInput, caller: Caller, body: StartRunBody): Promise<Result<string>> {
  if (body.run_id == null) {
    return body.dataset_id == null ? refuse('DATASET_REQUIRED', 'start_run has neither run_id nor dataset_id, so there is no table to run on.') : accept(body.dataset_id)
  }
  const opened = await ownRun(input, caller, body.run_id)
  if (!opened.ok) return opened
  const { run } = opened.value
  if (isStarted(run)) return refuse('RUN_ALREADY_STARTED', `The run was started at ${run.started_at} and is ${run.status}.`)
  const datasetId = run.dataset_id ?? body.dataset_id ?? null
  if (datasetId === null) return refuse('DATASET_REQUIRED', 'The run was opened without a dataset, and start_run names none.')
  if (body.dataset_id != null && body.dataset_id !== datasetId) {
    return refuse('VALIDATION_FAILED', `dataset_id is ${body.dataset_id}, but the run was opened on ${datasetId}.`, { suggestion: 'Leave dataset_id out, or leave run_id out to make a new run.' })
  }
  return accept(datasetId)
}

function readSettings({ phases }: ServiceInput, body: StartRunBody): Result<RunSettings> {
  const offered = phases.map((phase) => phase.name)
  const plan = readPhasePlan(body.phase_plan ?? undefined, offered)
  if (!plan.ok) return plan
  const auto_mode = body.auto_mode ?? false
  // An absent list asks at every planned phase, unless auto_mode asks at none.
  const gates = readGates(body.require_approval ?? (auto_mode ? [] : plan.value), plan.value)
  if (!gates.ok) return gates
  return accept({
    plan: plan.value,
    gates: gates.value,
    auto_mode,
    auto_apply_safe_features: body.auto_apply_safe_features ?? true,
    auto_deploy: body.auto_deploy ?? false,
    algorithm: body.algorithm ?? 'xgm',
    task: body.task ?? null,
    test: body.test ?? { share: 0.2, seed: 1 },
    seed: body.seed ?? 1,
    decision_timeout_seconds: body.decision_timeout_seconds ?? null,
  })
}

const plain = (text: string) => text.trim().toLowerCase()

/** Finds the named column as it stands in the file; surrounding blanks and case are forgiven where exactly one matches. */
function matchTarget(target: string | null, { table }: DatasetRow): Result<string | null> {
  if (target === null) return accept(null)
  const names = table.columns.map((column) => column.name)
  if (names.includes(target)) return accept(target)
  const [match, ...more] = names.filter((name) => plain(name) === plain(target))
  if (match !== undefined && more.length === 0) return accept(match)
  const shown = names.slice(0, 20).map((name) => `"${name}"`)
  return refuse('LABEL_UNKNOWN_COLUMN', `The table has no column "${target}"; it has ${shown.join(', ')}${names.length > 20 ? ` and ${names.length - 20} more` : ''}.`)
}
