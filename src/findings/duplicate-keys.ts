import type { Column } from '#core/dataset'
import { join, name, number, sql, type Sql } from '#core/sql'
import { counted, percent, profiledColumns, type Look, type Profiled } from './finding.ts'
import type { Issue } from './issue.ts'
import type { LabelLook } from './label-look.ts'

/** Different values over rows that make a column a key, and the rows that its repeated values hold. */
const fewestDistinct = 0.2
const fewestRepeated = 0.05
const constantShare = 0.9
const neededLift = 0.8
const deviations = 4

interface GroupSizes {
  readonly column: Column
  /** How many keys stand on so many rows, and on how many of them the label is the same. */
  readonly sizes: ReadonlyArray<{ readonly size: number; readonly groups: number; readonly constant: number }>
}

/** Keys that stand on several rows which share the label: copies of one case, which may not fall on both sides of a split. */
export async function checkDuplicateKeys({ look, label }: LabelLook): Promise<Issue[]> {
  const keys = profiledColumns(look).filter((one) => one.column.id !== label.column.id && isKeyLike(look, one))
  if (keys.length === 0) return []
  const chance = await labelShares(look, label.column)
  const first = (await groupSizes(look, keys.map(({ column }) => column), { label: label.column, once: false })).filter((one) => isSuspicious(look, one, chance))
  // Copies of whole rows share everything; they are counted once, where there are any.
  const found = look.profile.duplicate_rows === 0 || first.length === 0 ? first : (await groupSizes(look, first.map(({ column }) => column), { label: label.column, once: true })).filter((one) => isSuspicious(look, one, chance))
  return Promise.all(found.map((one) => issueOf(look, label.column, one)))
}

function isKeyLike(look: Look, { column, facts }: Profiled): boolean {
  const valued = look.table.rows - facts.missing
  if (column.type === 'number' || column.type === 'boolean' || valued < look.table.rows / 2) return false
  return facts.distinct >= valued * fewestDistinct && facts.distinct <= valued * (1 - fewestRepeated / 2)
}

/** The shares of the label's values. */
async function labelShares(look: Look, label: Column): Promise<number[]> {
  const query = sql`select n from (select count(*) as n from t where ${name(label.id)} is not null group by ${name(label.id)}) c order by n desc limit ${number(1_000)}`
  const rows = (await look.data.query(query, { tables: { t: look.table.hash }, signal: look.signal })).map((row) => Number(row.n))
  const all = rows.reduce((sum, n) => sum + n, 0)
  return rows.map((n) => n / all)
}

async function groupSizes(look: Look, keys: readonly Column[], { label, once }: { label: Column; once: boolean }): Promise<GroupSizes[]> {
  const whole = join(look.table.columns.map((column) => name(column.id)))
  const source: Sql = once ? sql`(select distinct ${whole} from t) d` : sql`t`
  const parts = keys.map(({ id }) => sql`select ${id} as id, size, count(*) as groups, sum(same) as constant from (
    select count(*) as size, case when count(distinct ${name(label.id)}) = 1 then 1 else 0 end as same from ${source} where ${name(id)} is not null and ${name(label.id)} is not null group by ${name(id)} having count(*) > 1) g group by size`)
  const rows = await look.data.query(sql`${parts.reduce((all, part) => sql`${all} union all ${part}`)}`, { tables: { t: look.table.hash }, signal: look.signal })
  return keys.map((column) => ({
    column,
    sizes: rows.filter((row) => row.id === column.id).map((row) => ({ size: Number(row.size), groups: Number(row.groups), constant: Number(row.constant) })).sort((a, b) => a.size - b.size),
  }))
}

/** Whether far more keys have one label than groups of these sizes would by chance. */
function isSuspicious(look: Look, { sizes }: GroupSizes, shares: readonly number[]): boolean {
  let [rows, groups, constant, expected, variance] = [0, 0, 0, 0, 0]
  for (const one of sizes) {
    const byChance = shares.reduce((sum, share) => sum + share ** one.size, 0)
    rows += one.size * one.groups
    groups += one.groups
    constant += one.constant
    expected += one.groups * byChance
    variance += one.groups * byChance * (1 - byChance)
  }
  if (groups === 0 || rows < look.table.rows * fewestRepeated) return false
  return constant >= groups * constantShare && constant - expected >= neededLift * (groups - expected) && constant - expected >= deviations * Math.sqrt(variance)
}

async function issueOf(look: Look, label: Column, { column, sizes }: GroupSizes): Promise<Issue> {
  const sum = (of: (one: GroupSizes['sizes'][number]) => number): number => sizes.reduce((all, one) => all + of(one), 0)
  const [rows, groups, constant] = [sum((one) => one.size * one.groups), sum((one) => one.groups), sum((one) => one.constant)]
  const cell = name(column.id)
  const most = sql`select ${cell} as value from t where ${cell} is not null and ${name(label.id)} is not null group by 1 having count(*) > 1 order by min(row_id) limit 1`
  const examples = await look.data.query(sql`select row_id, cast(${cell} as varchar) as value from t where ${cell} = (${most}) order by row_id limit 3`, { tables: { t: look.table.hash }, signal: look.signal })
  return {
    code: 'duplicate_keys', column: column.name, columns: [column.name, label.name], severity: 'warn', count: rows, safe: false,
    detail: `${counted(groups, 'value')} of "${column.name}" stand on several rows (${counted(rows, 'row')}), and on ${constant === groups ? 'all' : constant.toLocaleString('en-US')} of them (${percent(constant / groups)}) all rows share "${label.name}": copies of one case. Keep the rows of one value on one side of the split.`,
    examples: examples.map((row) => ({ row: Number(row.row_id), column: column.name, before: row.value ?? null })),
  }
}
