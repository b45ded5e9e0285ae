import { appliedSpec } from '#core/applied-spec'
import { tableSchema, type Table } from '#core/dataset'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import { featuredSchema, labelledSchema, preparedSchema, trainedSchema, type Featured, type Labelled, type LeftOut, type Prepared, type Trained } from '#core/outcomes'
import { emptyPipeline, type PipelineSpec } from '#core/pipeline-spec'
import { isStarted } from '#core/run'
import type { PhaseName } from '#core/phase-names'
import { name, sql } from '#core/sql'
import { readScorer, type Scorer } from '#scoring/scorer'
import { compilePipeline, fitSpec, type Pipeline, type PipelineState } from '#steps/compile-pipeline'
import { outcomeOf } from './outcome-of.ts'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** What is decided so far of the way from the raw table to the model. */
export interface PreparedData {
  readonly raw: Table
  readonly pipeline: Pipeline
  readonly state: PipelineState
  /** The model with its pipeline, where one is trained. */
  readonly scorer: Scorer | null
  /** The phase whose outcome holds the pipeline. */
  readonly phase: PhaseName | null
  readonly label: string | null
  /** What the model takes, or would take as far as is decided. */
  readonly inputs: readonly string[]
  readonly left_out: readonly LeftOut[]
  readonly trained: Trained | null
  /** The labelled rows, where there is a label. */
  readonly labelled: Labelled | null
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
  if (!isStarted(run)) return assemble(input, { raw: raw.value, prepared: null, labelled: null, featured: null, trained: null })
  const [prepared, labelled, featured, trained] = await Promise.all([
    outcomeOf(input, run, 'data_preparation').then((found) => (found === null ? null : preparedSchema.parse(found))),
    outcomeOf(input, run, 'label_selection').then((found) => (found === null ? null : labelledSchema.parse(found))),
    outcomeOf(input, run, 'feature_engineering').then((found) => (found === null ? null : featuredSchema.parse(found))),
    outcomeOf(input, run, 'model_training').then((found) => (found === null ? null : trainedSchema.parse(found))),
  ])
  const table = tableSchema.parse(await input.blobs.get(run.dataset))
  return assemble(input, { raw: table, prepared, labelled, featured, trained })
}

async function rawTable(input: ServiceInput, datasetId: string | null): Promise<Result<Table>> {
  const dataset = datasetId === null ? undefined : await input.datasets.get(datasetId)
  return dataset === undefined ? refuse('DATASET_REQUIRED', 'The run was opened without a dataset, so there is nothing to show yet.') : accept(dataset.table)
}

interface Outcomes {
  readonly raw: Table
  readonly prepared: Prepared | null
  readonly labelled: Labelled | null
  readonly featured: Featured | null
  readonly trained: Trained | null
}

async function assemble(input: ServiceInput, { raw, prepared, featured, trained, ...before }: Outcomes): Promise<Result<PreparedData>> {
  const labelled = featured ?? before.labelled
  const scorer = trained === null ? null : orThrow(readScorer(await input.blobs.get(trained.model)))
  const spec = labelled?.spec ?? (prepared === null ? emptyPipeline : appliedSpec(prepared))
  const state = scorer === null ? await stateOf(input, spec, { raw, labelled, learnt: labelled?.state }) : accept(scorer.document.pipeline.state)
  if (!state.ok) return state
  const pipeline = compilePipeline(spec, raw.columns, state.value)
  if (!pipeline.ok) return pipeline
  const left_out = labelled?.left_out ?? prepared?.left_out ?? []
  const without = new Set([...left_out.map(({ column }) => column), ...(labelled === null ? [] : [labelled.label.id])])
  const open = pipeline.value.output.filter(({ id }) => !without.has(id)).map(({ name }) => name)
  const inputs = trained?.features ?? labelled?.features.map(({ name }) => name) ?? open
  const phase = featured !== null ? 'feature_engineering' : labelled !== null ? 'label_selection' : prepared !== null ? 'data_preparation' : null
  const prepares = before.labelled?.spec.steps.length ?? pipeline.value.steps.length
  const stepPhases = pipeline.value.steps.map((_, i): PhaseName => (i < prepares ? 'data_preparation' : 'feature_engineering'))
  return accept({ raw, pipeline: pipeline.value, state: state.value, scorer, phase, label: labelled?.label.name ?? null, inputs, left_out, trained, labelled, stepPhases })
}

/** Before a model is trained, what the steps learn of the training rows; before there is a label, no step may learn. */
async function stateOf({ data }: ServiceInput, spec: PipelineSpec, { raw, labelled, learnt }: { raw: Table; labelled: Labelled | null; learnt: PipelineState | undefined }): Promise<Result<PipelineState>> {
  if (learnt !== undefined) return accept(learnt)
  const plain = compilePipeline(spec, raw.columns)
  if (labelled === null || (plain.ok && plain.value.rowwise)) return accept({})
  const table = sql`(select raw.* from raw where raw.row_id in (select row_id from labelled where not ${name(labelled.sealed)})) r`
  const tables = { raw: raw.hash, labelled: labelled.table.hash }
  const fitted = await fitSpec(spec, raw.columns, { data, table, tables, signal: new AbortController().signal, side: 'training rows' })
  return fitted.ok ? accept(fitted.value.state) : fitted
}
