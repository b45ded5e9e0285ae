import type { Column } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import { join, name, sql } from '#core/sql'
import type { Tools } from '#phases/phase'
import { compilePipeline, fitPipeline, type PipelineState, pipelineQuery } from '#steps/compile-pipeline'
import { type Candidate, FreeNames } from './candidate.ts'
import { dateCandidates } from './date-candidates.ts'
import type { Formula } from './formula.ts'
import { formulaCandidate } from './formula-candidate.ts'
import { type LoadedColumn, loadColumns } from './load-rows.ts'
import { missingCandidates } from './missing-candidates.ts'
import { ordinalCandidates } from './ordinal-candidates.ts'
import { textCandidates } from './text-candidates.ts'

/** Candidates that are made at most. */
const mostCandidates = 40

/** A candidate with its values in the training rows. */
export interface MadeCandidate {
  readonly candidate: Candidate
  readonly made: LoadedColumn
  /** The steps under the ids with which they were made. */
  readonly steps: readonly StepSpec[]
}

export interface Candidates {
  readonly list: readonly Candidate[]
  /** How many more there would be. */
  readonly dropped: number
}

/** The features to try: ordered scales, parts and distances of dates, counts, then the promising formulas. */
export function proposeCandidates(featured: Featured, columns: readonly LoadedColumn[], formulas: readonly Formula[]): Candidates {
  const names = new FreeNames(featured.table.columns)
  const inOrder = featured.features.flatMap((feature) => columns.filter(({ column }) => column.id === feature.id))
  const told = new Set(featured.added.map((one) => one.text))
  const simple = [...ordinalCandidates(inOrder), ...dateCandidates(inOrder, names), ...missingCandidates(inOrder, names), ...textCandidates(inOrder, names)]
  const candidates = [...simple, ...formulas.map((formula) => formulaCandidate(formula, names))].filter(({ formula }) => !told.has(formula))
  return { list: candidates.slice(0, mostCandidates), dropped: Math.max(0, candidates.length - mostCandidates) }
}

/** Makes the candidates' columns of the current table and loads them; one whose steps cannot be done on it is left out. */
export async function makeCandidates(featured: Featured, candidates: readonly Candidate[], tools: Tools): Promise<Result<MadeCandidate[]>> {
  const { table, sealed } = featured
  const possible = await possibleCandidates(featured, candidates, tools)
  if (possible.length === 0) return accept([])
  const pipeline = compilePipeline({ version: '2.0', steps: possible.flatMap(({ steps }) => steps) }, table.columns)
  if (!pipeline.ok) return pipeline
  const state = Object.assign({}, ...possible.map((one) => one.state))
  const columns = possible.flatMap(({ candidate }): Column[] => pipeline.value.output.filter((column) => column.name === candidate.name))
  const mark = table.columns.find((column) => column.id === sealed)
  if (mark === undefined) throw new Error('the table has no mark of sealed rows')
  const kept = [...new Set([...columns, mark])]
  const query = sql`select row_id, ${join(kept.map((column) => name(column.id)))} from (${pipelineQuery(pipeline.value, name('t'), state)}) q`
  const made = await tools.data.materialise({ query, tables: { t: table.hash }, columns: kept }, { signal: tools.signal })
  const loaded = await loadColumns({ table: made, columns, sealed }, tools)
  return accept(possible.flatMap(({ candidate, steps }) => loaded.filter(({ column }) => column.name === candidate.name).map((one) => ({ candidate, made: one, steps }))))
}

interface Possible {
  readonly candidate: Candidate
  readonly steps: readonly StepSpec[]
  readonly state: PipelineState
}

/** The candidates whose steps fit the table, with the state of those that learn, from training rows alone. */
async function possibleCandidates({ table, sealed }: Featured, candidates: readonly Candidate[], { data, signal }: Tools): Promise<Possible[]> {
  const found: Possible[] = []
  for (const [i, candidate] of candidates.entries()) {
    const steps = candidate.steps.map((step, j) => ({ id: `try_${i}_${j}`, ...step }))
    const pipeline = compilePipeline({ version: '2.0', steps }, table.columns)
    if (!pipeline.ok) continue
    const training = sql`(select * from t where not ${name(sealed)}) r`
    const state = pipeline.value.rowwise ? accept({}) : await fitPipeline(pipeline.value, { data, table: training, tables: { t: table.hash }, signal })
    if (state.ok) found.push({ candidate, steps, state: state.value })
  }
  // What changes a column in place comes behind what is made of the column as it was.
  return [...found.filter(({ candidate }) => candidate.replaces === null), ...found.filter(({ candidate }) => candidate.replaces !== null)]
}
