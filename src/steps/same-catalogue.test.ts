import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { Json } from '#core/canonical-json'
import type { Column } from '#core/dataset'
import type { StepSpec } from '#core/pipeline-spec'
import { bindStep, stepTypes } from './registry.ts'

const parameterSchema = z.object({ required: z.boolean().optional(), default: z.json().optional(), words: z.array(z.string()).optional() })
const recorded = z
  .object({ version: z.string(), types: z.record(z.string(), z.object({ parameters: z.record(z.string(), parameterSchema), required: z.array(z.array(z.string())) })) })
  .parse(JSON.parse(readFileSync(new URL('../../tests/golden/catalogue.json', import.meta.url), 'utf8')))

/** One row of many: a row alone could not be predicted. */
const collapsing = ['GroupByAggTransformer']
const types = Object.entries(recorded.types).filter(([type]) => !collapsing.includes(type))

const columns: readonly Column[] = [
  { id: 'c0', name: 'n', type: 'number' }, { id: 'c1', name: 'm', type: 'number' }, { id: 'c2', name: 't', type: 'text' }, { id: 'c3', name: 'u', type: 'text' }, { id: 'c4', name: 'd', type: 'date' },
]
const of: Readonly<Record<string, readonly [params: StepSpec['params'], columns?: string[]]>> = {
  ExpressionTransformer: [{ expression: 'n + m', output_column: 'sum' }],
  DropColumnsTransformer: [{}, ['n']],
  RenameColumnsTransformer: [{ mapping: { n: 'number' } }],
  TypeCastTransformer: [{ dtypes: { n: 'float64' } }],
  DateTimeExtractTransformer: [{ components: ['year', 'month', 'day', 'hour', 'minute', 'second', 'dayofweek', 'dayofyear', 'weekofyear', 'quarter', 'hour_of_week'] }, ['d']],
  OrdinalMapTransformer: [{ order: ['a', 'b'] }, ['t']],
  CrossCategoriesTransformer: [{}, ['t', 'u']],
  TimeLagTransformer: [{ time_column: 'd', lags: ['1D'], windows: ['7D'] }, ['n']],
  GroupBroadcastTransformer: [{ group_by: ['t'], time_column: 'd' }, ['n']],
  TextFeaturesTransformer: [{}, ['t']],
  TextCleanTransformer: [{}, ['t']],
  OneHotEncoder: [{}, ['t']],
  OrdinalEncoder: [{}, ['t']],
}
/** What must be given along with a word. */
const along: Readonly<Record<string, StepSpec['params']>> = { use_encoded_value: { unknown_value: -1 } }

function bound(type: string, more: StepSpec['params'] = {}): string {
  const [params, listed = ['n', 'm']] = of[type] ?? [{}]
  const step = bindStep({ id: 'step', type, params: { ...params, ...more }, ...(of[type] !== undefined && of[type][1] === undefined ? {} : { columns: listed }) }, { columns, nextId: 5, toFit: true })
  return step.ok ? 'taken' : step.refusal.message
}

function parametersOf(type: string): string[] {
  const schema = stepTypes.get(type)?.params
  return schema === undefined ? [] : Object.keys(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties ?? {})
}

/** Parameters as they are read where only those that are needed are given. */
function defaultsOf(type: string): Readonly<Record<string, Json>> {
  const [params] = of[type] ?? [{}]
  const needed = type === 'TimeLagTransformer' || type === 'GroupBroadcastTransformer' ? { ...params, columns: ['n'] } : params
  return stepTypes.get(type)?.params.parse(needed) as Readonly<Record<string, Json>>
}

/** What stands for "not given" there and here. */
const plain = (value: Json | undefined): Json => (value === undefined || value === '' || value === 'nan' || (Array.isArray(value) && value.length === 0) ? null : value)
/** What "not given" comes to, where it is read at once. */
const settled: Readonly<Record<string, Json>> = { 'TimeLagTransformer.operations': ['mean'] }
/** Limits of a random sample of rows: here all rows are taken. */
const samples = ['QuantileTransformer.subsample', 'KBinsDiscretizer.subsample']

test('every type is offered but those that make one row of many', () => {
  expect([...stepTypes.keys()].sort()).toEqual(types.map(([type]) => type).sort())
})

describe.each(types)(`%s is that of xplainable-preprocessing ${recorded.version}`, (type, { parameters }) => {
  test('in its parameters and their defaults', () => {
    expect(parametersOf(type).sort()).toEqual(Object.keys(parameters).sort())
    const own = defaultsOf(type)
    const asked = Object.keys(parameters).filter((name) => name !== 'columns' && !samples.includes(`${type}.${name}`) && of[type]?.[0][name] === undefined)
    expect(Object.fromEntries(asked.map((name) => [name, plain(own[name])]))).toEqual(Object.fromEntries(asked.map((name) => [name, settled[`${type}.${name}`] ?? plain(parameters[name]?.default)])))
  })

  test('in the words that these take', () => {
    expect(bound(type)).toBe('taken')
    const refused = Object.entries(parameters).flatMap(([name, { words = [] }]) =>
      words.map((word) => [`${name}: ${word}`, bound(type, { ...along[word], [name]: word })]).filter(([, said]) => said !== 'taken'),
    )
    expect(refused).toEqual([])
    for (const [name, { words = [] }] of Object.entries(parameters)) if (words.length > 0 && type !== 'OneHotEncoder') expect(bound(type, { [name]: 'no such word' })).not.toBe('taken')
  })
})
