import { proposalSchema } from '#core/decision'
import { accept, errorCatalogue, refuse, type ErrorCode, type Result } from '#core/errors'
import { findColumn } from '#core/find-column'
import type { Labelled } from '#core/outcomes'
import { labelledSchema } from '#core/outcomes'
import type { PipelineSpec } from '#core/pipeline-spec'
import { isEnded, isStarted, type Run, type WaitingRun } from '#core/run'
import { termImportances } from '#ml/term-importances'
import type { SubmitDecisionBody } from '#wire/submit-decision'
import type { TrainModelAnswer, TrainModelBody } from '#wire/train-model'
import { ownDataset } from './datasets.ts'
import { openModel, trainedVersion } from './deployed-model.ts'
import { askedBy } from './monitor-context.ts'
import { outcomeOf } from './outcome-of.ts'
import type { ServiceInput } from './ports.ts'
import { ownPreprocessorVersion } from './preprocessor-context.ts'
import { errorOf } from './run-view.ts'
import type { Caller } from './signalbox.ts'
import { startRun } from './start-run.ts'
import { submitDecision } from './submit-decision.ts'

/** What the request decides in each phase, so that nobody is asked. */
interface Decided {
  readonly body: TrainModelBody
  readonly spec: PipelineSpec | null
}

/** Trains in one call: the run is decided by what the request says, in the caller's name, and is waited for. */
export async function trainModel(input: ServiceInput, caller: Caller, body: TrainModelBody): Promise<Result<TrainModelAnswer>> {
  const dataset = await ownDataset(input, caller, body.dataset_id)
  if (!dataset.ok) return dataset
  const preprocessor = body.preprocessor_version_id == null ? null : await ownPreprocessorVersion(input, caller, body.preprocessor_version_id)
  if (preprocessor?.ok === false) return preprocessor
  const plan = [...(preprocessor === null ? [] : ['data_preparation']), 'label_selection', 'model_training']
  const settings = { phase_plan: plan, require_approval: plan, seed: body.seed, test: { share: body.test_size ?? 0.2, seed: body.seed ?? 1 } }
  const started = await startRun(input, caller, { model_name: body.model_name, model_description: body.model_description, dataset_id: body.dataset_id, target: preprocessor === null ? body.target_column : null, ...settings })
  if (!started.ok) return started
  const run = await decideToTheEnd(input, caller, { runId: started.value.run_id, decided: { body, spec: preprocessor?.value.spec ?? null } })
  if (!run.ok) return run
  const unknown = (body.drop_columns ?? []).filter((column) => findColumn(dataset.value.table.columns, column) === undefined)
  const warnings = unknown.map((column) => `drop_columns names ${JSON.stringify(column)}, which the table does not have.`)
  return trainedAnswer(input, { run: run.value, warnings })
}

interface Following {
  readonly runId: string
  readonly decided: Decided
}

async function decideToTheEnd(input: ServiceInput, caller: Caller, { runId, decided }: Following): Promise<Result<Run>> {
  const watch = await input.feed.watch(runId)
  try {
    for (;;) {
      const run = (await input.runs.load(runId))?.run
      if (run === undefined) return refuse('NOT_FOUND', 'The run was deleted while it trained.')
      if (isEnded(run)) return run.status === 'completed' ? accept(run) : failed(input, run)
      if (run.status === 'waiting_input') {
        const done = await decideOpen(input, caller, { run, decided })
        if (!done.ok) {
          await input.runs.execute({ run_id: runId, command: { kind: 'cancel' }, asked: askedBy(input, caller) })
          return done
        }
        continue
      }
      if (run.status === 'paused') return refuse('RUN_NOT_COMPLETED', `The run ${runId} was paused while it trained.`)
      await watch.next()
    }
  } finally {
    watch.close()
  }
}

async function failed({ blobs }: ServiceInput, run: Run): Promise<Result<never>> {
  const error = isStarted(run) ? await errorOf(blobs, run) : null
  const code = Object.keys(errorCatalogue).find((known): known is ErrorCode => known === error?.code)
  return refuse(code ?? 'RUN_ENDED', error?.message ?? `The run ${run.run_id} was ${run.status} while it trained.`)
}

async function decideOpen(input: ServiceInput, caller: Caller, { run, decided }: { readonly run: WaitingRun; readonly decided: Decided }): Promise<Result<unknown>> {
  const { phase, decision_id, revision, proposal } = run.open
  const of = { decision_type: phase, decision_id, revision }
  const submit = (answer: Omit<SubmitDecisionBody, 'decision_type'>) => submitDecision(input, caller, { runId: run.run_id, body: { ...of, ...answer } })
  const { body, spec } = decided
  if (phase === 'data_preparation') return submit({ custom_value: { version: spec?.version ?? '2.0', steps: [...(spec?.steps ?? [])] } as never, apply_indices: [] })
  if (phase === 'label_selection') {
    const task = body.model_type.replace('_classification', '')
    return submit({ custom_value: body.target_column, label_type: task })
  }
  const labelled = labelledSchema.parse(await outcomeOf(input, run, 'label_selection'))
  const { recommended_index, options } = proposalSchema.parse(await input.blobs.get(proposal))
  const wanted = featuresOf(labelled, body)
  const answer = { action: 'train', ...(wanted === null ? {} : { selected_features: wanted }), ...monotoneOf(body) }
  const first = recommended_index ?? 0
  let done = await submit({ ...answer, choice_index: first })
  // A direction that is asked for may not fit what is recommended: the next trainer that can keep it is taken.
  for (const { index } of options) if (!done.ok && body.monotonic_features != null && index !== first) done = await submit({ ...answer, choice_index: index })
  return done
}

/** The columns that the model may read; null where all usable ones are. */
function featuresOf({ features }: Labelled, { feature_columns, drop_columns }: TrainModelBody): string[] | null {
  if (feature_columns == null && drop_columns == null) return null
  const dropped = new Set((drop_columns ?? []).map((column) => findColumn(features, column)?.name ?? column))
  const columns = feature_columns ?? features.map(({ name }) => name)
  return columns.filter((column) => !dropped.has(findColumn(features, column)?.name ?? column))
}

function monotoneOf({ monotonic_features }: TrainModelBody): Pick<SubmitDecisionBody, 'monotonic_constraints'> {
  if (monotonic_features == null) return {}
  const directions = Object.entries(monotonic_features).flatMap(([column, direction]) => {
    if (direction === 0 || direction === null) return []
    return [[column, direction === 1 ? 'increasing' : direction === -1 ? 'decreasing' : String(direction)]]
  })
  return { monotonic_constraints: Object.fromEntries(directions) }
}

async function trainedAnswer(input: ServiceInput, { run, warnings }: { readonly run: Run; readonly warnings: readonly string[] }): Promise<Result<TrainModelAnswer>> {
  const published = 'published' in run ? run.published.find(({ kind }) => kind === 'model_version') : undefined
  const version = published === undefined ? undefined : await input.models.version(published.id)
  if (version === undefined) return refuse('RUN_WITHOUT_MODEL', `The run ${run.run_id} made no model.`)
  const trained = await trainedVersion(input, version)
  const { document } = (await openModel(input, version)).scorer
  const values = (of: typeof trained.test_metrics): Record<string, number> => Object.fromEntries(Object.entries(of).map(([metric, { value }]) => [metric, value]))
  const importances = termImportances(document.model).flatMap(({ features, importance }): [string, number][] => (features.length === 1 && features[0] !== undefined ? [[features[0], importance]] : []))
  return accept({
    model_id: version.model_id,
    version_id: version.version_id,
    run_id: run.run_id,
    train_metrics: values(trained.cv_metrics),
    test_metrics: values(trained.test_metrics),
    feature_importances: Object.fromEntries(importances),
    n_train: trained.rows.train,
    n_test: trained.rows.test,
    warnings: [...warnings, ...trained.notes],
  })
}
