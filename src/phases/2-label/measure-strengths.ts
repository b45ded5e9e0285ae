import { z } from 'zod'
import type { Column } from '#core/dataset'
import type { Compute, DataEngine, Values } from '#core/ports'
import { name, number, sql } from '#core/sql'
import { meanInterval } from '#ml/mean-interval'
import { takeRows, type Column as MlColumn, type Target } from '#ml/table'
import type { TargetPlan } from './plan-target.ts'
import type { ColumnFacts } from './schema.ts'

/** Rows times columns of the sample, and its rows at most. */
const sampleCells = 240_000
const sampleRows = 3_000

/** How well one column alone predicts the label, on rows it was not learnt from. */
export interface Strength {
  readonly column: string
  readonly name: string
  readonly metric: 'auc' | 'r2'
  readonly value: number
  /** 95 % interval of the mean over the folds; null of a single fold. */
  readonly interval: [number, number] | null
}

/** Of the columns alone, strongest first, measured on so many rows. */
export interface Strengths {
  readonly rows: number
  readonly columns: readonly Strength[]
}

/** A few thousand rows taken evenly by row id: the columns as inputs, and the candidates as labels. */
export interface Sample {
  readonly columns: ReadonlyMap<string, MlColumn>
  readonly labels: ReadonlyMap<string, Values>
}

export interface StrengthTools {
  readonly data: DataEngine
  readonly compute: Compute
  readonly signal: AbortSignal
  readonly seed: number
}

interface Candidate {
  readonly facts: ColumnFacts
  readonly plan: TargetPlan
}

interface SampleRequest {
  readonly table: { readonly hash: string; readonly rows: number }
  readonly columns: readonly ColumnFacts[]
  readonly candidates: readonly Candidate[]
}

/** Reads the sample once for all candidates. */
export async function readSample({ table, columns, candidates }: SampleRequest, tools: StrengthTools): Promise<Sample> {
  const most = Math.min(sampleRows, Math.max(500, Math.floor(sampleCells / Math.max(1, columns.length))))
  const step = Math.max(1, Math.ceil(table.rows / most))
  const inputs = columns.map((column) => ({ kind: kindOf(column), expression: name(column.id) }))
  const labels = candidates.map(({ facts, plan }) => ({ kind: plan.task === 'regression' ? ('numeric' as const) : ('category' as const), expression: name(facts.id) }))
  const values = await tools.data.columns({ table: table.hash, columns: [...inputs, ...labels], where: sql`mod(row_id, ${number(step)}) = 0` }, tools)
  const read = columns.flatMap((column, i): [string, MlColumn][] => {
    const one = values[i]
    return one === undefined ? [] : [[column.id, columnOf(column, one)]]
  })
  const targets = candidates.flatMap(({ facts }, i): [string, Values][] => {
    const one = values[columns.length + i]
    return one === undefined ? [] : [[facts.id, one]]
  })
  return { columns: new Map(read), labels: new Map(targets) }
}

interface StrengthRequest {
  readonly sample: Sample
  readonly candidate: Candidate
  readonly columns: readonly ColumnFacts[]
}

/** The strength of every column alone, on the rows of the sample that have the label. */
export async function measureStrengths({ sample, candidate, columns }: StrengthRequest, tools: StrengthTools): Promise<Strengths> {
  const label = sample.labels.get(candidate.facts.id)
  const rows = label === undefined ? new Int32Array(0) : labelledRows(label)
  const target = label === undefined ? null : targetOf(label, rows, candidate.plan)
  if (target === null) return { rows: 0, columns: [] }
  const inputs = columns.flatMap((column) => {
    const one = sample.columns.get(column.id)
    return one === undefined ? [] : [{ table: takeRows({ rows: rows.length, columns: [one] }, rows), target, feature: one.name, seed: tools.seed }]
  })
  const answers = await tools.compute.parallel('oneFeatureStrength', inputs, tools)
  const names = new Map(columns.map((column) => [column.id, column.name]))
  const strengths = answers.map((answer): Strength => {
    const { feature, metric, value, byFold } = answerSchema.parse(answer)
    const found = meanInterval(byFold)
    return { column: feature, name: names.get(feature) ?? feature, metric, value: rounded(value), interval: found === null ? null : [rounded(found.low), rounded(Math.min(1, found.high))] }
  })
  return { rows: rows.length, columns: strengths.sort((a, b) => b.value - a.value || (a.column < b.column ? -1 : 1)) }
}

const answerSchema = z.object({ feature: z.string(), metric: z.enum(['auc', 'r2']), value: z.number(), byFold: z.array(z.number()) })

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6
}

function kindOf(column: Column): 'numeric' | 'category' {
  return column.type === 'text' || column.type === 'boolean' ? 'category' : 'numeric'
}

function columnOf(column: Column, values: Values): MlColumn {
  return values.kind === 'numeric' ? { name: column.id, kind: 'numeric', values: values.values } : { name: column.id, kind: 'category', codes: values.codes, levels: values.levels }
}

function labelledRows(label: Values): Int32Array {
  const rows: number[] = []
  const count = label.kind === 'numeric' ? label.values.length : label.codes.length
  for (let row = 0; row < count; row++) {
    if (label.kind === 'numeric' ? Number.isFinite(label.values[row]) : (label.codes[row] ?? -1) >= 0) rows.push(row)
  }
  return Int32Array.from(rows)
}

/** The label of the sample's rows; null where they hold one class only, or too few to cross-validate. */
function targetOf(label: Values, rows: Int32Array, plan: TargetPlan): Target | null {
  if (rows.length < 10) return null
  if (label.kind === 'numeric') return plan.task === 'regression' ? { task: 'regression', values: Float64Array.from(rows, (row) => label.values[row] ?? 0) } : null
  if (plan.task === 'regression' || plan.classes === null) return null
  const { classes, task } = plan
  const places = label.levels.map((level) => classes.indexOf(level))
  const codes = Int32Array.from(rows, (row) => places[label.codes[row] ?? -1] ?? 0)
  return new Set(codes).size < 2 ? null : { task, codes, classes }
}
