import type { Column } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { bindKnown } from './bind-known.ts'
import { compileKnown } from './compile-pipeline.ts'
import type { BoundStep, StepContract } from './step-type.ts'

/** The steps of a spec by when they can be done; together, in this order, they do what the spec does. */
export interface SplitSpec {
  readonly now: readonly StepSpec[]
  /** Steps that learn from the rows, and those that cannot be done before one of these. */
  readonly waiting: readonly StepSpec[]
}

/**
 * Parts a spec at the steps that learn: a row-wise step behind one of these goes ahead of it where neither touches what
 * the other does, and waits otherwise.
 */
export function splitLearning(spec: PipelineSpec, columns: readonly Column[]): Result<SplitSpec> {
  const known = bindKnown(spec, columns)
  if (!known.ok) return known
  const now: StepSpec[] = []
  const waiting: StepSpec[] = []
  const held = new HeldColumns()
  for (const { spec: step, bound } of known.value) {
    if (bound?.rowwise === true && !held.holds(bound)) {
      now.push(step)
      continue
    }
    waiting.push(step)
    held.add(bound)
  }
  const reordered = compileKnown({ ...spec, steps: [...now, ...waiting] }, columns)
  if (reordered.ok) return accept({ now, waiting })
  // A name that is free only behind a step that waits: then nothing goes ahead.
  const first = spec.steps.findIndex((step) => waiting.includes(step))
  return accept({ now: spec.steps.slice(0, first), waiting: spec.steps.slice(first) })
}

/** The columns that waiting steps read and write. */
class HeldColumns {
  readonly #reads = new Set<string>()
  readonly #writes = new Set<string>()
  /** A step that takes whatever columns are there, or is not known yet, holds all. */
  #all = false

  holds({ contract, created }: BoundStep): boolean {
    if (this.#all) return true
    const writes = writesOf(contract, created)
    return writes.some((id) => this.#reads.has(id) || this.#writes.has(id)) || contract.reads.some((id) => this.#writes.has(id))
  }

  add(bound: BoundStep | null): void {
    if (bound === null || !bound.listed) this.#all = true
    for (const id of bound?.contract.reads ?? []) this.#reads.add(id)
    for (const id of bound === null ? [] : writesOf(bound.contract, bound.created)) this.#writes.add(id)
  }
}

function writesOf({ changes, drops, renames }: StepContract, created: readonly Column[]): string[] {
  return [...changes.map(({ id }) => id), ...drops, ...renames.map(({ id }) => id), ...created.map(({ id }) => id)]
}
