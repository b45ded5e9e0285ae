import { join, number, sql, type Sql } from '#core/sql'
import { exactMeans, exponentOf } from './exact-sum.ts'
import { linspace } from './linspace.ts'
import type { Moments } from './moments.ts'
import type { FitSource } from './step-type.ts'

/** As scikit-learn's KMeans: at most this many rounds, and none after centres that hardly move. */
const mostRounds = 300
const tolerance = 1e-4

interface Request {
  readonly moments: Moments
  readonly clusters: number
}

/** Edges of bins half way between the centres of clusters, from the least to the greatest number; centres begin evenly. */
export async function kMeansEdges(value: Sql, { moments, clusters }: Request, source: FitSource): Promise<number[]> {
  const uniform = linspace(moments.min, moments.max, clusters + 1)
  // Numbers are taken from their mean, as scikit-learn does, which keeps the sums small.
  const centred = sql`(${value} - cast(${number(moments.mean)} as double))`
  let centres = uniform.slice(1).map((edge, i) => (edge + (uniform[i] ?? edge)) * 0.5 - moments.mean)
  let before = ''
  for (let round = 0; round < mostRounds; round++) {
    const found = await moveCentres(centred, { centres, moments }, source)
    const shift = found.centres.reduce((sum, centre, i) => sum + (centre - (centres[i] ?? 0)) ** 2, 0)
    centres = found.centres
    if (found.members === before || shift <= tolerance * moments.variance) break
    before = found.members
  }
  const sorted = centres.map((centre) => centre + moments.mean).sort((a, b) => a - b)
  return [moments.min, ...sorted.slice(1).map((centre, i) => (centre + (sorted[i] ?? centre)) * 0.5), moments.max]
}

/** One round of Lloyd's: each centre moves to the mean of its members, and an empty one to the number farthest from its own. */
async function moveCentres(value: Sql, { centres, moments }: { centres: readonly number[]; moments: Moments }, source: FitSource): Promise<{ centres: number[]; members: string }> {
  const from = sql`select v, ${nearestSql(centres)} as cluster from (select ${value} as v from (${source.rows}) t) w where v is not null`
  const counted = await source.data.query(sql`select cluster, count(*) as rows from (${from}) c group by cluster`, source)
  const counts = centres.map((_, i) => Number(counted.find(({ cluster }) => Number(cluster) === i)?.rows ?? 0))
  const exponent = exponentOf(Math.max(moments.max - moments.mean, moments.mean - moments.min)) + 1
  const terms = centres.map((_, i) => ({ term: sql`case when cluster = ${number(i)} then v else 0e0 end`, exponent }))
  const means = await exactMeans(terms, { from, rows: moments.count }, source)
  const sums = means.map((mean) => mean * moments.count)
  const members = counts.map((count, i) => `${count}:${sums[i]}`).join()
  const empty = counts.flatMap((count, i) => (count === 0 ? [i] : []))
  if (empty.length > 0) {
    const distance = sql`(v - (case ${join(centres.map((centre, i) => sql`when cluster = ${number(i)} then cast(${number(centre)} as double) `), sql``)}end))`
    const far = await source.data.query(sql`select v, cluster from (${from}) c order by ${distance} * ${distance} desc, v limit ${number(empty.length)}`, source)
    far.forEach(({ v, cluster }, i) => {
      const [to, old] = [empty[i] ?? 0, Number(cluster)]
      sums[old] = (sums[old] ?? 0) - Number(v)
      counts[old] = (counts[old] ?? 1) - 1
      sums[to] = Number(v)
      counts[to] = 1
    })
  }
  return { centres: centres.map((centre, i) => ((counts[i] ?? 0) > 0 ? (sums[i] ?? 0) / (counts[i] ?? 1) : centre)), members }
}

/** The nearest centre; the lower number of two at the same distance belongs to the lower one. */
function nearestSql(centres: readonly number[]): Sql {
  const order = centres.map((centre, i) => ({ centre, i })).sort((a, b) => a.centre - b.centre || a.i - b.i)
  const cases = order.slice(0, -1).map(({ centre, i }, place) => sql` when v <= cast(${number((centre + (order[place + 1]?.centre ?? centre)) / 2)} as double) then ${number(i)}`)
  return sql`case${join(cases, sql``)} else ${number(order.at(-1)?.i ?? 0)} end`
}
