import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '#core/decision'
import { orThrow } from '#core/errors'
import { labelledSchema, preparedSchema, type Labelled, type Prepared } from '#core/outcomes'
import type { StepSpec } from '#core/pipeline-spec'
import { plainJson } from '#core/plain-json'
import { name, sql } from '#core/sql'
import { preparePhase } from '#phases/1-prepare/phase'
import { labelPhase } from '#phases/2-label/phase'
import { evaluateSets, makeBench } from '#phases/3-features/bench'
import { foldColumns } from '#phases/3-features/fold-columns'
import { loadColumns, loadTraining } from '#phases/3-features/load-rows'
import { featuresPhase } from '#phases/3-features/phase'
import { buildBench, readLabelled } from '#phases/4-train/build-bench'
import { trainPhase } from '#phases/4-train/phase'
import type { Facts } from '#phases/phase'
import { scorerSchema } from '#scoring/scorer-schema'
import { openScorer } from '#scoring/scorer'
import { compilePipeline } from '#steps/compile-pipeline'
import { learnedColumns } from '#steps/learned-columns'
import { pipelineLineage } from '#steps/pipeline-graph'
import { type DataTools, factsOf, startDataTools } from './data-tools.ts'
import { tableMaker } from './generate-table.ts'

const rows = 400
const isSealed = (row: number): boolean => row % 5 === 4
const make = tableMaker(3, rows)
const incomes = Array.from({ length: rows }, (_, row) => (isSealed(row) ? 1e6 : make.random.below(1000) / 8))
const isMissing = incomes.map((_, row) => row % 17 === 0)
const towns = incomes.map((_, row) => (isSealed(row) && row % 3 === 0 ? 'only sealed' : (['Bern', 'Łódź', 'São "x"'][make.random.below(3)] ?? '')))
const spends = incomes.map((_, row) => make.random.below(200) + (towns[row] === 'Bern' ? 50 : 0) + row / 1000)
const columns = [
  { name: 'income', cells: make.cells((row) => (isMissing[row] ? '' : (incomes[row] ?? 0))) },
  { name: 'town', cells: make.cells((row) => towns[row] ?? '') },
  { name: 'spend', cells: make.cells((row) => spends[row] ?? 0) },
  { name: 'bought', cells: make.cells((row) => [' no', 'yes '][(spends[row] ?? 0) + make.random.below(60) > 140 ? 1 : 0] ?? '') },
]
/** Steps that learn, with others between and behind them that do not. */
const steps: StepSpec[] = [
  { id: 'fill', type: 'SimpleImputer', params: { strategy: 'mean' }, columns: ['income'] },
  { id: 'scale', type: 'StandardScaler', params: {}, columns: ['income'] },
  { id: 'towns', type: 'OneHotEncoder', params: { handle_unknown: 'ignore' }, columns: ['town'] },
  { id: 'strip', type: 'TextCleanTransformer', params: { operations: ['strip'] }, columns: ['bought'] },
  { id: 'away', type: 'DropColumnsTransformer', params: {}, columns: ['town_Łódź'] },
]

let bench: DataTools
let raw: Facts
beforeAll(async () => {
  bench = await startDataTools()
  raw = factsOf(await bench.read(columns), { test: { index: [5, 4] } })
})
afterAll(() => bench.close())

async function prepare(custom: readonly StepSpec[], facts = raw): Promise<Prepared> {
  const proposal = orThrow(await preparePhase.propose(facts, bench.tools))
  const decision = orThrow(preparePhase.read({ custom_value: plainJson({ version: '2.0', steps: [...custom] }) }, proposal))
  return preparedSchema.parse(plainJson(orThrow(await preparePhase.apply(facts, decision, bench.tools)).outcome))
}

async function label(prepared: Prepared, answer: Answer): Promise<{ outcome: Labelled; evidence: (id: string) => string[] }> {
  const facts = { ...raw, outcomes: { data_preparation: plainJson(prepared) } }
  const card = orThrow(await labelPhase.propose(facts, bench.tools))
  const applied = orThrow(await labelPhase.apply(facts, orThrow(labelPhase.read(answer, card)), bench.tools))
  const outcome = labelledSchema.parse(plainJson(applied.outcome))
  return { outcome, evidence: (id) => card.options.find((option) => option.id === id)?.evidence.map(({ text }) => text) ?? [] }
}

const split = { kind: 'random' as const }
const nameOf = ({ features }: Labelled): string[] => features.map((column) => column.name)

describe('steps of data_preparation that learn', () => {
  let prepared: Prepared
  let labelled: Labelled
  let facts: Facts
  beforeAll(async () => {
    prepared = await prepare(steps)
    labelled = (await label(prepared, { custom_value: { column: 'bought', keep: ['spend'] } })).outcome
    facts = { ...raw, outcomes: { data_preparation: plainJson(prepared), label_selection: plainJson(labelled) } }
  })

  test('wait, with what stands behind them and needs their columns; the rest is applied at once', () => {
    expect(prepared.spec.steps.map(({ id }) => id)).toEqual(['strip', 'fill', 'scale', 'towns', 'away'])
    expect(prepared.waiting).toEqual(['fill', 'scale', 'towns', 'away'])
    expect(prepared.table.columns.map((column) => column.name)).toEqual(['income', 'town', 'spend', 'bought'])
  })

  test('learn from the training rows alone, once the label is chosen', () => {
    const known = incomes.filter((_, row) => !isSealed(row) && !isMissing[row])
    const fill = labelled.state?.fill as { columns: Record<string, { value: number }>; fitted_on: { side: string; rows: number } }
    expect(Object.values(fill.columns)[0]?.value).toBeCloseTo(known.reduce((sum, value) => sum + value, 0) / known.length, 10)
    expect(fill.fitted_on).toMatchObject({ side: 'training rows', rows: 320 })
    expect(labelled.classes).toEqual(['no', 'yes'])
    expect(nameOf(labelled)).toEqual(['income', 'spend', 'town_Bern', 'town_São "x"'])
  })

  test('are applied to the sealed rows with what they learnt', async () => {
    const id = (wanted: string): string => labelled.table.columns.find((column) => column.name === wanted)?.id ?? ''
    const query = sql`select min(${name(id('income'))}) as least, sum(${name(id('town_Bern'))}) as bern, count(*) as rows from t where ${name(labelled.sealed)} and row_id % 3 = 0`
    const [found] = await bench.tools.data.query(query, { tables: { t: labelled.table.hash }, signal: bench.tools.signal })
    expect(found).toMatchObject({ bern: 0, rows: 27 })
    // A gap is filled with the mean, which scaling takes to zero.
    expect(Number(found?.least)).toBeCloseTo(0, 12)
  })

  test('say so in the lineage', () => {
    const pipeline = orThrow(compilePipeline(labelled.spec, raw.table.columns, labelled.state))
    const way = pipelineLineage(pipeline).find(({ to }) => to === 'town_Bern')
    expect(way?.steps.map(({ text }) => text)).toEqual([expect.stringContaining('(learned from 320 training rows)')])
  })

  test('learn anew in each fold in which features are tested, and in no other column', async () => {
    const featured = { ...labelled, added: [] }
    const training = await loadTraining(labelled, bench.tools)
    const drawn = makeBench(training, 4, 1)
    const wanted = labelled.features.filter(({ name: feature }) => feature !== 'spend').map((column) => ({ column, name: column.id }))
    const byFold = orThrow(await foldColumns({ facts, featured, bench: drawn, steps: [], wanted }, bench.tools))
    expect(byFold).toHaveLength(drawn.folds.length)
    const scaled = wanted[0]?.name ?? ''
    for (const [i, own] of byFold.entries()) {
      const income = own.get(scaled)
      if (income?.kind !== 'numeric') throw new Error('no income')
      const learnt = Array.from(drawn.folds[i]?.train ?? [], (row) => income.values[row] ?? 0)
      expect(Math.abs(learnt.reduce((sum, value) => sum + value, 0) / learnt.length)).toBeLessThan(1e-12)
    }
    const columns = await loadColumns({ table: labelled.table, columns: labelled.features, sealed: labelled.sealed }, bench.tools)
    const sets = [columns.map(({ values }) => values)]
    const plain = await evaluateSets(drawn, sets, { tools: bench.tools, range: [0, 2] })
    const refitted = await evaluateSets({ ...drawn, foldColumns: byFold }, sets, { tools: bench.tools, range: [0, 2] })
    expect(refitted[0]?.map(({ rows: of }) => of)).toEqual(plain[0]?.map(({ rows: of }) => of))
    const pipeline = orThrow(compilePipeline(labelled.spec, raw.table.columns, labelled.state))
    const names = pipeline.output.filter(({ id }) => learnedColumns(pipeline.steps).has(id)).map((column) => column.name)
    expect(names).toEqual(['income', 'town_Bern', 'town_São "x"'])
  })

  test('learn anew in each fold in which models are compared', async () => {
    const made = orThrow(await buildBench({ facts, labelled: readLabelled(facts) }, bench.tools))
    expect(made.foldTables).toHaveLength(made.folds.length)
    for (const [i, fold] of made.folds.entries()) {
      const income = made.foldTables?.[i]?.columns.find((column) => column.name === 'income')
      if (income?.kind !== 'numeric') throw new Error('no income')
      const mean = Array.from(fold.train, (row) => income.values[row] ?? 0).reduce((sum, value) => sum + value, 0) / fold.train.length
      expect(Math.abs(mean)).toBeLessThan(1e-12)
    }
  })

  test('stand before the model with what they learnt, which scores raw rows', async () => {
    const card = orThrow(await featuresPhase.propose(facts, bench.tools))
    const answer = featuresPhase.read({ custom_value: { steps: [{ id: 'cut', type: 'KBinsDiscretizer', columns: ['spend'], params: { n_bins: 3, encode: 'ordinal' } }] } }, card)
    const featured = orThrow(await featuresPhase.apply(facts, orThrow(answer), bench.tools)).outcome
    const all = { ...facts, outcomes: { ...facts.outcomes, feature_engineering: plainJson(featured) } }
    const proposal = orThrow(await trainPhase.propose(all, bench.tools))
    const applied = orThrow(await trainPhase.apply(all, orThrow(trainPhase.read({ choice_index: 0 }, proposal)), bench.tools))
    const document = scorerSchema.parse(await bench.tools.blobs.get(applied.outcome.model))
    const learnt = ({ state }: { readonly state?: Readonly<Record<string, unknown>> | undefined }): unknown[] => ['fill', 'scale', 'towns', 'cut'].map((id) => state?.[id]).map((one) => ({ ...(one as object), fitted_on: null }))
    expect(learnt(document.pipeline)).toEqual(learnt(featured))
    expect(document.pipeline.state.cut).toMatchObject({ fitted_on: { side: 'training rows', rows: 320 } })
    const scorer = orThrow(openScorer(document))
    const said = [{ income: '12.5', town: 'Bern', spend: '80' }, { income: null, town: 'never seen', spend: 300 }].map((row) => scorer.predictRow(row))
    expect(said.every((one) => one.task === 'binary' && one.probability > 0 && one.probability < 1)).toBe(true)
  })
})

describe('a label that they would change', () => {
  test('is left alone, also by a step for all columns, and the card says so', async () => {
    const all: StepSpec[] = [
      { id: 'fill', type: 'SimpleImputer', params: { strategy: 'median' }, columns: ['income', 'spend'] },
      { id: 'bins', type: 'KBinsDiscretizer', params: { n_bins: [3, 4], encode: 'ordinal' }, columns: ['spend', 'income'] },
      { id: 'only', type: 'StandardScaler', params: {}, columns: ['spend'] },
    ]
    const { outcome, evidence } = await label(await prepare(all), { custom_value: { column: 'spend', split } })
    expect(evidence('label:c2').join(' ')).toContain('These steps no longer change it: fill, bins, only.')
    expect(evidence('label:c2').join(' ')).toContain('learn anew in each fold: fill, bins.')
    expect(outcome.spec.steps).toMatchObject([{ id: 'fill', columns: ['income'] }, { id: 'bins', columns: ['income'], params: { n_bins: [4] } }])
    const [kept] = await bench.tools.data.query(sql`select max(${name(outcome.label.id)}) as most from t`, { tables: { t: outcome.table.hash }, signal: bench.tools.signal })
    expect(Number(kept?.most)).toBe(Math.max(...spends))
  })

  test('takes along the steps that read what was made of it', async () => {
    const crossed: StepSpec[] = [
      { id: 'codes', type: 'OrdinalEncoder', params: { handle_unknown: 'use_encoded_value', unknown_value: -1 }, columns: ['bought'] },
      { id: 'towns', type: 'OneHotEncoder', params: { handle_unknown: 'ignore' }, columns: ['town', 'bought'] },
    ]
    const { outcome } = await label(await prepare(crossed), { custom_value: { column: 'bought', keep: ['spend'] } })
    expect(outcome.spec.steps).toMatchObject([{ id: 'towns', columns: ['town'] }])
    expect(nameOf(outcome)).toEqual(['income', 'spend', 'town_Bern', 'town_São "x"', 'town_Łódź'])
  })

  test('what is made of a column that is left out is left out with it', async () => {
    const facts = { ...raw, texts: { user_query: "don't use town", target: 'bought' } }
    const proposal = orThrow(await preparePhase.propose(facts, bench.tools))
    const asked = proposal.options.find(({ id }) => id.startsWith('asked:'))
    const decision = orThrow(preparePhase.read({ apply_indices: [asked?.index ?? -1], custom_value: plainJson({ version: '2.0', steps: steps.slice(2, 3) }) }, proposal))
    const prepared = orThrow(await preparePhase.apply(facts, decision, bench.tools)).outcome
    const { outcome } = await label(prepared, { custom_value: { column: 'bought', keep: ['spend'] } })
    expect(nameOf(outcome)).toEqual(['income', 'spend'])
    expect(outcome.left_out.map((one) => one.reason)).toEqual(['asked', 'asked', 'asked'])
  })
})

test('a step that gives a row other values among its table than alone is refused', async () => {
  const proposal = orThrow(await preparePhase.propose(raw, bench.tools))
  const refused = preparePhase.read({ custom_value: { steps: [{ id: 'roll', type: 'RollingAggTransformer', params: { columns: ['income'], window: 3, min_periods: 1, order_by: 'spend' } }] } }, proposal)
  expect(refused.ok ? '' : refused.refusal.message).toMatch(/takes values of other rows/u)
})
