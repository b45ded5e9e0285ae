import type { Column } from '#core/dataset'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { compilePipeline } from '#steps/compile-pipeline'

/** Steps that read a value as it was meant, and so stay on a label; all others leave it. */
const parsingTypes = new Set(['NullTokensTransformer', 'ParseNumericTransformer', 'TypeCastTransformer', 'RenameColumnsTransformer'])
const parsingOperations = new Set(['strip', 'remove_extra_whitespace'])

/** The spec without the steps that would change the label beyond reading it, and the ids of the steps that were cut back. */
export function specForLabel(spec: PipelineSpec, columns: readonly Column[], label: string): { spec: PipelineSpec; cut: string[] } {
  const pipeline = compilePipeline(spec, columns)
  if (!pipeline.ok) return { spec, cut: [] }
  const cut: string[] = []
  const steps: StepSpec[] = []
  for (const step of pipeline.value.steps) {
    const touches = step.contract.changes.some((change) => change.id === label)
    if (!touches || isParsing(step.spec)) {
      steps.push(step.spec)
      continue
    }
    cut.push(step.spec.id)
    const rest = step.contract.changes.filter((change) => change.id !== label).flatMap(({ id }) => step.before.find((column) => column.id === id)?.name ?? [])
    if (rest.length > 0) steps.push({ ...step.spec, columns: rest })
  }
  return { spec: { ...spec, steps }, cut }
}

function isParsing(step: StepSpec): boolean {
  if (parsingTypes.has(step.type)) return true
  const operations = step.params.operations
  const list = Array.isArray(operations) ? operations : [operations]
  return step.type === 'TextCleanTransformer' && list.every((operation) => typeof operation === 'string' && parsingOperations.has(operation))
}
