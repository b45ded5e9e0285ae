import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Option, Proposal } from '#core/decision'
import { orThrow } from '#core/errors'
import type { Featured } from '#core/outcomes'
import { name, sql } from '#core/sql'
import type { Facts } from '#phases/phase'
import { runPhaseSuite } from '#phases/phase.testsuite'
import { type DataTools, startDataTools } from '../../../tests/data-tools.ts'
import { type GeneratedColumn, tableMaker } from '../../../tests/generate-table.ts'
import { labelledFacts } from './labelled-facts.testkit.ts'
import { featuresPhase } from './phase.ts'
import { effectSchema } from './schema.ts'

let bench: DataTools
beforeAll(async () => {
  bench = await startDataTools()
})
afterAll(() => bench.close())

const byId = (proposal: Proposal, id: string): Option | undefined => proposal.options.find((option) => option.id === id)
const recommended = (proposal: Proposal): string[] => proposal.options.filter((option) => option.recommended).map(({ id }) => id)
const propose = async (facts: Facts): Promise<Proposal> => orThrow(await featuresPhase.propose(facts, bench.tools))
const policy = { auto_deploy: false, auto_apply_safe_features: true }

async function applied(facts: Facts, answer: Answer, proposal: Proposal): Promise<Featured> {
  const decision = orThrow(featuresPhase.read(answer, proposal))
  return orThrow(await featuresPhase.apply(facts, decision, bench.tools)).outcome
}

/** A ratio decides the label; `shade` is its colour by chance, `width` a part that acts by itself, the rest is noise. */
function ratioTable(rows: number): GeneratedColumn[] {
  const make = tableMaker(21, rows)
  const income = Array.from({ length: rows }, () => 20 + Math.round(make.random.next() * 8000) / 100)
  const debt = Array.from({ length: rows }, () => 5 + Math.round(make.random.next() * 6000) / 100)
  const width = make.numbers()
  const load = income.map((value, row) => (debt[row] ?? 0) / value)
  return [
    { name: 'income', cells: make.cells((row) => income[row] ?? 0) },
    { name: 'monthly debt', cells: make.cells((row) => debt[row] ?? 0) },
    { name: 'width', cells: make.cells((row) => width[row] ?? 0) },
    { name: 'noise', cells: make.cells(() => Math.round(make.random.next() * 1000)) },
    { name: 'shade', cells: make.levels(['red', 'green', 'blue']) },
    { name: 'shade code', cells: [] },
    { name: 'late', cells: make.cells((row) => ((load[row] ?? 0) * 4 + (width[row] ?? 0) * 0.6 + (make.random.next() - 0.5) * 0.6 > 2.4 ? 'yes' : 'no')) },
  ].map((column, _, all) => (column.name === 'shade code' ? { ...column, cells: all[4]?.cells.map((cell) => (cell === 'red' ? '1' : cell === 'green' ? '2' : '3')) ?? [] } : column))
}

const late = { label: 'late', task: 'binary', classes: ['no', 'yes'] } as const

/** Trips whose price hangs on the hour; the scale of `effort` bends upwards. */
function tripTable(rows: number): GeneratedColumn[] {
  const make = tableMaker(5, rows)
  const start = Array.from({ length: rows }, () => Date.UTC(2023, 0, 1) + make.random.below(300 * 24 * 60) * 60_000)
  const minutes = Array.from({ length: rows }, () => 5 + make.random.below(50))
  const effort = make.levels(['low', 'medium', 'high', 'very high'])
  const iso = (at: number): string => new Date(at).toISOString().slice(0, 19)
  const night = (at: number): number => (new Date(at).getUTCHours() < 6 ? 1 : 0)
  return [
    { name: 'start', cells: make.cells((row) => iso(start[row] ?? 0)) },
    { name: 'end', cells: make.cells((row) => iso((start[row] ?? 0) + (minutes[row] ?? 0) * 60_000)) },
    { name: 'effort', cells: effort },
    { name: 'luck', cells: make.cells(() => Math.round(make.random.next() * 1000) / 10) },
    { name: 'price', cells: make.cells((row) => Math.round(100 * (5 + 0.8 * (minutes[row] ?? 0) + 15 * night(start[row] ?? 0) + ['low', 'medium', 'high', 'very high'].indexOf(effort[row] ?? '') + make.random.next() * 6)) / 100) },
  ]
}

/** Bills whose total is the sum of its parts, or a rate times two of them. */
function billTable(rows: number): GeneratedColumn[] {
  const make = tableMaker(9, rows)
  const amounts = (most: number): number[] => Array.from({ length: rows }, () => Math.round(make.random.next() * most * 100) / 100)
  const [net, tip, toll] = [amounts(60), amounts(12), amounts(9)]
  const pieces = Array.from({ length: rows }, () => 1 + make.random.below(9))
  const total = net.map((value, row) => value + (tip[row] ?? 0) + (toll[row] ?? 0))
  return [
    { name: 'net', cells: make.cells((row) => net[row] ?? 0) },
    { name: 'tip', cells: make.cells((row) => tip[row] ?? 0) },
    { name: 'toll', cells: make.cells((row) => toll[row] ?? 0) },
    { name: 'pieces', cells: make.cells((row) => pieces[row] ?? 0) },
    { name: 'stay', cells: make.cells((row) => Math.round((total[row] ?? 0) * 2 + make.random.next() * 60)) },
    { name: 'total', cells: make.cells((row) => (total[row] ?? 0).toFixed(2)) },
    { name: 'margin', cells: make.cells((row) => (0.05 * (net[row] ?? 0) * (pieces[row] ?? 0)).toFixed(4)) },
  ]
}
const without = (columns: readonly GeneratedColumn[], ...names: string[]): GeneratedColumn[] => columns.filter((column) => !names.includes(column.name))

runPhaseSuite(featuresPhase, async () => {
  const ratio = await labelledFacts(bench, { columns: ratioTable(120), ...late })
  const bills = await labelledFacts(bench, { columns: without(billTable(120), 'margin'), label: 'total', task: 'regression' })
  const trips = await labelledFacts(bench, { columns: tripTable(100), label: 'effort', task: 'multiclass', classes: ['high', 'low', 'medium', 'very high'], time: 'start' })
  return [
    { title: 'a ratio', facts: ratio.facts, tools: bench.tools },
    { title: 'a sum', facts: bills.facts, tools: bench.tools },
    { title: 'by time', facts: trips.facts, tools: bench.tools },
  ]
})

describe('features that matter are told from those that do not', () => {
  test('the ratio that decides the label is recommended, and no other candidate', async () => {
    const { facts } = await labelledFacts(bench, { columns: ratioTable(700), ...late })
    const proposal = await propose(facts)
    const added = recommended(proposal).filter((id) => id.startsWith('add:'))
    expect(added).toHaveLength(1)
    const option = byId(proposal, added[0] ?? '')
    expect(option?.effect).toMatchObject({ added: [{ kind: 'ratio' }] })
    expect(option?.evidence[0]?.text).toMatch(/A distinguishable gain: .* in log loss .*Holm's correction for \d+ tries/u)
    expect(option?.evidence[0]?.interval?.[0]).toBeGreaterThan(0)
    const others = proposal.options.filter((one) => one.id.startsWith('add:') && one.id !== option?.id)
    expect(others.length).toBeGreaterThan(0)
    for (const other of others) expect(other.summary).toMatch(/no distinguishable gain|not distinguishable|a distinguishable loss|It gains by itself/iu)
  })

  test('noise alone leads to no recommendation', async () => {
    const make = tableMaker(33, 300)
    const columns = [...ratioTable(300).slice(0, 5), { name: 'late', cells: make.levels(['no', 'yes']) }]
    const { facts } = await labelledFacts(bench, { columns, ...late })
    expect(recommended(await propose(facts))).toEqual([])
  })

  test('the hour and the time between two dates are found, and applied to all rows', async () => {
    const { facts, labelled } = await labelledFacts(bench, { columns: tripTable(600), label: 'price', task: 'regression' })
    const proposal = await propose(facts)
    expect(recommended(proposal)).toContain('add:elapsed:c1-c0')
    expect(recommended(proposal).some((id) => /^add:hour:c[01]$/u.test(id))).toBe(true)
    const scale = byId(proposal, 'add:ordinal:c2')
    expect(scale?.summary).toContain('low < medium < high < very high')
    const outcome = await applied(facts, { selected_options: ['add:elapsed:c1-c0', 'add:ordinal:c2', 'out:same:c1'] }, proposal)
    expect(outcome.added.map((one) => `${one.name} ${one.kind} ${one.from.join(',')}`).sort()).toEqual(['effort ordinal_map effort', 'end_since_start elapsed end,start'])
    expect(outcome.features.map((column) => column.name).sort()).toEqual(['effort', 'end_since_start', 'luck', 'start'])
    const made = outcome.table.columns.find((column) => column.name === 'end_since_start')
    const query = sql`select count(*) as n, min(${name(made?.id ?? '')}) as low, max(${name(made?.id ?? '')}) as high, min(c2) as scale, sum(case when ${name(outcome.sealed)} then 1 else 0 end) as test_rows from t`
    const [counted] = await bench.tools.data.query(query, { tables: { t: outcome.table.hash }, signal: bench.tools.signal })
    expect(counted).toMatchObject({ n: 600, scale: 1, test_rows: labelled.rows.test })
    expect(counted?.low).toBeCloseTo(5 / 60, 9)
    expect(counted?.high).toBeCloseTo(54 / 60, 9)
  })
})

describe('leaks are left out on their evidence', () => {
  test('all parts of a sum that is the label', async () => {
    const { facts } = await labelledFacts(bench, { columns: without(billTable(400), 'margin'), label: 'total', task: 'regression' })
    const proposal = await propose(facts)
    const [leak] = proposal.options
    expect(leak).toMatchObject({ recommended: true, id: expect.stringMatching(/^out:rebuild:/u) })
    expect(leak?.summary).toMatch(/On 320 of 320 training rows, "total" = "(?:net|tip|toll)" \+ "(?:net|tip|toll)" \+ "(?:net|tip|toll)"\./u)
    expect(leak?.evidence.find((one) => one.label === 'score with the leaks')?.value).toBeGreaterThan(0.02)
    const decision = featuresPhase.recommended(proposal, policy)
    if (decision === null) throw new Error('nothing decided')
    const { outcome } = orThrow(await featuresPhase.apply(facts, decision, bench.tools))
    expect(outcome.left_out.map((one) => `${one.name} ${one.reason}`).sort()).toEqual(['net reconstruction', 'tip reconstruction', 'toll reconstruction'])
    expect(outcome.features.map((column) => column.name).sort()).toEqual(['pieces', 'stay'])
    expect(featuresPhase.recommended(proposal, { ...policy, auto_apply_safe_features: false })?.left_out).toEqual([])
  })

  test('a product of two that is the label', async () => {
    const { facts } = await labelledFacts(bench, { columns: without(billTable(300), 'total'), label: 'margin', task: 'regression' })
    const proposal = await propose(facts)
    expect(recommended(proposal)[0]).toMatch(/^out:rebuild:c(?:0\+c3|3\+c0)$/u)
    expect(proposal.options[0]?.summary).toMatch(/"margin" = 0.05 × "\w+" × "\w+"\. .*Both parts go/u)
  })

  test('a column that nearly says a class, and a key', async () => {
    const columns = ratioTable(250)
    const last = columns.at(-1)?.cells ?? []
    const make = tableMaker(2, 250)
    const facts = (await labelledFacts(bench, { columns: [{ name: 'customer id', cells: make.cells((row) => 5000 + row * 3) }, { name: 'flag', cells: make.cells((row) => (last[row] === 'yes' ? 800 + (row % 90) : row % 97)) }, ...columns], ...late })).facts
    const proposal = await propose(facts)
    expect(recommended(proposal)).toEqual(expect.arrayContaining(['out:near:c1', 'out:identifier:c0']))
    expect(byId(proposal, 'out:near:c1')?.summary).toContain('whatever the score does')
  })

  test('nothing is recommended that would leave nothing to learn from', async () => {
    const { facts } = await labelledFacts(bench, { columns: without(billTable(200), 'margin', 'stay', 'pieces'), label: 'total', task: 'regression' })
    const proposal = await propose(facts)
    expect(proposal.options[0]?.id).toMatch(/^out:rebuild:/u)
    expect(recommended(proposal)).toEqual([])
    const read = featuresPhase.read({ apply_indices: [0] }, proposal)
    expect(read.ok ? 'accepted' : read.refusal.code).toBe('NO_FEATURES')
  })
})

describe('answers', async () => {
  const known: { facts?: Facts; proposal?: Proposal } = {}
  const card = async (): Promise<{ facts: Facts; proposal: Proposal }> => {
    known.facts ??= (await labelledFacts(bench, { columns: ratioTable(200), ...late })).facts
    known.proposal ??= await propose(known.facts)
    return { facts: known.facts, proposal: known.proposal }
  }

  test('a repeated column is offered with what leaving it out does', async () => {
    const { proposal } = await card()
    const option = proposal.options.find((one) => one.id.startsWith('out:same:'))
    expect(option?.title).toMatch(/Leave out "shade(?: code)?": it says the same as "shade(?: code)?"/u)
    expect(option?.summary).toContain('each of the 3 values')
    expect(option?.recommended).toBe(false)
  })

  test('selected_features names the final columns, new ones included', async () => {
    const { facts, proposal } = await card()
    const added = proposal.options.find((option) => option.id.startsWith('add:'))
    const made = effectSchema.parse(added?.effect).added[0]?.name ?? ''
    const outcome = await applied(facts, { selected_features: [made, 'INCOME', 'width'] }, proposal)
    expect(outcome.features.map((column) => column.name).sort()).toEqual(['income', made, 'width'].sort())
    expect(outcome.left_out.find((one) => one.name === 'noise')?.reason).toBe('chosen')
  })

  test('a custom pipeline adds its columns', async () => {
    const { facts, proposal } = await card()
    const steps = [{ id: 'mine', type: 'ExpressionTransformer', params: { expression: '`monthly debt` / income', output_column: 'load' } }]
    const outcome = await applied(facts, { custom_value: { version: '2.0', steps } }, proposal)
    expect(outcome.added).toEqual([{ name: 'load', from: ['income', 'monthly debt'], kind: 'custom', text: 'worked out as `monthly debt` / income' }])
    expect(outcome.features.map((column) => column.name)).toContain('load')
    expect(outcome.spec.steps).toHaveLength(1)
  })

  test('none keeps the table as it is', async () => {
    const { facts, proposal } = await card()
    const outcome = await applied(facts, { apply_indices: [] }, proposal)
    const { added, ...rest } = outcome
    expect(added).toEqual([])
    expect(rest).toEqual(facts.outcomes.label_selection)
  })

  test('a draft is applied before proposing again, and what it took is not offered again', async () => {
    const { facts, proposal } = await card()
    const same = proposal.options.find((option) => option.id.startsWith('out:same:'))
    const added = proposal.options.find((option) => option.id.startsWith('add:'))
    const draft = orThrow(featuresPhase.read({ apply_indices: [same?.index ?? -1, added?.index ?? -1], done: false }, proposal))
    const drafted = { ...facts, drafts: [JSON.parse(JSON.stringify(draft))] }
    const second = await propose(drafted)
    expect(second.options.map(({ id }) => id)).not.toEqual(expect.arrayContaining([same?.id]))
    expect(second.options.map(({ title }) => title)).not.toEqual(expect.arrayContaining([added?.title]))
    const outcome = await applied(drafted, { apply_indices: [] }, second)
    expect(outcome.added).toHaveLength(1)
    expect(outcome.left_out).toHaveLength(1)
  })

  test.each<[Answer, string]>([
    [{ apply_indices: [0], skip_indices: [0] }, 'DECISION_INVALID'],
    [{ selected_features: [] }, 'NO_FEATURES'],
    [{ selected_features: ['zodiac'] }, 'CUSTOM_REFUSED'],
    [{ selected_features: ['late'] }, 'CUSTOM_REFUSED'],
    [{ selected_features: [7] }, 'DECISION_INVALID'],
    [{ custom_value: { steps: [{ id: 'x', type: 'ExpressionTransformer', params: { expression: "late == 'yes'", output_column: 'z' } }] } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { steps: [{ id: 'x', type: 'DropColumnsTransformer', columns: ['late'], params: {} }] } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { steps: [{ id: 'x', type: 'NullTokensTransformer', params: {} }] } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { steps: [{ id: 'x', type: 'custom', params: {} }] } }, 'CUSTOM_REFUSED'],
    [{ done: true }, 'accepted'],
    [{ skip_indices: [0] }, 'accepted'],
  ])('%j is %s', async (answer, code) => {
    const read = featuresPhase.read(answer, (await card()).proposal)
    expect(read.ok ? 'accepted' : read.refusal.code).toBe(code)
  })
})
