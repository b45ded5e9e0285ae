import { tableSchema, type Table } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { featuredSchema, labelledSchema, preparedSchema, trainedSchema, type Featured, type Labelled, type LeftOut, type Prepared, type Trained } from '#core/outcomes'
import { emptyPipeline } from '#core/pipeline-spec'
import { isStarted, type StartedRun } from '#core/run'
import type { PhaseName } from '#core/phase-names'
import { compilePipeline, type Pipeline } from '#steps/compile-pipeline'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** What is decided so far of the way from the raw table to the model. */
export interface PreparedData {
  readonly raw: Table
  readonly pipeline: Pipeline
  /** The phase whose outcome holds the pipeline. */
  readonly phase: PhaseName | null
  readonly label: string | null
  /** What the model takes, or would take as far as is decided. */
  readonly inputs: readonly string[]
  readonly left_out: readonly LeftOut[]
  readonly trained: Trained | null
  /** The phase that each step of the pipeline comes from. */
  readonly stepPhases: readonly PhaseName[]
}

/** Reads the run's outcomes so far. */
export async function preparedData(input: ServiceInput, caller: Caller, runId: string): Promise<Result<PreparedData>> {
  const loaded = await ownRun(input, caller, runId)
  if (!loaded.ok) return loaded
  const { run } = loaded.value
  const raw = await rawTable(input, run.dataset_id)
  if (!raw.ok) return raw
  if (!isStarted(run)) return assemble({ raw: raw.value, prepared: null, labelled: null, featured: null, trained: null })
  const [prepared, labelled, featured, trained] = await Promise.all([
    outcome(input, run, 'data_preparation').then((found) => (found === null ? null : preparedSchema.parse(found))),
    outcome(input, run, 'label_selection').then((found) => (found === null ? null : labelledSchema.parse(found))),
    outcome(input, run, 'feature_engineering').then((found) => (found === null ? null : featuredSchema.parse(found))),
    outcome(input, run, 'model_training').then((found) => (found === null ? null : trainedSchema.parse(found))),
  ])
  const table = tableSchema.parse(await input.blobs.get(run.dataset))
  return assemble({ raw: table, prepared, labelled, featured, trained })
}

async function rawTable(input: ServiceInput, datasetId: string | null): Promise<Result<Table>> {
  const dataset = datasetId === null ? undefined : await input.datasets.get(datasetId)
  return dataset === undefined ? refuse('DATASET_REQUIRED', 'The run was opened without a dataset, so there is nothing to show yet.') : accept(dataset.table)
}

async function outcome({ blobs }: ServiceInput, run: StartedRun, phase: PhaseName) {
  const hash = run.phases.find((record) => record.phase === phase)?.outcome ?? null
  return hash === null ? null : blobs.get(hash)
}

interface Outcomes {
  readonly raw: Table
  readonly prepared: Prepared | null
  readonly labelled: Labelled | null
  readonly featured: Featured | null
  readonly trained: Trained | null
}

function assemble({ raw, prepared, featured, trained, ...before }: Outcomes): Result<PreparedData> {
  const labelled = featured ?? before.labelled
  const pipeline = compilePipeline(labelled?.spec ?? prepared?.spec ?? emptyPipeline, raw.columns, featured?.state)
  if (!pipeline.ok) return pipeline
  const left_out = labelled?.left_out ?? prepared?.left_out ?? []
  const without = new Set([...left_out.map(({ column }) => column), ...(labelled === null ? [] : [labelled.label.id])])
  const open = pipeline.value.output.filter(({ id }) => !without.has(id)).map(({ name }) => name)
  const inputs = trained?.features ?? labelled?.features.map(({ name }) => name) ?? open
  const phase = featured !== null ? 'feature_engineering' : labelled !== null ? 'label_selection' : prepared !== null ? 'data_preparation' : null
  const prepares = before.labelled?.spec.steps.length ?? pipeline.value.steps.length
  const stepPhases = pipeline.value.steps.map((_, i): PhaseName => (i < prepares ? 'data_preparation' : 'feature_engineering'))
  return accept({ raw, pipeline: pipeline.value, phase, label: labelled?.label.name ?? null, inputs, left_out, trained, stepPhases })
}
