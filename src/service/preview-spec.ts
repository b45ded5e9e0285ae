import type { Column, Table } from '#core/dataset'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import { trainedSchema } from '#core/outcomes'
import { termImportances } from '#ml/term-importances'
import { readScorer } from '#scoring/scorer'
import { editCost, editSpec } from '#steps/edit-spec'
import { labelFaults } from '#steps/label-faults'
import { rowFaults } from '#steps/row-faults'
import { trySpec, type StepFault, type TrialRows, type TriedSpec } from '#steps/try-spec'
import type { PreviewSpecAnswer, PreviewSpecBody } from '#wire/preprocessor-preview'
import { ownDataset } from './datasets.ts'
import { outcomeOf } from './outcome-of.ts'
import { ownRun } from './own-run.ts'
import { plainSpec, plainStep } from './plain-spec.ts'
import type { ServiceInput } from './ports.ts'
import { previewRows } from './preview-rows.ts'
import { previewSteps } from './preview-steps.ts'
import type { Caller } from './signalbox.ts'

const usualRows = 10_000

/** Takes a spec, with the edits that are to be tried, over rows of a dataset, and keeps nothing. */
export async function previewSpec(input: ServiceInput, caller: Caller, body: PreviewSpecBody): Promise<Result<PreviewSpecAnswer>> {
  const dataset = await ownDataset(input, caller, body.dataset_id)
  if (!dataset.ok) return dataset
  const { table } = dataset.value
  const given = plainSpec(body.spec)
  const insert = body.insert_step == null ? null : { step: plainStep(body.insert_step.step), before: body.insert_step.before ?? null }
  const edited = editSpec(given, { remove: body.remove_steps ?? [], insert })
  if (!edited.ok) return edited
  const label = labelOf(table, body.target_column ?? null)
  if (!label.ok) return label
  const terms = body.run_id == null ? accept([]) : await termsOf(input, caller, body.run_id)
  if (!terms.ok) return terms
  const rows = previewRows(input, table, { steps: edited.value.steps, most: body.max_rows ?? usualRows })
  const tried = await trySpec(edited.value, table.columns, rows)
  const steps = await previewSteps(tried, rows)
  const faults = await safetyFaults(tried, rows, label.value)
  const cost = await editCost(given, edited.value, table.columns)
  const output_columns = tried.pipeline.output.map(({ name }) => name)
  const lost_terms = terms.value.map(({ name: term, features }) => ({ term, columns: features.filter((feature) => !output_columns.includes(feature)) })).filter(({ columns }) => columns.length > 0)
  return accept({
    steps,
    safety_errors: faults.map(({ message }) => message),
    safety: faults.map(({ step_id, code, message, suggestion }) => ({ step_id, code, message, suggestion })),
    rows_before: rows.count, rows_after: steps.at(-1)?.rows_after ?? rows.count, rows_total: rows.total, sampled: rows.count < rows.total,
    output_columns, spec: { ...edited.value }, falls: [...cost.falls], lost_columns: [...cost.lost], lost_terms,
  })
}

/** In the order of the steps: what cannot be done, what touches or reads the label, and what was seen to move rows. */
export async function safetyFaults(tried: TriedSpec, rows: TrialRows, label: Column | null): Promise<StepFault[]> {
  const moved = await rowFaults(tried.pipeline, { rows, state: tried.state })
  const done = [...(label === null ? [] : labelFaults(tried.pipeline.steps, label)), ...moved]
  return tried.steps.flatMap(({ spec, fault }) => (fault === null ? done.filter(({ step_id }) => step_id === spec.id) : [fault]))
}

function labelOf(table: Table, named: string | null): Result<Column | null> {
  if (named === null || named === '') return accept(null)
  const column = findColumn(table.columns, named)
  if (column !== undefined) return accept(column)
  const near = nearColumnNames(table.columns, named)
  return refuse('LABEL_UNKNOWN_COLUMN', `target_column names "${named}", which the dataset does not have.${near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`}`)
}

async function termsOf(input: ServiceInput, caller: Caller, runId: string): Promise<Result<ReturnType<typeof termImportances>>> {
  const run = await ownRun(input, caller, runId)
  if (!run.ok) return run
  const outcome = await outcomeOf(input, run.value.run, 'model_training')
  if (outcome === null) return refuse('RUN_WITHOUT_MODEL', 'The run of run_id has trained no model.', { suggestion: 'Name a run that trained a model, or leave run_id out.' })
  return accept(termImportances(orThrow(readScorer(await input.blobs.get(trainedSchema.parse(outcome).model))).document.model))
}
