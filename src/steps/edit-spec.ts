import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { trySpec } from './try-spec.ts'

export interface SpecEdit {
  /** Steps to leave out, by id. */
  readonly remove: readonly string[]
  /** A step to put in front of another one, or behind all. */
  readonly insert: { readonly step: StepSpec; readonly before: string | null } | null
}

/** The spec after an edit; an id that it does not have is refused. */
export function editSpec(spec: PipelineSpec, { remove, insert }: SpecEdit): Result<PipelineSpec> {
  const named = [...remove, ...(insert === null || insert.before === null ? [] : [insert.before])]
  const unknown = named.filter((id) => !spec.steps.some((step) => step.id === id))
  if (unknown.length > 0) {
    const known = spec.steps.length === 0 ? 'it has no steps' : `its steps are ${spec.steps.slice(0, 20).map(({ id }) => `"${id}"`).join(', ')}`
    return refuse('SPEC_STEP_UNKNOWN', `The spec has no step ${unknown.map((id) => `"${id}"`).join(', ')}; ${known}.`)
  }
  const steps = spec.steps.flatMap((step) => {
    const kept = remove.includes(step.id) ? [] : [step]
    return insert !== null && insert.before === step.id ? [insert.step, ...kept] : kept
  })
  if (insert !== null && insert.before === null) steps.push(insert.step)
  return accept({ ...spec, steps })
}

/** What an edit takes along. */
export interface EditCost {
  /** Steps that could be done before, and lose what they read; each step that needed one of those is among them. */
  readonly falls: ReadonlyArray<{ readonly step_id: string; readonly step_type: string; readonly reason: string }>
  /** Columns by name that the spec gave before, and no longer gives. */
  readonly lost: readonly string[]
}

/** Compares a spec with its edit over the same columns. */
export async function editCost(before: PipelineSpec, after: PipelineSpec, columns: readonly Column[]): Promise<EditCost> {
  const [old, now] = [await trySpec(before, columns, null), await trySpec(after, columns, null)]
  const done = new Set(old.steps.filter(({ fault }) => fault === null).map(({ spec }) => spec.id))
  const falls = now.steps.flatMap(({ spec, fault }) => {
    return fault === null || !done.has(spec.id) ? [] : [{ step_id: spec.id, step_type: spec.type, reason: fault.message }]
  })
  const left = new Set(now.pipeline.output.map(({ name }) => name))
  return { falls, lost: old.pipeline.output.map(({ name }) => name).filter((name) => !left.has(name)) }
}
