import type { Column } from '#core/dataset'
import type { Labelled } from '#core/outcomes'
import type { CategoryValues } from '#core/ports'
import { join, name, sql } from '#core/sql'
import type { Tools } from '#phases/phase'

/** A column by whose values the sealed rows are looked at apart. */
export interface GroupColumn {
  readonly name: string
  /** Whether the model reads it. */
  readonly input: boolean
  readonly values: CategoryValues
}

export interface GroupColumns {
  readonly columns: readonly GroupColumn[]
  /** Columns that would qualify and are not shown. */
  readonly more: readonly string[]
}

/** With more values than this, groups are small and no longer a question of a few kinds of rows. */
const mostLevels = 20
const mostColumns = 30

/** Every column of few texts or of true and false, whether the model reads it or not; those that restate the label are left out. */
export async function groupColumns(labelled: Labelled, inputs: readonly string[], tools: Tools): Promise<GroupColumns> {
  const candidates = await lowCardinality(labelled, tools)
  const shown = candidates.slice(0, mostColumns)
  const more = candidates.slice(mostColumns).map((column) => column.name)
  if (shown.length === 0) return { columns: [], more }
  const columns = shown.map((column) => ({ kind: 'category' as const, expression: name(column.id) }))
  const found = await tools.data.columns({ table: labelled.table.hash, columns, where: name(labelled.sealed) }, { signal: tools.signal })
  const groups = shown.flatMap((column, i): GroupColumn[] => {
    const values = found[i]
    return values?.kind === 'category' ? [{ name: column.name, input: inputs.includes(column.name), values }] : []
  })
  return { columns: groups, more }
}

async function lowCardinality(labelled: Labelled, { data, signal }: Tools): Promise<Column[]> {
  const restating = new Set(labelled.left_out.filter(({ reason }) => reason === 'proxy').map(({ column }) => column))
  const own = new Set([labelled.label.id, labelled.sealed, labelled.group])
  const candidates = labelled.table.columns.filter(({ id, type }) => (type === 'text' || type === 'boolean') && !own.has(id) && !restating.has(id))
  if (candidates.length === 0) return []
  const counts = join(candidates.map(({ id }) => sql`count(distinct ${name(id)}) + max(case when ${name(id)} is null then 1 else 0 end) as ${name(id)}`))
  const [row] = await data.query(sql`select ${counts} from labelled`, { tables: { labelled: labelled.table.hash }, signal })
  return candidates.filter(({ id }) => Number(row?.[id] ?? 0) >= 2 && Number(row?.[id] ?? 0) <= mostLevels)
}
