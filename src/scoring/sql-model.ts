import { join, name, number, sql, text, type Sql } from '#core/sql'
import { doubleSql, doublesSql } from '#steps/double-sql'
import type { PortableModel, PortableRead, PortableTerm, PortableTree } from './portable-model.ts'

interface Named {
  readonly id: string
  readonly expression: Sql
}

/** Expressions worked out one after another, each layer under its names. */
export type Layers = Named[][]

const value = (read: number): Sql => name(`r${read}`)
const slot = (read: number): Sql => name(`r${read}_slot`)
export const scoreOf = (output: number): Sql => name(`score${output}`)

/** So many summands are added in one expression: engines limit how deep one nests, and plan a hundred trees at once in seconds, ten at a time in a third of them. */
const mostSummands = 10

/** The scores of the model over rows that hold its reads as r0, r1 …: by output, as score0, score1 …. */
export function scoreLayers({ reads, terms, trees, intercepts }: PortableModel): Layers {
  const layers = slotLayers(reads)
  const summands = intercepts.map((_, output) => [...terms.map((term) => partSql(term, output)), ...(trees?.[output] ?? []).map((tree) => leafSql(tree, reads))])
  const rounds = Math.max(1, ...summands.map((of) => Math.ceil(of.length / mostSummands)))
  for (let round = 0; round < rounds; round++) {
    layers.push(summands.map((of, output) => {
      const before = round === 0 ? doubleSql(intercepts[output] ?? 0) : name(`sum${output}_${round - 1}`)
      const expression = of.slice(round * mostSummands, (round + 1) * mostSummands).reduce((sum, next) => sql`${sum} + ${next}`, before)
      return { id: round === rounds - 1 ? `score${output}` : `sum${output}_${round}`, expression }
    }))
  }
  return layers
}

/** Numbers are placed by halving in lists: a tree of comparisons takes engines seconds to plan. */
function slotLayers(reads: readonly PortableRead[]): Layers {
  const searches = reads.map((read, i) => (read.kind === 'numeric' ? searchLayers(value(i), read.edges, { prefix: `r${i}`, isAbove: (x, edge) => sql`${x} > ${edge}` }) : { layers: [], place: sql`0` }))
  const layers = mergeLayers(searches.map((search) => search.layers))
  layers.push(reads.map((read, i) => {
    const found = searches[i]?.place ?? sql`0`
    const place = read.kind === 'numeric' ? sql`${found} + 1` : levelSql(value(i), read.levels)
    return { id: `r${i}_slot`, expression: sql`case when ${value(i)} is null then 0 else ${place} end` }
  }))
  return layers
}

function levelSql(cell: Sql, levels: readonly string[]): Sql {
  if (levels.length === 0) return sql`1`
  return sql`coalesce(array_position(array[${join(levels.map(text))}], ${cell}), 0) + 1`
}

/** Layers of several searches side by side. */
export function mergeLayers(all: readonly Layers[]): Layers {
  const depth = Math.max(0, ...all.map((layers) => layers.length))
  return Array.from({ length: depth }, (_, i) => all.flatMap((layers) => layers[i] ?? []))
}

/** How many of some rising numbers a value is above. */
export function searchLayers(x: Sql, edges: readonly number[], { prefix, isAbove }: { readonly prefix: string; readonly isAbove: (x: Sql, edge: Sql) => Sql }): { readonly layers: Layers; readonly place: Sql } {
  if (edges.length === 0) return { layers: [], place: sql`0` }
  const list = name(`${prefix}_edges`)
  const layers: Layers = [[{ id: `${prefix}_edges`, expression: doublesSql(edges) }]]
  let place = sql`0`
  for (let step = 2 ** Math.floor(Math.log2(edges.length)); step >= 1; step /= 2) {
    const next = sql`(${place} + ${number(step)})`
    layers.push([{ id: `${prefix}_at${step}`, expression: sql`case when ${next} <= ${number(edges.length)} then case when ${isAbove(x, sql`${list}[${next}]`)} then ${next} else ${place} end else ${place} end` }])
    place = name(`${prefix}_at${step}`)
  }
  return { layers, place }
}

function partSql(term: PortableTerm, output: number): Sql {
  if (term.kind === 'curve') return sql`${doublesSql(term.scores[output] ?? [])}[${slot(term.read)} + 1]`
  if (term.kind === 'pair') {
    const [first, second] = term.reads
    const at = (list: readonly number[], read: number): Sql => sql`array[${join(list.map(number))}][${slot(read)} + 1]`
    return sql`${doublesSql(term.scores[output] ?? [])}[${at(term.starts, first)} + ${at(term.offsets, second)} + 1]`
  }
  const x = value(term.read)
  const line = sql`${doubleSql(term.slope[output] ?? 0)} * (${x} - ${doubleSql(term.mean)}) + ${doubleSql(term.shift[output] ?? 0)}`
  return sql`case when ${x} is null then ${doubleSql(term.missing[output] ?? 0)} else ${line} end`
}

function leafSql(tree: PortableTree, reads: readonly PortableRead[]): Sql {
  const below = (at: number): Sql => {
    if (at < 0) return doubleSql(tree.value[~at] ?? 0)
    const left = isLeftSql(tree, at, reads)
    return sql`case when ${left} then ${below(tree.left[at] ?? -1)} else ${below(tree.right[at] ?? -1)} end`
  }
  return below(tree.feature.length === 0 ? -1 : 0)
}

function isLeftSql({ feature, threshold, levels, missingLeft }: PortableTree, at: number, reads: readonly PortableRead[]): Sql {
  const read = feature[at] ?? 0
  const gap = missingLeft[at] === true
  if (reads[read]?.kind === 'numeric') {
    const test = sql`${value(read)} <= ${doubleSql(threshold[at] ?? 0)}`
    return gap ? sql`(${value(read)} is null or ${test})` : test
  }
  const slots = [...(gap ? [0] : []), ...(levels[at] ?? []).map((level) => level + 2)]
  return slots.length === 0 ? sql`false` : sql`${slot(read)} in (${join(slots.map(number))})`
}
