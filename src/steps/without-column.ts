import type { Column } from '#core/dataset'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { bindKnown, type KnownStep } from './bind-known.ts'
import { bindStep } from './registry.ts'
import type { BoundStep } from './step-type.ts'

/** Steps that read a value as it was meant, and so stay on a label; all others leave it. */
const parsingTypes = new Set(['NullTokensTransformer', 'ParseNumericTransformer', 'TypeCastTransformer', 'RenameColumnsTransformer'])
const parsingOperations = new Set(['strip', 'remove_extra_whitespace'])

/** Whether a step only reads values as they were meant. */
export function isParsing(step: StepSpec): boolean {
  if (parsingTypes.has(step.type)) return true
  const operations = step.params.operations
  const list = Array.isArray(operations) ? operations : [operations]
  return step.type === 'TextCleanTransformer' && list.every((operation) => typeof operation === 'string' && parsingOperations.has(operation))
}

/** A spec without what its steps do to one column, and the ids of the steps that were cut back. */
export interface CutSpec {
  readonly spec: PipelineSpec
  readonly cut: string[]
}

/**
 * Takes a column out of the steps that change it beyond reading it, and out of those that learn and make something of it.
 * A step that is about nothing else leaves the spec, and with it what reads its columns.
 */
export function withoutColumn(known: readonly KnownStep[], column: string, columns: readonly Column[]): CutSpec {
  const cut: string[] = []
  const steps: StepSpec[] = []
  for (const { spec, bound } of known) {
    if (bound === null || isParsing(spec) || !touches(bound, column)) {
      steps.push(spec)
      continue
    }
    cut.push(spec.id)
    const rest = narrowed(bound, column)
    if (rest !== null) steps.push(rest)
  }
  return cut.length === 0 ? { spec: { version: '2.0', steps }, cut } : withoutBroken({ spec: { version: '2.0', steps }, cut }, columns)
}

/** A row-wise step that drops the column, or makes another one of it, is left as it stands: both show on the cards. */
function touches({ rowwise, contract: { changes, drops, creates } }: BoundStep, column: string): boolean {
  if (changes.some(({ id }) => id === column)) return true
  return !rowwise && (drops.includes(column) || creates.some(({ from }) => from.includes(column)))
}

/** Parameters that say something of each column, in the order of the columns. */
const byPlace = new Set(['n_bins', 'categories'])

/** The step for its other columns; null where there are none, or where it cannot be done without this one. */
function narrowed({ spec, scope, contract, before }: BoundStep, column: string): StepSpec | null {
  const about = new Set([...contract.changes.map(({ id }) => id), ...contract.drops, ...contract.creates.flatMap(({ from }) => from)])
  const nameOf = (id: string): string => before.find((one) => one.id === id)?.name ?? id
  const rest = scope.filter((id) => id !== column && about.has(id))
  if (rest.length === 0 || !scope.includes(column)) return null
  const name = nameOf(column)
  const params = Object.entries(spec.params).map(([key, value]) => {
    if (Array.isArray(value)) {
      if (key === 'columns') return [key, value.filter((one) => one !== name)]
      return [key, byPlace.has(key) && value.length === scope.length ? value.filter((_, place) => scope[place] !== column) : value]
    }
    return [key, typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).filter(([own]) => own !== name)) : value]
  })
  const step: StepSpec = { ...spec, params: Object.fromEntries(params), columns: rest.map(nameOf) }
  return bindStep(step, { columns: before, nextId: 0, toFit: true }).ok ? step : null
}

/** The spec without steps that cannot be done any more, as they read what a step made that left. */
function withoutBroken({ spec, cut }: CutSpec, columns: readonly Column[]): CutSpec {
  for (let steps = spec.steps; ; ) {
    const count = steps.findIndex((_, i) => !bindKnown({ ...spec, steps: steps.slice(0, i + 1) }, columns).ok)
    const broken = steps[count]
    if (broken === undefined) return { spec: { ...spec, steps }, cut }
    cut.push(broken.id)
    steps = steps.filter((step) => step !== broken)
  }
}
