import type { Column } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Labelled, LeftOut } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import type { Tools } from '#phases/phase'
import type { Pipeline } from '#steps/compile-pipeline'
import { fitOnTraining, type MarkedRows, prepareMarked } from '#steps/marked-rows'
import { refuseOtherRows } from '#steps/row-alone'

/** Labelled rows before the steps that waited for them. */
export interface Waiting {
  readonly marked: MarkedRows
  readonly steps: readonly StepSpec[]
  /** The prepared columns, without the marks. */
  readonly columns: readonly Column[]
  readonly nextId: number
  /** Columns that no model learns from, beside those that are left out: label and weight. */
  readonly apart: readonly string[]
  readonly left_out: readonly LeftOut[]
}

export type FittedRows = Pick<Labelled, 'table' | 'sealed' | 'group' | 'features' | 'left_out' | 'state'>

/** Fits the waiting steps on the training rows, applies them to both sides, and says what is left to learn from. */
export async function fitWaiting(waiting: Waiting, tools: Tools): Promise<Result<FittedRows>> {
  const { marked, steps, columns, left_out } = waiting
  if (steps.length === 0) return accept({ ...rowsOf(marked), features: featuresOf(columns, waiting.apart, left_out), left_out: [...left_out] })
  const fitted = await fitOnTraining(marked, waiting, tools)
  if (!fitted.ok) return fitted
  const { pipeline, state } = fitted.value
  const alone = refuseOtherRows(pipeline.steps)
  if (!alone.ok) return alone
  const rows = await prepareMarked(marked, fitted.value, tools)
  const out = stillLeftOut(pipeline, left_out)
  const features = featuresOf(pipeline.output, waiting.apart, out)
  if (features.length === 0) return refuse('NO_FEATURES', 'The steps that learn from the training rows leave no column to learn from.')
  // A state is JSON by its type, so that its text holds all of it.
  return accept({ ...rowsOf(rows), features, left_out: out, state: JSON.parse(JSON.stringify(state)) })
}

function rowsOf({ table, sealed, group }: MarkedRows): MarkedRows {
  return { table, sealed, group }
}

function featuresOf(columns: readonly Column[], apart: readonly string[], leftOut: readonly LeftOut[]): Column[] {
  return columns.filter(({ id }) => !apart.includes(id) && !leftOut.some(({ column }) => column === id))
}

/** What was left out and is still there, and what is made of what was left out. */
function stillLeftOut({ steps, output }: Pipeline, leftOut: readonly LeftOut[]): LeftOut[] {
  const all = new Map(leftOut.map((one) => [one.column, one]))
  const root = (ids: readonly string[]): LeftOut | undefined => ids.map((id) => all.get(id)).find((one) => one !== undefined)
  for (const { contract, created } of steps) {
    for (const [i, { from, name }] of contract.creates.entries()) {
      const [column, parent] = [created[i], root(from)]
      if (column === undefined || parent === undefined) continue
      all.set(column.id, { column: column.id, name, reason: parent.reason, text: `"${name}" is made of "${parent.name}", which is left out: ${parent.text}` })
    }
  }
  const names = new Map(output.map(({ id, name }) => [id, name]))
  return [...all.values()].flatMap((one) => {
    const name = names.get(one.column)
    return name === undefined ? [] : [{ ...one, name }]
  })
}
