import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { PipelineSpec, StepSpec } from '#core/pipeline-spec'
import type { Cell } from '#core/ports'
import { name, sql } from '#core/sql'
import { fitModel } from '#ml/fit-model'
import type { Model, Trainer } from '#ml/model'
import { type Random, seededRandom } from '#ml/random'
import { randomModel } from '#ml/random-model.testkit'
import { expectAccepted } from '#ml/refusal'
import type { Table, Target } from '#ml/table'
import { compilePipeline, fitSpec } from '#steps/compile-pipeline'
import { storeRows } from '#steps/recorded-steps.testkit'
import { rowRunner } from '#steps/run-row'
import { markupTexts, nastyTexts } from '#steps/step-cases.testkit'
import type { DataTools } from '../../tests/data-tools.ts'
import { strangeRows } from './check-rows.ts'
import { featureValue } from './feature-value.ts'
import { type RawRow, rowReader } from './row-reader.ts'
import type { ScorerDocument } from './scorer-schema.ts'

/** A scorer that only prepares: every column that the pipeline leaves is a feature of a model that says nothing. */
export function preparingScorer(spec: PipelineSpec, columns: readonly Column[], state: Readonly<Record<string, Json>>): ScorerDocument {
  const { output } = orThrow(compilePipeline(spec, columns, state))
  const model: Model = { format: 'signalbox-model', version: 2, trainer: 'dummy', task: 'regression', link: 'identity', intercepts: [0], terms: [], training: { rows: 1, seed: 1 } }
  return {
    format: 'signalbox-scorer', version: 1, pipeline: { spec, columns: [...columns], reads: columns.map(({ name }) => name), state: structuredClone(state) as ScorerDocument['pipeline']['state'] }, label: 'y', task: 'regression', classes: null, positive: null,
    features: output.map(({ name, type }) => ({ name, type })), calibration: { kind: 'identity' }, threshold: null, model,
  }
}

/** What the API's model reads of a raw row. */
export function preparedByApi(document: ScorerDocument): (row: RawRow) => Record<string, Cell> {
  const { spec, columns, state } = document.pipeline
  const run = rowRunner(orThrow(compilePipeline(spec, columns, state)), state)
  const read = rowReader(document)
  return (raw) => {
    const found = read(raw)
    if (!found.ok) throw new Error(`unreadable: ${found.expected}`)
    const prepared = run(found.row)
    return Object.fromEntries(document.features.map(({ name, type }) => [name, featureValue(prepared[name] ?? null, type)]))
  }
}

/** Rows of the columns of the step cases, with cells of every kind that has tripped a reader. */
export function caseRows(seed: number, count: number): RawRow[] {
  const random = seededRandom(seed)
  const numbers = [0, 12, -5.5, 999, 0.1, 1e300, 5e-324, 2 ** 53 + 2, 1.5, -1, 1e-7, 123456.789]
  const moments = ['2024-02-29T23:59:59', '1999-12-31T00:00:00', '2021-01-03T12:30:15.25', '1969-12-31T23:59:59.999999', '2020-12-28T06:30:00', '1600-03-01T00:00:00']
  const pick = <T>(list: readonly T[]): T | null => (random.below(9) === 0 ? null : (list[random.below(list.length)] ?? null))
  const marked = (row: number, drawn: string | null): string | null => (row % 4 === 3 ? (markupTexts[(row - 3) / 4] ?? drawn) : drawn)
  return Array.from({ length: count }, (_, row) => ({
    text: marked(row, pick(nastyTexts)), 'other; "text" 💥': pick(nastyTexts), number: pick([...numbers, gaussianLike(random)]), integer: pick([0, 12, 999, -1, 7, random.below(2000) - 1000]),
    boolean: pick([true, false]), day: pick(moments)?.slice(0, 10) ?? null, moment: pick(moments),
  }))
}

/** Rows of the columns of the ordered cases. */
export function orderedRows(seed: number, count: number): RawRow[] {
  const random = seededRandom(seed)
  const pick = <T>(list: readonly T[]): T | null => (random.below(8) === 0 ? null : (list[random.below(list.length)] ?? null))
  const moments = ['2024-02-29T23:59:59', '2024-03-01T00:00:00', '2021-01-03T12:30:15.25', '1969-12-31T23:59:59.5', '2024-02-29T22:00:00']
  return Array.from({ length: count }, () => ({
    shop: pick(['a', 'b', '"; --', '💥']), 'desk; "1" 💥': pick([1, 2, 30]), rank: pick([1, 2.5, 0.1]), moment: pick(moments), day: pick(moments)?.slice(0, 10) ?? null,
    sales: pick([0, 1.5, -3, 1e6, 0.25]), open: pick([true, false]), note: pick(['', 'x', 'Ü']),
  }))
}

function gaussianLike(random: Random): number {
  return (random.next() + random.next() + random.next() - 1.5) * 20
}

/** A scorer of a random model over columns of its own, and raw rows. */
export function randomScorer(seed: number, count: number): { readonly document: ScorerDocument; readonly rows: readonly RawRow[] } {
  const { model, table } = randomModel(seed, count)
  const columns = table.columns.map(({ name, kind }, i): Column => ({ id: `c${i}`, name, type: kind === 'numeric' ? 'number' : 'text' }))
  const calibrations: ScorerDocument['calibration'][] = [{ kind: 'identity' }, { kind: 'platt', slope: 1.3, intercept: -0.2 }, { kind: 'isotonic', scores: [-2, 0, 0.5, 3], probabilities: [0.1, 0.3, 0.3, 0.95] }]
  const log = model.task === 'regression' && seed % 2 === 0
  const document: ScorerDocument = {
    format: 'signalbox-scorer', version: 1, pipeline: { spec: { version: '2.0', steps: [] }, columns, reads: columns.map(({ name }) => name), state: {} }, label: 'y',
    task: model.task, classes: model.classes ?? null, positive: model.task === 'binary' ? (model.classes?.[1] ?? null) : null, features: columns.map(({ name, type }) => ({ name, type })),
    calibration: model.task === 'binary' ? (calibrations[seed % 3] ?? { kind: 'identity' }) : { kind: 'identity' }, threshold: model.task === 'binary' ? 0.4 : null,
    model: log ? { ...model, link: 'log', logScale: { low: -3, high: 4, smear: 1.1 } } : model,
  }
  const rows = Array.from({ length: count }, (_, row): RawRow => Object.fromEntries(table.columns.map((column): [string, Cell] => {
    if (column.kind === 'category') return [column.name, column.levels[column.codes[row] ?? -1] ?? null]
    const value = column.values[row] ?? Number.NaN
    return [column.name, Number.isFinite(value) ? value : null]
  })))
  return { document, rows }
}

/** The title of a step in a list of tests. */
export function titleOf({ type, params, columns }: StepSpec): string {
  return `${type} ${JSON.stringify(params)} ${columns ?? ''}`
}

const sites = ['east', 'north', 'south', "o'ld; --"]

/** A scorer of a fitted model behind a step, and rows as a client sends them. */
export async function trainedScorer(trainer: Trainer, task: 'binary' | 'multiclass' | 'regression'): Promise<{ readonly document: ScorerDocument; readonly rows: readonly RawRow[] }> {
  const count = 300
  const random = seededRandom(11)
  const dose = Float64Array.from({ length: count }, () => (random.next() < 0.1 ? Number.NaN : random.next() * 8))
  const day = Float64Array.from({ length: count }, () => 19_000 + random.below(500))
  const site = Int32Array.from({ length: count }, () => random.below(sites.length + 1) - 1)
  const level = (row: number): number => (dose[row] || 4) + ((day[row] ?? 0) - 19_250) / 100 + (site[row] ?? 0)
  const targets: Record<typeof task, Target> = {
    binary: { task: 'binary', classes: ['no', 'yes'], codes: Int32Array.from(dose, (_, row) => (level(row) + 3 * random.next() > 6 ? 1 : 0)) },
    multiclass: { task: 'multiclass', classes: ['a', 'b"', 'c'], codes: Int32Array.from(dose, (_, row) => Math.min(2, Math.max(0, Math.floor(level(row) / 3)))) },
    regression: { task: 'regression', values: Float64Array.from(dose, (_, row) => Math.exp(level(row) / 3)) },
  }
  const table: Table = { rows: count, columns: [{ name: 'dose', kind: 'numeric', values: dose }, { name: 'day', kind: 'numeric', values: day }, { name: 'site', kind: 'category', codes: site, levels: sites }] }
  const target = targets[task]
  const model = expectAccepted(await fitModel({ trainer, table, target, seed: 3, settings: { glassbox: { bags: 3, rounds: 200 }, trees: { rounds: 15 } } }))
  const columns: Column[] = [{ id: 'c0', name: 'Dose (mg); "a"', type: 'text' }, { id: 'c1', name: 'day', type: 'date' }, { id: 'c2', name: 'site', type: 'text' }, { id: 'c3', name: 'y', type: 'text' }]
  const document: ScorerDocument = {
    format: 'signalbox-scorer', version: 1,
    pipeline: {
      spec: { version: '2.0', steps: [{ id: 'parse', type: 'ParseNumericTransformer', params: { columns: ['Dose (mg); "a"'] } }, { id: 'rename', type: 'RenameColumnsTransformer', params: { mapping: { 'Dose (mg); "a"': 'dose' } } }] },
      columns, reads: columns.slice(0, 3).map(({ name }) => name), state: {},
    },
    label: 'y', task, classes: target.task === 'regression' ? null : [...target.classes], positive: task === 'binary' ? 'yes' : null,
    features: [{ name: 'dose', type: 'number' }, { name: 'day', type: 'date' }, { name: 'site', type: 'text' }],
    calibration: task === 'binary' ? { kind: 'platt', slope: 1.2, intercept: -0.1 } : { kind: 'identity' }, threshold: task === 'binary' ? 0.4 : null, model: JSON.parse(JSON.stringify(model)),
  }
  const rows = Array.from({ length: count }, (_, row): RawRow => {
    const amount = dose[row] ?? 0
    return { 'Dose (mg); "a"': Number.isNaN(amount) ? null : `${amount} mg`, day: new Date((day[row] ?? 0) * 86_400_000).toISOString().slice(0, 10), site: sites[site[row] ?? -1] ?? null }
  })
  return { document, rows: [...rows, ...strangeRows(columns.slice(0, 3), rows)] }
}

/** Every trainer with every task. */
export const trainedCases = (['glassbox', 'glassbox-main', 'linear', 'trees', 'dummy'] as const).flatMap((trainer) => (['binary', 'multiclass', 'regression'] as const).map((task) => ({ trainer, task })))

/** What a step learns of half of the rows, as it is stored. */
export async function fittedState(bench: DataTools, spec: PipelineSpec, { columns, rows }: { readonly columns: readonly Column[]; readonly rows: readonly RawRow[] }): Promise<Record<string, Json>> {
  const table = await storeRows(bench, columns, rows)
  const gapless = ['KBinsDiscretizer', 'Binarizer'].includes(spec.steps[0]?.type ?? '') ? sql`${name('c3')} is not null and ${name('c2')} is not null and ${name('c4')} is not null` : sql`true`
  const { data, signal } = bench.tools
  const fitted = orThrow(await fitSpec(spec, columns, { data, table: sql`(select * from t where mod(row_id, 2) = 0 and ${gapless}) f`, tables: { t: table.hash }, signal }))
  return JSON.parse(JSON.stringify(fitted.state))
}
