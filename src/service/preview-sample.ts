import { accept, refuse, type Result } from '#core/errors'
import type { PreprocessorVersionRow } from '#core/preprocessor'
import { compilePipeline, pipelineQuery } from '#steps/compile-pipeline'
import { stepEffect } from '#steps/step-effect'
import type { TriedSpec } from '#steps/try-spec'
import type { PreviewSampleAnswer } from '#wire/preprocessor-preview'
import type { SampleBody } from '#wire/preprocessor'
import { fitSpec, sampleAsRows, schemaOf } from './fit-version.ts'
import type { ServiceInput } from './ports.ts'
import { deltaOf, firstRows } from './preview-steps.ts'
import { alignSample } from './align-sample.ts'
import { readSampleRows, type SampleRows } from './sample-rows.ts'

/** Takes rows through a version as it was fitted; through one that never was, as it would be on these rows. */
export async function previewSample(input: ServiceInput, version: PreprocessorVersionRow, sent: SampleBody['sample_data']): Promise<Result<PreviewSampleAnswer>> {
  const ready = await readyVersion(input, version, sent)
  if (!ready.ok) return ready
  const { pipeline, state, sample } = ready.value
  const rows = sampleAsRows(input, sample)
  const ask = (query: typeof rows.table) => rows.data.query(query, { tables: rows.tables, signal: rows.signal })
  const step_deltas: PreviewSampleAnswer['step_deltas'] = []
  for (const [place, step] of pipeline.steps.entries()) {
    const { columns, rows_before, rows_after } = await stepEffect(pipeline, place, { rows, state })
    const moved = columns.filter(({ before, after, changed_cells }) => before === null || changed_cells > 0 || before.type !== after.type)
    const after = pipelineQuery({ ...pipeline, steps: pipeline.steps.slice(0, place + 1) }, rows.table, state)
    step_deltas.push({ step_id: step.spec.id, delta: { ...deltaOf(step, moved), rows_before, rows_after }, sample_after: await firstRows(step.after, after, ask) })
  }
  const sample_before = sample.rows.slice(0, 5).map((row) => ({ ...row }))
  const sample_after = await firstRows(pipeline.output, pipelineQuery(pipeline, rows.table, state), ask)
  const schemas = { input_schema: schemaOf(sample.columns, sample_before.slice(0, 1)), output_schema: schemaOf(pipeline.output, sample_after.slice(0, 1)) }
  return accept({ ...schemas, step_deltas, sample_before, sample_after, fitted_on: version.fit === null ? 'these_rows' : 'fit' })
}

type Ready = Pick<TriedSpec, 'pipeline' | 'state'> & { readonly sample: SampleRows }

async function readyVersion(input: ServiceInput, { fit, spec }: PreprocessorVersionRow, sent: SampleBody['sample_data']): Promise<Result<Ready>> {
  if (fit === null) {
    const fitted = await fitSpec(input, spec, sent)
    return fitted.ok ? accept({ ...fitted.value.tried, sample: fitted.value.sample }) : fitted
  }
  const sample = readSampleRows(sent)
  if (!sample.ok) return sample
  const aligned = alignSample(sample.value, fit.input)
  if (!aligned.ok) return aligned
  const pipeline = compilePipeline(spec, fit.input, fit.state)
  if (!pipeline.ok) return refuse('STEP_REFUSED', pipeline.refusal.message)
  return accept({ pipeline: pipeline.value, state: fit.state, sample: aligned.value })
}
