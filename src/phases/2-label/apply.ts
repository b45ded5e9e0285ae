import type { Column, Table } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import type { Labelled, LeftOut } from '#core/outcomes'
import { join, name, sql, type Sql } from '#core/sql'
import type { Applied, Facts, Tools } from '#phases/phase'
import { measureColumnFacts } from './column-facts.ts'
import { countSides, type Sides } from './count-sides.ts'
import { holdMarks, knownRows } from './held-rows.ts'
import { findProxies } from '#findings/find-proxies'
import { fitWaiting } from './fit-waiting.ts'
import { labelTable } from './label-table.ts'
import { planTarget } from './plan-target.ts'
import { isRepeatedKey } from './propose-split.ts'
import { sealQuery } from './seal-rows.ts'
import type { ColumnFacts, LabelDecision } from './schema.ts'

/** Marks the sealed rows of the chosen label and settles which columns go into the model. */
export async function applyLabel(facts: Facts, decision: LabelDecision, tools: Tools): Promise<Result<Applied<Labelled>>> {
  const { split } = decision
  const fixed = [...(decision.weight === null ? [] : [decision.weight]), ...(split.kind === 'time' && split.column !== null ? [split.column] : [])]
  const source = await labelTable(facts, { labels: [{ id: decision.column }], fixed }, tools)
  if (!source.ok) return source
  const { table, spec, left_out } = source.value
  const profile = await tools.data.profile(table, tools)
  const columns = await measureColumnFacts(table, profile.columns, tools)
  const label = columns.find((column) => column.id === decision.column)
  if (label === undefined) return refuse('LABEL_UNKNOWN_COLUMN', `The column "${decision.name}" is not in the table after data_preparation.`)
  const plan = planTarget({ facts: label, rows: table.rows, task: decision.task, positive: decision.positive })
  if (!plan.ok) return plan
  tools.progress(0.2, 'Looking for what leaks the label')
  const proxies = await findProxies({ data: tools.data, signal: tools.signal, table, label: columnOf(label) }, { task: decision.task, columns })
  const found = proxies.filter((proxy) => proxy.proven).map((proxy): LeftOut => ({ column: proxy.column, name: proxy.name, reason: 'proxy', text: proxy.text }))
  const out = leftOut({ before: left_out, proxies: found, columns, decision, rows: table.rows })
  const features = table.columns.filter((column) => column.id !== label.id && column.id !== decision.weight && !out.some((one) => one.column === column.id))
  if (features.length === 0) return refuse('NO_FEATURES', `No column is left to predict "${label.name}" from${out.length === 0 ? '.' : `; left out were ${out.map((one) => one.name).join(', ')}.`}`)
  tools.progress(0.5, 'Sealing the test rows')
  const marked = await markRows({ facts, table, label: columnOf(label), decision, copies: profile.duplicate_rows > 0 }, tools)
  if (!marked.ok) return marked
  const { marks, labelled, sides, held } = marked.value
  tools.progress(0.95, 'Fitting steps on the training rows')
  const apart = [label.id, ...(decision.weight === null ? [] : [decision.weight])]
  const fitted = await fitWaiting({ marked: { table: labelled, sealed: marks.sealed.id, group: marks.group.id }, steps: source.value.waiting, columns: table.columns, nextId: source.value.nextId, apart, left_out: out }, tools)
  if (!fitted.ok) return fitted
  return accept({
    outcome: {
      label: columnOf(label), task: decision.task, classes: plan.value.classes === null ? null : [...plan.value.classes], positive: plan.value.positive, split, spec, ...fitted.value, time: split.kind === 'time' ? split.column : null,
      weight: table.columns.find((column) => column.id === decision.weight) ?? null,
      rows: { labelled: labelled.rows, unlabelled: table.rows - labelled.rows, train: sides.train, test: sides.test, copies: sides.copies, copies_across: sides.copiesAcross, ...held },
    },
    publishes: [],
  })
}

interface LeavingOut {
  readonly before: readonly LeftOut[]
  readonly proxies: readonly LeftOut[]
  readonly columns: readonly ColumnFacts[]
  readonly decision: LabelDecision
  readonly rows: number
}

/** What no model takes: left out before, proven proxies, and the key that groups the rows. What was asked to be kept stays. */
function leftOut({ before, proxies, columns, decision, rows }: LeavingOut): LeftOut[] {
  const key = columns.find((column) => decision.split.kind === 'group' && column.id === decision.split.column && isRepeatedKey(column, rows))
  const keyOut: LeftOut[] = key === undefined ? [] : [{ column: key.id, name: key.name, reason: 'identifier', text: `"${key.name}" keeps rows together; what is learnt of one key tells nothing about another.` }]
  const all = new Map<string, LeftOut>()
  for (const one of [...proxies, ...before, ...keyOut]) if (!all.has(one.column)) all.set(one.column, one)
  all.delete(decision.column)
  for (const kept of decision.keep) all.delete(kept)
  return [...all.values()]
}

function columnOf({ id, name: text, type }: ColumnFacts): Column {
  return { id, name: text, type }
}

interface Marking {
  readonly facts: Facts
  readonly table: Table
  readonly label: Column
  readonly decision: LabelDecision
  readonly copies: boolean
}

interface Marked {
  readonly marks: { readonly sealed: Column; readonly group: Column }
  readonly labelled: Table
  readonly sides: Sides
  /** Counted where a retrain is on a new table. */
  readonly held: { readonly held?: number }
}

/** Stores the labelled rows with their marks, and refuses where a side could not be used. */
async function markRows({ facts, table, label, decision, copies }: Marking, tools: Tools): Promise<Result<Marked>> {
  const next = 1 + Math.max(...table.columns.map((column) => Number(column.id.slice(1))))
  const sealed: Column = { id: `c${next}`, name: freeName('sealed', table.columns), type: 'boolean' }
  const group: Column = { id: `c${next + 1}`, name: freeName('group', table.columns), type: 'integer' }
  const ids = table.columns.map((column) => name(column.id))
  const rows = sql`select row_id, ${join(ids)} from t where ${labelledSql(label)}`
  const ruled = sealQuery({ rows, label, task: decision.task, split: decision.split, columns: table.columns, copies })
  const marks = facts.held === undefined ? { query: ruled, tables: {} } : holdMarks(ruled, facts.held, { raw: facts.table, split: decision.split })
  const query = sql`select r.row_id as row_id, ${join(table.columns.map((column) => sql`r.${name(column.id)}`))}, m.is_sealed as ${name(sealed.id)}, m.group_id as ${name(group.id)}
    from (${rows}) r join (${marks.query}) m on r.row_id = m.row_id`
  const labelled = await tools.data.materialise({ query, tables: { ...marks.tables, t: table.hash }, columns: [...table.columns, sealed, group] }, tools)
  tools.progress(0.9, 'Counting both sides')
  const sides = await countSides({ table: labelled, columns: table.columns, label, task: decision.task, sealed: sealed.id, copies }, tools)
  return sides.ok ? accept({ marks: { sealed, group }, labelled, sides: sides.value, held: await countHeld(facts, labelled, tools) }) : sides
}

async function countHeld({ table, held }: Facts, labelled: Table, tools: Tools): Promise<Marked['held']> {
  const known = held === undefined ? null : knownRows(table, held)
  if (known === null) return {}
  const query = sql`select count(*) as row_count from labelled where row_id in (${known.query})`
  const [row] = await tools.data.query(query, { tables: { ...known.tables, labelled: labelled.hash }, signal: tools.signal })
  return { held: Number(row?.row_count ?? 0) }
}

/** A number that is none, or infinite, is no label. */
function labelledSql(label: Column): Sql {
  const cell = name(label.id)
  return label.type === 'number' ? sql`abs(${cell}) <= 1.7976931348623157e308` : sql`${cell} is not null`
}

function freeName(wanted: string, columns: readonly Column[]): string {
  const taken = new Set(columns.map((column) => column.name))
  let free = wanted
  for (let i = 2; taken.has(free); i++) free = `${wanted}_${i}`
  return free
}
