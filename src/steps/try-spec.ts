import type { Column } from '#core/dataset'
import { refuse, type ErrorCode, type Refusal } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { fitSpec, type FitRequest, type Pipeline, type PipelineState } from './compile-pipeline.ts'
import { bindStep } from './registry.ts'
import type { BoundStep } from './step-type.ts'

/** A step that cannot be done, and why. */
export interface StepFault {
  readonly step_id: string
  readonly step_type: string
  readonly code: ErrorCode
  readonly message: string
  readonly suggestion: string
}

/** Where the rows lie that the steps are tried on. */
export type TrialRows = FitRequest

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
  const faults = plainFaults(spec)
  if (rows === null) return bindLoosely(spec, columns, faults)
  for (let known = 0; ; ) {
    const steps = spec.steps.filter((step) => !faults.has(step))
    const fitted = await fitSpec({ ...spec, steps }, columns, rows)
    if (fitted.ok) return { ...fitted.value, steps: toldSteps(spec, faults) }
    known = await findFault({ steps, known, faults }, (part) => fitSpec({ ...spec, steps: part }, columns, rows))
  }
}

interface Search {
  readonly steps: readonly StepSpec[]
  /** How many of the steps are known to be good. */
  readonly known: number
  readonly faults: Map<StepSpec, StepFault>
}

/** Adds the first step that cannot be done to the faults; returns how many before it can. */
async function findFault({ steps, known, faults }: Search, fitPart: (steps: StepSpec[]) => ReturnType<typeof fitSpec>): Promise<number> {
  for (const [i, step] of steps.entries()) {
    if (i < known) continue
    const fitted = await fitPart(steps.slice(0, i + 1))
    if (fitted.ok) continue
    faults.set(step, faultOf(step, fitted.refusal))
    return i
  }
  throw new Error('a pipeline whose steps can all be fitted was refused')
}

/** Without rows, columns that a step would learn are not there for the steps behind it. */
function bindLoosely(spec: PipelineSpec, columns: readonly Column[], faults: Map<StepSpec, StepFault>): TriedSpec {
  const bound: BoundStep[] = []
  let table = columns
  let nextId = 1 + Math.max(-1, ...columns.map((column) => Number(column.id.slice(1))))
  for (const step of spec.steps) {
    if (faults.has(step)) continue
    const made = bindStep(step, { columns: table, nextId, toFit: true })
    if (!made.ok) {
      faults.set(step, faultOf(step, made.refusal))
      continue
    }
    bound.push(made.value)
    table = made.value.after
    nextId += made.value.created.length
  }
  const pipeline = { input: columns, output: table, steps: bound, rowwise: bound.every((step) => step.rowwise), nextId }
  return { pipeline, state: {}, steps: toldSteps(spec, faults) }
}

function toldSteps(spec: PipelineSpec, faults: ReadonlyMap<StepSpec, StepFault>): TriedSpec['steps'] {
  let place = 0
  return spec.steps.map((step) => {
    const fault = faults.get(step) ?? null
    return { spec: step, place: fault === null ? place++ : null, fault }
  })
}

function plainFaults({ steps }: PipelineSpec): Map<StepSpec, StepFault> {
  const ids = new Set<string>()
  const faults = new Map<StepSpec, StepFault>()
  for (const step of steps) {
    const twice = ids.has(step.id) ? faultOf(step, refuse('STEP_REFUSED', `Two steps have the id "${step.id}".`).refusal) : null
    const fault = twice ?? plainFault(step)
    if (fault !== null) faults.set(step, fault)
    ids.add(step.id)
  }
  return faults
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
