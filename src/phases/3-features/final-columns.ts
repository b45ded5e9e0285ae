import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { LeftOut } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import { compileKnown, type Pipeline, type PipelineState } from '#steps/compile-pipeline'
import { pipelineLineage } from '#steps/pipeline-graph'
import { refuseOtherRows } from '#steps/row-alone'
import { leftOutWithAsked, type MadeOfAsked, madeOfAsked } from './made-of-asked.ts'
import type { Added } from './schema.ts'

interface Request {
  /** The raw columns. */
  readonly columns: readonly Column[]
  /** Steps that stand already, and those that come behind them. */
  readonly before: readonly StepSpec[]
  readonly steps: readonly StepSpec[]
  readonly fixed: readonly Column[]
  readonly label: string
  readonly features: readonly Column[]
  readonly left_out: readonly LeftOut[]
  readonly added: readonly Added[]
  /** What fitted steps learnt; without it, a step that learns its columns ends what can be known. */
  readonly state?: PipelineState | undefined
}

/** The columns that the model would take after some steps. */
export interface FinalColumns {
  /** The new steps alone, bound to the columns that they meet. */
  readonly pipeline: Pipeline
  readonly features: readonly Column[]
  readonly left_out: readonly LeftOut[]
  readonly added: readonly Added[]
  /** Columns that are made of what the request leaves out: left out as well. */
  readonly madeOfAsked: MadeOfAsked
  /** Whether a step has yet to learn its columns, so that those behind it are not looked at. */
  readonly open: boolean
}

/** Binds the new steps and says what is left to learn from; refused where they touch the label, or where nothing is left. */
export function finalColumns(request: Request): Result<FinalColumns> {
  const { before, steps, columns } = request
  const compiled = compileKnown({ version: '2.0', steps: [...before, ...steps] }, columns, request.state)
  if (!compiled.ok) return compiled
  const whole = compiled.value.pipeline
  const bound = whole.steps.slice(before.length)
  const last = bound.at(-1)
  const open = last?.learnsColumns === true && request.state?.[last.spec.id] === undefined
  const input = before.length === 0 ? columns : (whole.steps[before.length - 1]?.after ?? columns)
  const pipeline = { input, output: whole.output, steps: bound, rowwise: bound.every((step) => step.rowwise), nextId: whole.nextId }
  const alone = refuseOtherRows(bound)
  if (!alone.ok) return alone
  const touched = checkSteps(pipeline, request)
  if (!touched.ok) return touched
  const made = madeOfAsked(whole.steps, request.left_out)
  const inputs = new Set(input.map((column) => column.id))
  const known = new Set(request.features.map((column) => column.id))
  const told = new Set(request.left_out.map((one) => one.column))
  const leftOut = [...request.left_out, ...leftOutWithAsked(made).filter(({ column }) => !told.has(column))]
  const out = new Set(leftOut.map((one) => one.column))
  const features = pipeline.output.filter(({ id }) => !out.has(id) && (known.has(id) || !inputs.has(id)))
  if (features.length === 0 && !open) return refuse('NO_FEATURES', 'No column would be left to learn from.')
  const names = new Map(pipeline.output.map((column) => [column.id, column.name]))
  const left_out = leftOut.flatMap((one) => {
    const current = names.get(one.column)
    return current === undefined ? [] : [{ ...one, name: current }]
  })
  return accept({ pipeline, features, left_out, added: addedColumns(pipeline, features, request.added), madeOfAsked: made, open })
}

function checkSteps(pipeline: Pipeline, { fixed, label }: Request): Result<null> {
  for (const { spec, contract } of pipeline.steps) {
    const named = `Step "${spec.id}" (${spec.type})`
    const changed = [
      ...contract.drops,
      ...contract.changes.map((change) => change.id),
      ...contract.renames.map((rename) => rename.id),
    ]
    const harmed = fixed.find((column) => changed.includes(column.id))
    if (harmed !== undefined)
      return refuse(
        'CUSTOM_REFUSED',
        `${named} changes "${harmed.name}", which this run ${harmed.id === label ? 'is to predict' : 'needs as it is'}; name the columns that it is for.`,
      )
    if (contract.reads.includes(label))
      return refuse('CUSTOM_REFUSED', `${named} reads the label, which is not known when a row is predicted.`)
  }
  return accept(null)
}

/** What the options said of their features, and what the lineage says of those that a custom pipeline made. */
function addedColumns(pipeline: Pipeline, features: readonly Column[], told: readonly Added[]): Added[] {
  const inputs = new Set(pipeline.input.map((column) => column.id))
  const lineage = pipelineLineage(pipeline)
  return features.flatMap((column) => {
    const known = told.find((one) => one.name === column.name)
    if (known !== undefined) return [known]
    if (inputs.has(column.id)) return []
    const edges = lineage.filter((edge) => edge.to === column.name)
    const text = edges[0]?.steps.map((step) => step.text).join('; ') ?? 'made by a custom step'
    return [{ name: column.name, from: edges.map((edge) => edge.from), kind: 'custom', text }]
  })
}
