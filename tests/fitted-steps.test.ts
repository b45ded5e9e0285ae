import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Featured } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import { name, sql } from '#core/sql'
import { buildBench, readLabelled } from '#phases/4-train/build-bench'
import { trainPhase } from '#phases/4-train/phase'
import { applyFeatures } from '#phases/3-features/apply'
import { finalColumns } from '#phases/3-features/final-columns'
import { labelledFacts } from '#phases/3-features/labelled-facts.testkit'
import type { Facts } from '#phases/phase'
import { scorerSchema } from '#scoring/scorer-schema'
import { openScorer } from '#scoring/scorer'
import { compilePipeline } from '#steps/compile-pipeline'
import { pipelineLineage } from '#steps/pipeline-graph'
import { type DataTools, startDataTools } from './data-tools.ts'
import { tableMaker } from './generate-table.ts'

const rows = 400
/** Every fifth row is sealed by the test kit. */
const isSealed = (row: number): boolean => row % 5 === 4
const make = tableMaker(3, rows)
const incomes = Array.from({ length: rows }, (_, row) => (isSealed(row) ? 1e6 : make.random.below(1000) / 8))
const isMissing = incomes.map((_, row) => row % 17 === 0)
const towns = incomes.map((_, row) => (isSealed(row) && row % 3 === 0 ? 'only sealed' : (['Bern', 'Łódź', 'São "x"', 'rare'][row % 53 === 0 ? 3 : make.random.below(3)] ?? '')))
const known = incomes.filter((_, row) => !isSealed(row) && !isMissing[row])
const steps: StepSpec[] = [
  { id: 'fill', type: 'SimpleImputer', params: { strategy: 'mean' }, columns: ['income'] },
  { id: 'scale', type: 'StandardScaler', params: {}, columns: ['income'] },
  { id: 'towns', type: 'OneHotEncoder', params: { handle_unknown: 'ignore' }, columns: ['town'] },
  { id: 'away', type: 'DropColumnsTransformer', params: {}, columns: ['town_rare'] },
]

let bench: DataTools
let facts: Facts
let featured: Featured
beforeAll(async () => {
  bench = await startDataTools()
  const columns = [
    { name: 'income', cells: make.cells((row) => (isMissing[row] ? '' : (incomes[row] ?? 0))) },
    { name: 'town', cells: make.cells((row) => towns[row] ?? '') },
    { name: 'bought', cells: make.cells((row) => ((incomes[row] ?? 0) > 60 || towns[row] === 'Bern' ? 'yes' : 'no')) },
  ]
  const made = await labelledFacts(bench, { columns, label: 'bought', task: 'binary', classes: ['no', 'yes'] })
  featured = orThrow(await applyFeatures(made.facts, { chosen: [], steps, left_out: [], added: [] }, bench.tools)).outcome
  facts = { ...made.facts, outcomes: { ...made.facts.outcomes, feature_engineering: featured } }
})
afterAll(() => bench.close())

describe('a step that learns from the rows', () => {
  test('learns from the training rows alone and says so', () => {
    const mean = known.reduce((sum, value) => sum + value, 0) / known.length
    const fill = featured.state?.fill as { columns: Record<string, { value: number }>; fitted_on: { side: string; rows: number; tables: string[] } }
    expect(Object.values(fill.columns)[0]?.value).toBeCloseTo(mean, 10)
    expect(fill.fitted_on).toMatchObject({ side: 'training rows', rows: 320 })
    expect(fill.fitted_on.tables).toHaveLength(1)
  })

  test('makes the columns that those rows show, and a later step may name them', () => {
    expect(featured.features.map((column) => column.name)).toEqual(['income', 'town_Bern', 'town_São "x"', 'town_Łódź'])
  })

  test('is applied to the sealed rows with what it learnt', async () => {
    const id = (wanted: string): string => featured.table.columns.find((column) => column.name === wanted)?.id ?? ''
    const query = sql`select min(${name(id('income'))}) as least, sum(${name(id('town_Bern'))}) as bern, count(*) as rows from t where ${name(featured.sealed)} and row_id % 3 = 0`
    const [found] = await bench.tools.data.query(query, { tables: { t: featured.table.hash }, signal: bench.tools.signal })
    expect(found).toMatchObject({ bern: 0, rows: 27 })
    expect(Number(found?.least)).toBeLessThanOrEqual(0)
  })

  test('shows what it learnt, and of which rows, in the lineage', () => {
    const pipeline = orThrow(compilePipeline(featured.spec, facts.table.columns, featured.state))
    const way = pipelineLineage(pipeline).find(({ to }) => to === 'income')
    expect(way?.steps.map(({ text }) => text)).toEqual([expect.stringMatching(/^missing becomes the mean [\d.]+ \(learned from 320 training rows\)$/u), expect.stringContaining('(learned from 320 training rows)')])
  })

  test('may not touch the label', () => {
    const basis = { columns: facts.table.columns, before: [], fixed: [featured.label], label: featured.label.id, features: featured.features, left_out: [], added: [] }
    const refused = finalColumns({ ...basis, steps: [{ id: 'x', type: 'OneHotEncoder', params: {}, columns: ['bought'] }] })
    expect(refused.ok ? '' : refused.refusal.message).toContain('which this run is to predict')
  })
})

describe('cross-validation', () => {
  test('each fold sees steps that were fitted on its learning rows alone', async () => {
    const made = orThrow(await buildBench({ facts, labelled: readLabelled(facts) }, bench.tools))
    expect(made.foldTables).toHaveLength(made.folds.length)
    for (const [i, fold] of made.folds.entries()) {
      const income = made.foldTables?.[i]?.columns.find((column) => column.name === 'income')
      if (income?.kind !== 'numeric') throw new Error('no income')
      const learnt = Array.from(fold.train, (row) => income.values[row] ?? 0)
      const mean = learnt.reduce((sum, value) => sum + value, 0) / learnt.length
      const whole = income.values.reduce((sum, value) => sum + value, 0) / income.values.length
      expect(Math.abs(mean)).toBeLessThan(1e-12)
      expect(Math.abs(whole)).toBeGreaterThan(1e-6)
    }
  })

  test('the model that comes out scores raw rows as the table was scored', async () => {
    const proposal = orThrow(await trainPhase.propose(facts, bench.tools))
    const decision = orThrow(trainPhase.read({ choice_index: 0 }, proposal))
    const applied = orThrow(await trainPhase.apply(facts, decision, bench.tools))
    const document = scorerSchema.parse(await bench.tools.blobs.get(applied.outcome.model))
    expect(document.pipeline.state.scale).toMatchObject({ fitted_on: { side: 'training rows', rows: 320 } })
    const scorer = orThrow(openScorer(document))
    const said = scorer.predictRow({ income: '12.5', town: 'Bern' })
    const unseen = scorer.predictRow({ income: null, town: 'never seen' })
    expect([said, unseen].every((one) => one.task === 'binary' && one.probability > 0 && one.probability < 1)).toBe(true)
  })
})
