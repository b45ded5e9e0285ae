import type { Column } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { unknownColumn } from './define-step.ts'
import { bindStep } from './registry.ts'
import type { BoundStep } from './step-type.ts'

/** A step with its columns, or null where it names one that a step before has yet to learn. */
export interface KnownStep {
  readonly spec: StepSpec
  readonly bound: BoundStep | null
}

/** Binds every step as far as columns are known before anything is fitted; refused where a step cannot be done. */
export function bindKnown(spec: PipelineSpec, columns: readonly Column[]): Result<KnownStep[]> {
  const known: KnownStep[] = []
  let table = columns
  let nextId = 1 + Math.max(-1, ...columns.map((column) => Number(column.id.slice(1))))
  let open = false
  for (const step of spec.steps) {
    const bound = bindStep(step, { columns: table, nextId, toFit: true })
    if (!bound.ok && !(open && bound.refusal.detail === unknownColumn)) return bound
    known.push({ spec: step, bound: bound.ok ? bound.value : null })
    if (!bound.ok) continue
    table = bound.value.after
    nextId += bound.value.created.length
    open ||= bound.value.learnsColumns
  }
  return accept(known)
}
