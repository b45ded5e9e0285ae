import type { Column } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import { join, name, sql } from '#core/sql'
import type { Tools } from '#phases/phase'
import { compilePipeline, pipelineQuery } from '#steps/compile-pipeline'
import { type Candidate, FreeNames } from './candidate.ts'
import { dateCandidates } from './date-candidates.ts'
import { type LoadedColumn, loadColumns } from './load-rows.ts'
import { numberCandidates } from './number-candidates.ts'
import { ordinalCandidates } from './ordinal-candidates.ts'

/** Candidates that are tried at most. */
const mostCandidates = 40

/** A candidate with its values in the training rows. */
export interface MadeCandidate {
  readonly candidate: Candidate
  readonly made: LoadedColumn
}

export interface Candidates {
  readonly list: readonly Candidate[]
  /** How many more there would be. */
  readonly dropped: number
}

/**
 * The features to try: ordered scales, parts and distances of dates, then pairs of the strongest numbers. Numbers that
 * repeat others make no pairs; two dates on a straight line still have a distance.
 */
export function proposeCandidates(featured: Featured, ranked: readonly LoadedColumn[], repeated: ReadonlySet<LoadedColumn>): Candidates {
  const names = new FreeNames(featured.table.columns)
  // What a draft made already is no parent again, so that features do not grow out of features.
  const added = new Set(featured.added.map((one) => one.name))
  const parents = ranked.filter(({ column }) => !added.has(column.name))
  const inOrder = featured.features.flatMap((feature) => parents.filter(({ column }) => column.id === feature.id))
  const told = new Set(featured.added.map((one) => one.text))
  const all = [...ordinalCandidates(inOrder), ...dateCandidates(inOrder, names), ...numberCandidates(parents.filter((one) => !repeated.has(one)), names)].filter(({ formula }) => !told.has(formula))
  return { list: all.slice(0, mostCandidates), dropped: Math.max(0, all.length - mostCandidates) }
}

/** Makes the candidates' columns of the current table and loads them. */
export async function makeCandidates(featured: Featured, list: readonly Candidate[], tools: Tools): Promise<Result<MadeCandidate[]>> {
  if (list.length === 0) return accept([])
  const steps = list.flatMap((candidate, i) => candidate.steps.map((step, j) => ({ id: `try_${i}_${j}`, ...step })))
  const { table, sealed } = featured
  const pipeline = compilePipeline({ version: '2.0', steps }, table.columns)
  if (!pipeline.ok) return pipeline
  const columns = list.flatMap((candidate): Column[] => pipeline.value.output.filter((column) => column.name === candidate.name))
  const mark = table.columns.find((column) => column.id === sealed)
  if (mark === undefined) throw new Error('the table has no mark of sealed rows')
  const kept = [...new Set([...columns, mark])]
  const query = sql`select row_id, ${join(kept.map((column) => name(column.id)))} from (${pipelineQuery(pipeline.value, name('t'))}) q`
  const made = await tools.data.materialise({ query, tables: { t: table.hash }, columns: kept }, { signal: tools.signal })
  const loaded = await loadColumns({ table: made, columns, sealed }, tools)
  return accept(list.flatMap((candidate) => loaded.filter(({ column }) => column.name === candidate.name).map((one) => ({ candidate, made: one }))))
}
