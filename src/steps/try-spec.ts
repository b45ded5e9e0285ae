import type { Column } from '#core/dataset'
import { refuse, type ErrorCode, type Refusal } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { fitPipeline, type Pipeline, type PipelineState } from './compile-pipeline.ts'
import { bindStep } from './registry.ts'
import type { BoundStep, FitSource } from './step-type.ts'

/** A step that cannot be done, and why. */
export interface StepFault {
  readonly step_id: string
  readonly step_type: string
  readonly code: ErrorCode
  readonly message: string
  readonly suggestion: string
}

/** Where the rows lie that the steps are tried on. */
export type TrialRows = Pick<FitSource, 'data' | 'tables' | 'signal'> & { readonly table: FitSource['rows'] }

/** A spec as far as it goes: a step at fault is left out, and the steps behind it meet the table without it. */
export interface TriedSpec {
  readonly pipeline: Pipeline
  readonly state: PipelineState
  /** One a step of the spec, in order. */
  readonly steps: ReadonlyArray<{ readonly spec: StepSpec; readonly place: number | null; readonly fault: StepFault | null }>
}

/** The catalogue's transformers that give one row a group, where every row has to keep its place. */
const rowCollapsing: ReadonlySet<string> = new Set(['GroupByAggTransformer'])

/** Binds and, where rows are given, fits every step that can be; says of each other one why not. */
export async function trySpec(spec: PipelineSpec, columns: readonly Column[], rows: TrialRows | null): Promise<TriedSpec> {
  const unfit = new Map<StepSpec, StepFault>()
  for (;;) {
    const bound = bindWhatCan(spec, columns, unfit)
    if (rows === null) return { ...bound, state: {} }
    const fitted = await fitPipeline(bound.pipeline, rows)
    if (fitted.ok) return { ...bound, state: fitted.value }
    const step = await firstUnfit(bound.pipeline, rows)
    unfit.set(step, faultOf(step, fitted.refusal))
  }
}

async function firstUnfit(pipeline: Pipeline, rows: TrialRows): Promise<StepSpec> {
  for (const [i, step] of pipeline.steps.entries()) {
    const fitted = await fitPipeline({ ...pipeline, steps: pipeline.steps.slice(0, i + 1) }, rows)
    if (!fitted.ok) return step.spec
  }
  throw new Error('a pipeline whose steps can all be fitted was refused')
}

function bindWhatCan(spec: PipelineSpec, columns: readonly Column[], unfit: ReadonlyMap<StepSpec, StepFault>): Pick<TriedSpec, 'pipeline' | 'steps'> {
  const bound: BoundStep[] = []
  const ids = new Set<string>()
  let table = columns
  let nextId = 1 + Math.max(-1, ...columns.map((column) => Number(column.id.slice(1))))
  const steps = spec.steps.map((step) => {
    const known = unfit.get(step) ?? (ids.has(step.id) ? faultOf(step, refuse('STEP_REFUSED', `Two steps have the id "${step.id}".`).refusal) : plainFault(step))
    ids.add(step.id)
    if (known !== null) return { spec: step, place: null, fault: known }
    const made = bindStep(step, { columns: table, nextId })
    if (!made.ok) return { spec: step, place: null, fault: faultOf(step, made.refusal) }
    table = made.value.after
    nextId += made.value.created.length
    return { spec: step, place: bound.push(made.value) - 1, fault: null }
  })
  return { pipeline: { input: columns, output: table, steps: bound, rowwise: bound.every((step) => step.rowwise) }, steps }
}

/** What is wrong with a step whatever the table is. */
export function plainFault(step: StepSpec): StepFault | null {
  if (step.type === 'custom') return faultOf(step, refuse('custom_steps_disabled', `Step "${step.id}": custom steps are disabled; code that is sent is never run.`).refusal)
  if (!rowCollapsing.has(step.type)) return null
  return faultOf(step, refuse('STEP_CHANGES_ROWS', `Step "${step.id}" (${step.type}) gives one row a group; every row has to stay in its place.`).refusal)
}

/** Outside a decision, a step that cannot be done has a code of its own. */
function faultOf(step: StepSpec, { code, message, suggestion }: Refusal): StepFault {
  const own = code === 'CUSTOM_REFUSED' ? refuse('STEP_REFUSED', message).refusal : { code, message, suggestion }
  return { step_id: step.id, step_type: step.type, code: own.code, message: own.message, suggestion: own.suggestion }
}
