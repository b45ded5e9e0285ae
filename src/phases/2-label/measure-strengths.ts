import { z } from 'zod'
import type { Column } from '#core/dataset'
import type { Compute, DataEngine, Values } from '#core/ports'
import { name, number, sql } from '#core/sql'
import type { Column as MlColumn, Target } from '#ml/table'
import type { TargetPlan } from './plan-target.ts'
import type { LabelledRows } from './count-maps.ts'
import type { ColumnFacts } from './schema.ts'

const sampleRows = 3_000

/** How well one column alone predicts the label, on rows it was not learnt from. */
export interface Strength {
  readonly column: string
  readonly name: string
  readonly metric: 'auc' | 'r2'
  readonly value: number
}

const answerSchema = z.object({ metric: z.enum(['auc', 'r2']), value: z.number() })

interface StrengthTools {
  readonly data: DataEngine
  readonly compute: Compute
  readonly signal: AbortSignal
  readonly seed: number
}

interface StrengthRequest {
  readonly rows: LabelledRows
  readonly plan: TargetPlan
  readonly columns: readonly ColumnFacts[]
}

/** The strength of every column alone, strongest first, on at most about 3,000 labelled rows taken evenly by row id. */
export async function measureStrengths({ rows, plan, columns }: StrengthRequest, tools: StrengthTools): Promise<Strength[]> {
  const step = Math.max(1, Math.floor(rows.table.rows / sampleRows))
  const where = sql`${name(rows.label.id)} is not null and mod(row_id, ${number(step)}) = 0`
  const kind = plan.task === 'regression' ? ('numeric' as const) : ('category' as const)
  const requests = [{ kind, expression: name(rows.label.id) }, ...columns.map((column) => ({ kind: kindOf(column), expression: name(column.id) }))]
  const [label, ...values] = await tools.data.columns({ table: rows.table.hash, columns: requests, where }, tools)
  const target = label === undefined ? null : targetOf(label, plan)
  if (target === null) return []
  const inputs = columns.flatMap((column, i) => {
    const one = values[i]
    if (one === undefined) return []
    const made = columnOf(column, one)
    return [{ table: { rows: lengthOf(one), columns: [made] }, target, feature: made.name, seed: tools.seed }]
  })
  const answers = await tools.compute.parallel('oneFeatureStrength', inputs, tools)
  const strengths = answers.map((answer, i): Strength => {
    const { metric, value } = answerSchema.parse(answer)
    return { column: columns[i]?.id ?? '', name: columns[i]?.name ?? '', metric, value: Math.round(value * 1e6) / 1e6 }
  })
  return strengths.sort((a, b) => b.value - a.value || (a.column < b.column ? -1 : 1))
}

function kindOf(column: Column): 'numeric' | 'category' {
  return column.type === 'text' || column.type === 'boolean' ? 'category' : 'numeric'
}

function lengthOf(values: Values): number {
  return values.kind === 'numeric' ? values.values.length : values.codes.length
}

function columnOf(column: Column, values: Values): MlColumn {
  return values.kind === 'numeric' ? { name: column.id, kind: 'numeric', values: values.values } : { name: column.id, kind: 'category', codes: values.codes, levels: values.levels }
}

/** The label of the sample; null where the sample holds one class only. */
function targetOf(values: Values, plan: TargetPlan): Target | null {
  if (values.kind === 'numeric') return plan.task === 'regression' && values.values.length > 0 ? { task: 'regression', values: values.values } : null
  if (plan.task === 'regression' || plan.classes === null) return null
  const classes = plan.classes
  const places = values.levels.map((level) => classes.indexOf(level))
  const codes = Int32Array.from(values.codes, (code) => places[code] ?? 0)
  return new Set(codes).size < 2 ? null : { task: plan.task, codes, classes }
}
