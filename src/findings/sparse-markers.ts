import type { Column } from '#core/dataset'
import { name, number, sql, type Sql } from '#core/sql'
import { counted, percent, profiledColumns, type Look } from './finding.ts'
import type { Issue } from './issue.ts'
import { holedColumns } from './missing-cells.ts'
import { maybeMissingTokens } from '#steps/missing-tokens'
import { tokenKey } from '#steps/numeric-token-options'
import { stepIsOffered } from './told.ts'

const fewestPresent = 10
const mostPresent = 0.05
const purity = 0.98
const mostAnchorShare = 0.2
const mostCover = 0.5
const mostAnchorLevels = 50
const mostMarkers = 10

interface Marker {
  readonly column: Column
  readonly isSet: Sql
  readonly present: number
}

interface Anchor {
  readonly column: Column
  readonly part: 'hour' | 'weekday' | null
  readonly value: Sql
}

/** Columns that are set on few rows, nearly all of which share one value of another column or one hour or weekday. */
export async function checkSparseMarkers(look: Look): Promise<Issue[]> {
  const markers = markersOf(look).slice(0, mostMarkers)
  if (markers.length === 0) return []
  const anchors = anchorsOf(look)
  const found = await Promise.all(markers.map((marker) => anchoredAt(look, marker, anchors.filter(({ column }) => column.id !== marker.column.id))))
  return found.flat()
}

/** Empty cells, placeholders and words such as "none" all mean that the marker is not set. */
function markersOf(look: Look): Marker[] {
  const holed = new Map(holedColumns(look).map((one) => [one.column.id, one]))
  return profiledColumns(look).flatMap(({ column, facts }) => {
    if (column.id === look.target) return []
    const hole = holed.get(column.id)
    const words = (look.levels.get(column.id)?.levels ?? []).filter(({ value }) => maybeMissingTokens.includes(tokenKey(value)))
    const present = look.table.rows - (hole?.missing ?? facts.missing) - words.reduce((sum, level) => sum + level.rows, 0)
    if (present < fewestPresent || present > look.table.rows * mostPresent) return []
    const unset = hole === undefined ? sql`${name(column.id)} is null` : hole.isMissing
    const isSet = words.reduce((all, { value }) => sql`${all} and ${name(column.id)} <> ${value}`, sql`not (${unset})`)
    return [{ column, isSet, present }]
  })
}

function anchorsOf(look: Look): Anchor[] {
  return profiledColumns(look).flatMap(({ column, facts }): Anchor[] => {
    if (column.id === look.target) return []
    const cell = name(column.id)
    if (column.type === 'timestamp') return [{ column, part: 'hour', value: sql`extract(hour from ${cell})` }, { column, part: 'weekday', value: sql`extract(dow from ${cell})` }]
    if (column.type === 'date') return [{ column, part: 'weekday', value: sql`extract(dow from ${cell})` }]
    return facts.distinct >= 2 && facts.distinct <= mostAnchorLevels ? [{ column, part: null, value: sql`cast(${cell} as varchar)` }] : []
  })
}

async function anchoredAt(look: Look, { column, isSet, present }: Marker, anchors: readonly Anchor[]): Promise<Issue[]> {
  if (anchors.length === 0) return []
  const parts = anchors.map(({ value }, i) => sql`(select ${number(i)} as place, cast(value as varchar) as value, count(*) as rows, sum(case when is_set then 1 else 0 end) as hits, min(case when is_set then row_id end) as first from (select row_id, ${value} as value, ${isSet} as is_set from t) s where value is not null group by 2 order by hits desc, 2 limit 1)`)
  const rows = await look.data.query(sql`${parts.reduce((all, part) => sql`${all} union all ${part}`)}`, { tables: { t: look.table.hash }, signal: look.signal })
  const fits = rows.flatMap((row) => {
    const anchor = anchors[Number(row.place)]
    const [total, hits] = [Number(row.rows), Number(row.hits)]
    if (anchor === undefined || hits < present * purity || total >= look.table.rows * mostAnchorShare || hits > total * mostCover) return []
    return [{ anchor, value: String(row.value), total, hits, first: Number(row.first) }]
  })
  const [best] = fits.sort((a, b) => Number(b.anchor.part !== null) - Number(a.anchor.part !== null) || b.hits - a.hits || a.total - b.total)
  if (best === undefined) return []
  const where = best.anchor.part === null ? `where "${best.anchor.column.name}" is ${JSON.stringify(best.value)}` : `at ${best.anchor.part} ${best.value} of "${best.anchor.column.name}"`
  const step = { type: 'GroupBroadcastTransformer', columns: [column.name], params: { time_column: best.anchor.column.name, time_unit: 'D', op: 'first' }, description: `Spread ${column.name} over its date` }
  const mends = best.anchor.part === 'hour' && stepIsOffered(step, look.table.columns)
  return [{
    code: 'sparse_marker', column: column.name, columns: [column.name, best.anchor.column.name], severity: 'warn', count: present, ...(mends ? { step } : {}), safe: false,
    detail: `"${column.name}" is set on ${counted(present, 'row')} only (${percent(present / look.table.rows)}), ${best.hits === present ? 'all' : `${best.hits.toLocaleString('en-US')}`} of them ${where}, which holds ${percent(best.total / look.table.rows)} of all rows. ${best.anchor.part === 'hour' ? 'It rather marks the whole date: spread it to all rows of the date before it is learnt from.' : 'Its rows differ in more than the marker.'}`,
    examples: [{ row: best.first, column: best.anchor.column.name, before: best.value }],
  }]
}
