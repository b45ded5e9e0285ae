import { name, sql } from '#core/sql'
import { correlationOf } from './correlation.ts'
import { counted, type Look } from './finding.ts'
import type { Issue } from './issue.ts'
import { logChanceOfMap, logProof } from './log-chance.ts'
import type { Sample, SampledColumn } from './sample-rows.ts'

const mostValues = 200
const mostPairs = 300
const mostTold = 30
/** A column that is one value on more rows than this says too little to be said twice. */
const mostOfOne = 0.95
const straight = 0.9999

/** Columns that say what another says: one to one, or every value with one value of the other, or on a straight line. */
export async function findRedundancy(look: Look, sample: Sample): Promise<Issue[]> {
  const columns = sample.columns.filter(({ column }) => column.id !== look.target)
  const coded = columns.filter((one) => isTelling(one, sample.rows))
  const suspected = coded.flatMap((one, i) => coded.slice(i + 1).flatMap((other) => pairOf(one, other) ?? [])).slice(0, mostPairs)
  const proved = await prove(look, suspected)
  const found = [...oneToOne(look, proved), ...determined(look, proved), ...lines(look, columns, proved)]
  return found.slice(0, mostTold)
}

function isTelling({ codes, levels, facts, column }: SampledColumn, rows: number): boolean {
  if (facts.distinct < 2 || facts.distinct > mostValues || facts.distinct > rows / 5 || column.type === 'number') return false
  const counts = new Int32Array(levels.length + 1)
  for (const code of codes) counts[code + 1] = (counts[code + 1] ?? 0) + 1
  return Math.max(...counts) <= rows * mostOfOne
}

interface Pair {
  readonly one: SampledColumn
  readonly other: SampledColumn
  readonly forth: boolean
  readonly back: boolean
}

/** Two columns of the sample of which one follows from the other on every row, beyond what shuffled rows would do. */
function pairOf(one: SampledColumn, other: SampledColumn): Pair | null {
  const [forth, back] = [follows(one, other), follows(other, one)]
  return forth || back ? { one, other, forth, back } : null
}

/** Missing counts as a value of its own. */
function follows({ codes: from, levels }: SampledColumn, { codes: to, levels: others }: SampledColumn): boolean {
  const map = new Int32Array(levels.length + 1).fill(-2)
  const counts = new Int32Array(others.length + 1)
  let values = 0
  for (let row = 0; row < from.length; row++) {
    const [a, b] = [(from[row] ?? -1) + 1, to[row] ?? -1]
    const known = map[a] ?? -2
    if (known !== -2 && known !== b) return false
    if (known === -2) values++
    map[a] = b
    counts[b + 1] = (counts[b + 1] ?? 0) + 1
  }
  return logChanceOfMap(values, [...counts].filter((rows) => rows > 0).map((rows) => ({ rows, times: 1 }))) < logProof
}

/** Counts pairs of values on all rows: as many as values where each goes with one of the other. */
async function prove(look: Look, suspected: readonly Pair[]): Promise<Pair[]> {
  if (suspected.length === 0) return []
  const parts = suspected.map(({ one, other }, i) => {
    const [a, b] = [name(one.column.id), name(other.column.id)]
    return sql`select ${i} as place, count(*) as pairs, count(distinct coalesce(cast(a as varchar), '∅')) as ones, count(distinct coalesce(cast(b as varchar), '∅')) as others from (select ${a} as a, ${b} as b from t group by 1, 2) p`
  })
  const rows = await look.data.query(sql`${parts.reduce((all, part) => sql`${all} union all ${part}`)}`, { tables: { t: look.table.hash }, signal: look.signal })
  const counts = new Map(rows.map((row) => [Number(row.place), { pairs: Number(row.pairs), ones: Number(row.ones), others: Number(row.others) }]))
  return suspected.flatMap((pair, i) => {
    const count = counts.get(i)
    if (count === undefined) return []
    const proved = { ...pair, forth: pair.forth && count.pairs === count.ones, back: pair.back && count.pairs === count.others }
    return proved.forth || proved.back ? [proved] : []
  })
}

function oneToOne(look: Look, pairs: readonly Pair[]): Issue[] {
  const groups: SampledColumn[][] = []
  for (const { one, other } of pairs.filter(({ forth, back }) => forth && back)) {
    const group = groups.find((members) => members.includes(one) || members.includes(other))
    if (group === undefined) groups.push([one, other])
    else group.push(...[one, other].filter((column) => !group.includes(column)))
  }
  return groups.map((members) => {
    const names = members.map(({ column }) => column.name)
    return issueOf(look, members, `${listed(names)} say the same: on all ${counted(look.table.rows, 'row')} each value of one goes with exactly one value of the other${names.length > 2 ? 's' : ''}. One of them is enough for a model.`)
  })
}

function determined(look: Look, pairs: readonly Pair[]): Issue[] {
  const second = new Set(pairs.filter(({ forth, back }) => forth && back).map(({ other }) => other))
  return pairs.filter(({ forth, back, one, other }) => forth !== back && !second.has(one) && !second.has(other)).map(({ forth, one, other }) => {
    const [from, to] = forth ? [one, other] : [other, one]
    return issueOf(look, [from, to], `"${from.column.name}" determines "${to.column.name}": on all ${counted(look.table.rows, 'row')} each of its values goes with one value of "${to.column.name}", which therefore adds nothing beside it.`)
  })
}

function listed(names: readonly string[]): string {
  const quoted = names.map((one) => `"${one}"`)
  return quoted.length < 2 ? quoted.join('') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1) ?? ''}`
}

function lines(look: Look, columns: readonly SampledColumn[], proved: readonly Pair[]): Issue[] {
  const numbers = columns.filter(({ values, facts }) => values !== null && facts.distinct > 10)
  const told = new Set(proved.flatMap(({ one, other, forth, back }) => (forth && back ? [`${one.column.id} ${other.column.id}`] : [])))
  const groups: SampledColumn[][] = []
  for (const [i, one] of numbers.entries()) {
    for (const other of numbers.slice(i + 1)) {
      if (told.has(`${one.column.id} ${other.column.id}`) || one.values === null || other.values === null) continue
      const { correlation, rows } = correlationOf(one.values, other.values)
      if (rows < one.values.length / 2 || rows < 20 || Math.abs(correlation) < straight) continue
      const group = groups.find((members) => members.includes(one) || members.includes(other))
      if (group === undefined) groups.push([one, other])
      else group.push(...[one, other].filter((column) => !group.includes(column)))
    }
  }
  return groups.map((members) => issueOf(look, members, `${listed(members.map(({ column }) => column.name))} lie on a straight line (correlation beyond ${straight} on ${counted(members[0]?.codes.length ?? 0, 'row')} looked at): one of them is enough for a model.`))
}

function issueOf(look: Look, members: readonly SampledColumn[], detail: string): Issue {
  const [first] = members
  return {
    code: 'redundant', column: first?.column.name ?? '', columns: members.map(({ column }) => column.name), severity: 'info', count: look.table.rows, safe: false, detail,
    examples: members.slice(0, 3).map(({ column, codes, levels }) => ({ row: 0, column: column.name, before: levels[codes[0] ?? -1] ?? null })),
  }
}
