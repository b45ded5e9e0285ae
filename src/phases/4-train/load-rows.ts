import type { Labelled, LeftOut } from '#core/outcomes'
import type { CategoryValues, ColumnRequest, Values } from '#core/ports'
import { name, sql } from '#core/sql'
import type { Column as MlColumn, Table, Target } from '#ml/table'
import type { Tools } from '#phases/phase'
import { featureColumns, findUseless, type UsableColumn } from './usable-features.ts'

/** Rows as arrays over shared memory, which worker threads read without a copy. */
export interface LoadedRows {
  readonly table: Table
  readonly target: Target
  /** How much each row counts, where the label decision weighs rows. */
  readonly weights: Float64Array | undefined
  readonly groups: Int32Array
  /** Set where the split is by time. */
  readonly times: Float64Array | null
  readonly features: readonly UsableColumn[]
  readonly leftOut: readonly LeftOut[]
}

/** Loads the training rows, without the columns that say nothing in them. */
export async function loadTraining(labelled: Labelled, tools: Tools): Promise<LoadedRows> {
  const loaded = await loadRows(labelled, featureColumns(labelled), { sealed: false, tools })
  const judged = loaded.features.map((feature, i) => ({
    feature,
    i,
    useless: findUseless(feature, loaded.values[i] ?? emptyValues),
  }))
  const kept = judged.filter((one) => one.useless === null)
  const columns = kept.flatMap(({ i }) => loaded.table.columns.slice(i, i + 1))
  const leftOut = judged.flatMap(({ useless }) => (useless === null ? [] : [useless]))
  return { ...loaded, table: { ...loaded.table, columns }, features: kept.map(({ feature }) => feature), leftOut }
}

/** Loads the sealed rows with the columns that a model was fitted on. */
export async function loadSealed(labelled: Labelled, features: readonly string[], tools: Tools): Promise<LoadedRows> {
  const wanted = featureColumns(labelled).filter((feature) => features.includes(feature.name))
  return { ...(await loadRows(labelled, wanted, { sealed: true, tools })), leftOut: [] }
}

const emptyValues: Values = { kind: 'numeric', values: new Float64Array(0) }

interface Which {
  readonly sealed: boolean
  readonly tools: Tools
}

async function loadRows(labelled: Labelled, features: readonly UsableColumn[], { sealed, tools }: Which) {
  const { signal } = tools
  const columns: ColumnRequest[] = features.map(({ column, kind }) => ({ kind, expression: name(column.id) }))
  const group: ColumnRequest = { kind: 'numeric', expression: name(labelled.group) }
  const time: ColumnRequest[] = labelled.time === null ? [] : [{ kind: 'numeric', expression: name(labelled.time) }]
  const weight: ColumnRequest[] =
    labelled.weight === null ? [] : [{ kind: 'numeric', expression: name(labelled.weight.id) }]
  const where = sealed ? name(labelled.sealed) : sql`NOT ${name(labelled.sealed)}`
  const request = { table: labelled.table.hash, columns: [labelRequest(labelled), group, ...time, ...weight, ...columns], where }
  const [label, groups, ...rest] = await tools.data.columns(request, { signal })
  if (label === undefined || groups?.kind !== 'numeric') throw new Error('the engine left out the label or the group')
  const times = labelled.time === null ? undefined : rest[0]
  const weights = labelled.weight === null ? undefined : rest[time.length]
  const values = rest.slice(time.length + weight.length)
  const table: Table = {
    rows: groups.values.length,
    columns: features.map((feature, i) => mlColumn(feature.name, values[i] ?? emptyValues)),
  }
  return {
    table,
    target: targetOf(labelled, label),
    weights: weights?.kind === 'numeric' ? weights.values : undefined,
    groups: Int32Array.from(groups.values),
    times: times?.kind === 'numeric' ? missingFirst(times.values) : null,
    features,
    values,
  }
}

/** Classes are the values as text, whatever type they are stored as. */
function labelRequest({ label, task }: Labelled): ColumnRequest {
  if (task === 'regression') return { kind: 'numeric', expression: name(label.id) }
  return { kind: 'category', expression: name(label.id) }
}

function mlColumn(columnName: string, values: Values): MlColumn {
  return { name: columnName, ...values }
}

function targetOf({ task, classes }: Labelled, label: Values): Target {
  if (label.kind === 'numeric') return { task: 'regression', values: label.values }
  if (task === 'regression' || classes === null) throw new Error('a label of categories needs its classes')
  return { task, classes, codes: classCodes(label, classes) }
}

/** The codes of the engine are per answer; a model's are the positions in the classes of the label decision. */
function classCodes({ codes, levels }: CategoryValues, classes: readonly string[]): Int32Array {
  const classOfLevel = levels.map((level) => classes.indexOf(level))
  const shared = new Int32Array(new SharedArrayBuffer(4 * codes.length))
  for (let row = 0; row < codes.length; row++) shared[row] = classOfLevel[codes[row] ?? -1] ?? -1
  return shared
}

/** A row without a time counts as the earliest, so that it is only ever learnt from. */
function missingFirst(times: Float64Array): Float64Array {
  return times.map((time) => (Number.isNaN(time) ? -Infinity : time))
}

/** Loads only the label and the weights of the training rows. */
export async function loadTarget(labelled: Labelled, tools: Tools): Promise<Pick<LoadedRows, 'target' | 'weights'>> {
  return loadRows(labelled, [], { sealed: false, tools })
}
