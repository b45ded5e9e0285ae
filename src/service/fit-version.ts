import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { PipelineSpec } from '#core/pipeline-spec'
import type { PreprocessorFit } from '#core/preprocessor'
import type { Cell } from '#core/ports'
import { plainFault, trySpec, type StepFault, type TriedSpec } from '#steps/try-spec'
import { stepTypes } from '#steps/registry'
import type { SampleBody, TableSchema } from '#wire/preprocessor'
import type { ServiceInput } from './ports.ts'
import { safetyFaults } from './preview-spec.ts'
import type { PreviewRows } from './preview-steps.ts'
import { readSampleRows, type SampleRows } from './sample-rows.ts'
import type { Caller } from './signalbox.ts'

/** A spec that was fitted on rows without a step at fault. */
export interface FittedSpec {
  readonly tried: TriedSpec
  readonly sample: SampleRows
}

/** Fits a spec on rows that came in a request; the first step that is not safe or cannot be done refuses it. */
export async function fitSpec(input: Pick<ServiceInput, 'data'>, spec: PipelineSpec, sent: SampleBody['sample_data']): Promise<Result<FittedSpec>> {
  const sample = readSampleRows(sent)
  if (!sample.ok) return sample
  const rows = sampleAsRows(input, sample.value)
  const tried = await trySpec(spec, sample.value.columns, rows)
  const broken = tried.steps.find(({ fault }) => fault !== null)?.fault ?? null
  const faults = broken === null ? await safetyFaults(tried, rows, null) : [broken]
  return faults[0] === undefined ? accept({ tried, sample: sample.value }) : refuseFault(faults[0])
}

/** What is wrong with a spec whatever the rows are. */
export function checkSpec(spec: PipelineSpec): Result<null> {
  const ids = new Set<string>()
  for (const step of spec.steps) {
    const fault = plainFault(step)
    if (fault !== null) return refuseFault(fault)
    if (!stepTypes.has(step.type)) return refuse('STEP_REFUSED', `Step "${step.id}": the type "${step.type}" is not offered; offered are ${[...stepTypes.keys()].join(', ')}.`)
    if (ids.has(step.id)) return refuse('STEP_REFUSED', `Two steps have the id "${step.id}".`)
    ids.add(step.id)
  }
  return accept(null)
}

function refuseFault({ code, message, suggestion, step_id }: StepFault) {
  return refuse(code, message, { suggestion, detail: { step_id } })
}

export function sampleAsRows({ data }: Pick<ServiceInput, 'data'>, { table, count }: SampleRows): PreviewRows {
  return { data, tables: {}, signal: new AbortController().signal, table, count, total: count, side: 'rows of the request' }
}

/** What is kept of a fit. */
export function fitOf({ tried, sample }: FittedSpec, { version_id, caller, now }: { version_id: string; caller: Caller; now: Date }): PreprocessorFit {
  return {
    version_id,
    rows: sample.count,
    input: sample.columns,
    output: tried.pipeline.output,
    state: tried.state,
    sample: sample.rows.slice(0, 5),
    fitted_by: caller.key_name,
    fitted_at: now,
  }
}

const dtypes = { number: 'float64', integer: 'int64', text: 'object', boolean: 'bool', date: 'datetime64[ns]', timestamp: 'datetime64[ns]' } as const

export function schemaOf(columns: readonly Column[], sample: ReadonlyArray<Readonly<Record<string, Cell>>>): TableSchema {
  return { columns: columns.map(({ name, type }) => ({ name, type, dtype: dtypes[type] })), sample: sample.map((row) => ({ ...row })) }
}
