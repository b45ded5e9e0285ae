import { canonicalJson } from '#core/canonical-json'
import type { Column, Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import { name } from '#core/sql'
import type { Facts, Tools } from '#phases/phase'
import { compilePipeline, fitPipeline, pipelineQuery } from '#steps/compile-pipeline'
import { splitLearning } from '#steps/split-learning'
import { specForLabel } from './label-spec.ts'
import { preparedTable, type PreparedTable } from './prepared-table.ts'

/** The prepared table as it is with some columns as labels, and the steps that leave those alone. */
export interface LabelTable extends PreparedTable {
  readonly cut: readonly string[]
  /** Number of the first column that the waiting steps make. */
  readonly nextId: number
}

/** Columns that steps leave alone: labels all of them but those that parse, fixed ones those that wait. */
export interface LeftAlone {
  readonly labels: readonly Pick<Column, 'id'>[]
  readonly fixed?: readonly string[]
}

/**
 * The prepared table, made anew from the raw one where steps have to leave the labels alone. The steps that wait leave
 * `fixed` columns alone as well, such as those that weigh the rows or order them in time.
 */
export async function labelTable(facts: Facts, { labels, fixed = [] }: LeftAlone, tools: Tools): Promise<Result<LabelTable>> {
  const prepared = preparedTable(facts)
  const { spec, cut } = specForLabels(prepared.spec, labels, facts.table.columns)
  const split = splitLearning(spec, facts.table.columns)
  if (!split.ok) return split
  const { now } = split.value
  const pipeline = compilePipeline({ ...spec, steps: [...now] }, facts.table.columns)
  if (!pipeline.ok) return pipeline
  const waiting = freeOf([...now, ...split.value.waiting], { fixed, columns: facts.table.columns, applied: now.length })
  const before = prepared.spec.steps.slice(0, prepared.spec.steps.length - prepared.waiting.length)
  const isSame = canonicalJson(before) === canonicalJson(now)
  const table = isSame ? accept(prepared.table) : await applied(facts, pipeline.value, tools)
  if (!table.ok) return table
  return accept({ table: table.value, spec: { ...spec, steps: [...now, ...waiting] }, waiting, left_out: prepared.left_out, cut, nextId: pipeline.value.nextId })
}

function specForLabels(spec: PipelineSpec, labels: readonly Pick<Column, 'id'>[], columns: readonly Column[]): { spec: PipelineSpec; cut: string[] } {
  const cut = new Set<string>()
  let left = spec
  for (const { id } of labels) {
    const own = specForLabel(left, columns, id)
    left = own.spec
    for (const step of own.cut) cut.add(step)
  }
  return { spec: left, cut: [...cut] }
}

/** The waiting steps, those behind the applied ones, without what they do to fixed columns. */
function freeOf(steps: readonly StepSpec[], { fixed, columns, applied: count }: { fixed: readonly string[]; columns: readonly Column[]; applied: number }): StepSpec[] {
  const waits = new Set(steps.slice(count).map(({ id }) => id))
  let left = [...steps]
  for (const column of fixed) {
    const own = new Map(specForLabel({ version: '2.0', steps: left }, columns, column).spec.steps.map((step) => [step.id, step]))
    left = left.flatMap((step) => (waits.has(step.id) ? (own.get(step.id) ?? []) : [step]))
  }
  return left.slice(count)
}

async function applied(facts: Facts, pipeline: Parameters<typeof fitPipeline>[0], tools: Tools): Promise<Result<Table>> {
  const tables = { t: facts.table.hash }
  const fitted = await fitPipeline(pipeline, { data: tools.data, table: name('t'), tables, signal: tools.signal })
  if (!fitted.ok) return fitted
  const query = pipelineQuery(pipeline, name('t'), fitted.value)
  return accept(await tools.data.materialise({ query, tables, columns: pipeline.output }, tools))
}
