import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson } from '#core/canonical-json'
import type { Option, Proposal } from '#core/decision'
import type { Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import { name, sql } from '#core/sql'
import type { Facts } from '#phases/phase'
import { runPhaseSuite } from '#phases/phase.testsuite'
import { factsOf, startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { tableMaker, trapTable, withCopies, type GeneratedColumn } from '../../../tests/generate-table.ts'
import { preparePhase } from './phase.ts'

let bench: DataTools
let traps: Table
beforeAll(async () => {
  bench = await startDataTools()
  traps = await bench.read(withCopies(trapTable(3, 300), [4, 9]))
})
afterAll(() => bench.close())

/** Proposals by their facts, since several tests look at the same one. */
const known = new Map<string, Promise<Proposal>>()
const propose = (facts: Facts): Promise<Proposal> => {
  const key = canonicalJson(facts)
  const proposal = known.get(key) ?? preparePhase.propose(facts, bench.tools).then(orThrow)
  known.set(key, proposal)
  return proposal
}
const proposeFor = async (columns: readonly GeneratedColumn[], more: Partial<Facts> = {}): Promise<Proposal> => propose(factsOf(await bench.read(columns), more))
const byId = (proposal: Proposal, id: string): Option | undefined => proposal.options.find((option) => option.id === id)
const ids = (proposal: Proposal): string[] => proposal.options.map((option) => option.id)
const codeOf = (result: ReturnType<typeof preparePhase.read>): string => (result.ok ? 'accepted' : result.refusal.code)

runPhaseSuite(preparePhase, async () => [
  { title: 'traps', facts: factsOf(traps), tools: bench.tools },
  { title: 'clean', facts: factsOf(await bench.read([{ name: 'x', cells: tableMaker(1, 60).cells((row) => (row * 7) % 50) }])), tools: bench.tools },
])

describe('every planted issue is found, and nothing else', () => {
  test('options of the table of traps', async () => {
    const proposal = await propose(factsOf(traps))
    expect(ids(proposal).sort()).toEqual(['constant', 'empty', 'header-names', 'identifier:c0', 'numbers:c5', 'placeholder:?', 'placeholder:blank', 'placeholder:n/a'].sort())
    expect(proposal.options.every((option) => option.recommended)).toBe(true)
    expect(byId(proposal, 'placeholder:?')?.evidence[0]).toMatchObject({ label: 'city', value: 13 })
    expect(byId(proposal, 'numbers:c5')?.summary).toContain('294 values of 294 values')
    expect(proposal.context.copies).toMatchObject({ rows: 2, examples: [{ row: 4, times: 2 }, { row: 9, times: 2 }] })
  })

  test('a clean table has no finding, not even on a unique measure or a sorted year', async () => {
    const make = tableMaker(5, 120)
    const proposal = await proposeFor([
      { name: 'weight', cells: make.cells((row) => row * 1.37 + 0.001) },
      { name: 'population', cells: make.cells((row) => 5000 + ((row * 7919) % 100_003) * 13) },
      { name: 'year', cells: make.cells((row) => 1900 + row) },
      { name: 'state', cells: make.levels(['NA', 'NY', 'TX', 'CA', 'WA']) },
      { name: 'band', cells: make.levels(['18-24', '25-34', '35+']) },
      { name: 'postcode', cells: make.levels(['00123', '04109', '01067', 'B-12']) },
      { name: 'limit', cells: make.levels(['<=50K', '>50K']) },
      { name: 'kind', cells: make.levels(['none', 'some', 'all']) },
    ])
    expect(proposal.options.filter((option) => option.recommended)).toEqual([])
    expect(proposal.options.every((option) => option.risks.length > 0)).toBe(true)
    expect(ids(proposal)).toEqual(['placeholder:na:doubtful', 'ordinal_scale:c4'])
    expect(proposal.context.notes).toContain('No column is constant.')
  })

  test('keys are told from measures by counting up, by their name, or as text that never repeats', async () => {
    const make = tableMaker(6, 200)
    const proposal = await proposeFor([
      { name: 'row', cells: make.cells((row) => row + 1) },
      { name: 'customerID', cells: make.cells((row) => 100 + ((row * 37) % 90) * 11) },
      { name: 'number', cells: make.cells((row) => (row * 104729) % 1_000_003) },
      { name: 'note', cells: make.cells((row) => `a remark on row ${row} here`) },
      { name: 'nearly', cells: make.cells((row) => `k${row % 195}`) },
      { name: 'grid', cells: make.levels(['a', 'b']) },
    ])
    expect(ids(proposal)).toEqual(['identifier:c0', 'identifier:c1', 'identifier:c3', 'identifier:c4'])
    expect(byId(proposal, 'identifier:c3')?.effect).toMatchObject({ left_out: [{ reason: 'free_text' }] })
  })

  test('numbers as text are read from 99 % on, and what would be lost is said', async () => {
    const make = tableMaker(7, 400)
    const proposal = await proposeFor([
      { name: 'price', cells: make.cells((row) => (row === 17 ? 'ask' : `$${1000 + row}.50`)) },
      { name: 'mostly', cells: make.cells((row) => (row % 50 === 0 ? 'ask' : `${row}.5`)) },
      { name: 'length', cells: make.cells((row) => `${row % 90} ${row % 2 === 0 ? 'cm' : 'm'}`) },
    ])
    expect(ids(proposal)).toEqual(['numbers:c0', 'numbers:c2'])
    expect(byId(proposal, 'numbers:c0')).toMatchObject({ recommended: true })
    expect(byId(proposal, 'numbers:c0')?.evidence[1]?.text).toContain('"ask"')
    expect(byId(proposal, 'numbers:c2')).toMatchObject({ recommended: false })
    expect(byId(proposal, 'numbers:c2')?.risks[0]).toContain('units')
  })

  test('many different texts are counted in SQL as few are in JavaScript', async () => {
    const make = tableMaker(8, 2500)
    const proposal = await proposeFor([
      { name: 'amount', cells: make.cells((row) => (row === 2400 ? ' N/A ' : row === 2401 ? 'x' : `${row},000.5`.replace(/^(\d)(\d{3}),/u, '$1,$2,'))) },
      { name: 'name', cells: make.cells((row) => (row === 2450 ? ' - ' : row === 2451 ? ' padded ' : `n${row % 1200}`)) },
    ])
    expect(byId(proposal, 'numbers:c0')?.summary).toBe('2,498 values of 2,499 values read as numbers; 1 placeholder become missing.')
    expect(byId(proposal, 'placeholder:-')?.evidence[0]).toMatchObject({ label: 'name', value: 1 })
    expect(byId(proposal, 'padding')?.evidence[0]).toMatchObject({ label: 'name', value: 2 })
  })

  test('padding that makes two levels of one is removed', async () => {
    const make = tableMaker(9, 60)
    const proposal = await proposeFor([{ name: 'a', cells: make.cells((row) => ['red', 'red ', 'blue'][row % 3] ?? '') }, { name: 'b', cells: make.cells((row) => row % 7) }])
    expect(ids(proposal)).toEqual(['padding'])
    expect(proposal.options[0]?.summary).toContain('1 value then equal another')
  })

  test('codes, impossible zeros and scales are options of their own, and what no step mends is told', async () => {
    const make = tableMaker(19, 400)
    const built = Array.from({ length: 400 }, () => 1950 + make.random.below(50))
    const table = await bench.read([
      { name: 'last seen', cells: make.cells((row) => (row % 3 === 0 ? 999 : make.random.below(30))) },
      { name: 'span', cells: make.cells((row) => (row % 150 === 7 ? 0 : 4 + make.random.below(400) / 100)) },
      { name: 'grade', cells: make.levels(['poor', 'fair', 'good', 'excellent']) },
      { name: 'built year', cells: built.map(String) },
      { name: 'sold year', cells: built.map((year, row) => String(year + (row === 41 ? -3 : make.random.below(9)))) },
      { name: 'x', cells: make.cells(() => make.random.next()) },
    ])
    const proposal = await propose(factsOf(table))
    expect(ids(proposal)).toEqual(['sentinel_code:c0', 'impossible_zeros:c1', 'ordinal_scale:c2'])
    expect(proposal.options.map(({ recommended }) => recommended)).toEqual([true, true, false])
    expect(byId(proposal, 'impossible_zeros:c1')?.evidence[1]?.data).toEqual([{ row: 7, column: 'span', before: '0', after: null }])
    expect(proposal.context.told).toMatchObject([{ code: 'year_order_violation', columns: ['sold year', 'built year'], count: 1 }])
    expect(proposal.context.notes).not.toContain('No year or date breaks an order that the others keep.')
    const read = preparePhase.read({ apply_indices: [0, 1, 2] }, proposal)
    if (!read.ok) throw new Error(read.refusal.message)
    const applied = await preparePhase.apply(factsOf(table), read.value, bench.tools)
    if (!applied.ok) throw new Error(applied.refusal.message)
    const after = await bench.tools.data.profile(applied.value.outcome.table, bench.tools)
    const facts = ['c0', 'c1', 'c2'].map((id) => after.columns.find((column) => column.id === id))
    expect(facts.map((column) => [column?.missing, column?.numeric?.max])).toEqual([[134, 29], [3, 7.99], [0, 4]])
  })

  test('no step is offered on the column to predict', async () => {
    const make = tableMaker(21, 300)
    const columns = [{ name: 'wait', cells: make.cells((row) => (row % 3 === 0 ? 999 : make.random.below(30))) }, { name: 'x', cells: make.cells(() => make.random.next()) }]
    const proposal = await proposeFor(columns, { texts: { user_query: null, target: 'wait' } })
    expect(ids(proposal)).toEqual([])
    expect(JSON.stringify(proposal.context.told)).toContain('It is the label, which no step changes.')
  })

  test('what the request wants left out is an option', async () => {
    const facts = factsOf(traps, { texts: { user_query: "predict outcome, don't use city or visits made", target: null } })
    const proposal = await propose(facts)
    expect(ids(proposal).filter((id) => id.startsWith('asked'))).toEqual(['asked:c2', 'asked:c3'])
    expect((await propose(factsOf(traps, { texts: { user_query: 'predict outcome without zodiac', target: null } }))).context.notes).toContain('The request leaves out "zodiac", but no column is called that.')
  })
})

describe('answers', () => {
  test('the recommended steps give clean columns, and left-out columns stay in the table', async () => {
    const proposal = await propose(factsOf(traps))
    const decision = preparePhase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: true })
    if (decision === null) throw new Error('nothing recommended')
    const applied = await preparePhase.apply(factsOf(traps), decision, bench.tools)
    if (!applied.ok) throw new Error(applied.refusal.message)
    const { table, left_out, copies } = applied.value.outcome
    expect(left_out.map((one) => `${one.name} ${one.reason}`)).toEqual(['Order Nr identifier', 'country constant', 'comment empty'])
    expect(copies).toBe(2)
    expect(table.columns.find((column) => column.id === 'c2')?.name).toBe('visits made')
    expect(table.columns.find((column) => column.id === 'c5')?.type).toBe('number')
    expect(table.columns).toHaveLength(traps.columns.length)
    const [counted] = await bench.tools.data.query(sql`select count(${name('c5')}) as fees, count(${name('c3')}) as cities, min(${name('c5')}) as low from t`, { tables: { t: table.hash }, signal: bench.tools.signal })
    expect(counted).toEqual({ fees: 294, cities: 289, low: 1000.5 })
  })

  test('a custom pipeline is applied besides, or refused with the reason', async () => {
    const facts = factsOf(traps)
    const proposal = await propose(facts)
    const step = { id: 'mine', type: 'TypeCastTransformer', params: { dtypes: { amount: 'complex' } } }
    expect(codeOf(preparePhase.read({ custom_value: { version: '2.0', steps: [step] } }, proposal))).toBe('CUSTOM_REFUSED')
    const rename = { id: 'mine', type: 'RenameColumnsTransformer', params: { mapping: { city: 'town' } } }
    const read = preparePhase.read({ apply_indices: [0], custom_value: { steps: [rename] } }, proposal)
    if (!read.ok) throw new Error(read.refusal.message)
    const applied = await preparePhase.apply(facts, read.value, bench.tools)
    expect(applied.ok && applied.value.outcome.table.columns.some((column) => column.name === 'town')).toBe(true)
    expect(applied.ok && applied.value.outcome.spec.steps).toHaveLength(2)
    const parse = preparePhase.read({ custom_value: { steps: [{ id: 'p', type: 'ParseNumericTransformer', columns: ['grade'], params: {} }] } }, proposal)
    if (!parse.ok) throw new Error(parse.refusal.message)
    const refused = await preparePhase.apply(facts, parse.value, bench.tools)
    expect(refused.ok ? '' : refused.refusal.message).toContain('no value of "grade" reads as a number')
  })

  test('selected_features keeps those columns and no others', async () => {
    const facts = factsOf(traps, { texts: { user_query: null, target: 'outcome' } })
    const proposal = await propose(facts)
    const read = preparePhase.read({ selected_features: ['VISITS MADE', 'city', 'outcome'] }, proposal)
    if (!read.ok) throw new Error(read.refusal.message)
    const applied = await preparePhase.apply(facts, read.value, bench.tools)
    expect(applied.ok && applied.value.outcome.table.columns.map((column) => column.id)).toEqual(['c2', 'c3', 'c13'])
    expect(codeOf(preparePhase.read({ selected_features: ['citi'] }, proposal))).toBe('CUSTOM_REFUSED')
    expect(codeOf(preparePhase.read({ selected_features: ['city'] }, proposal))).toBe('CUSTOM_REFUSED')
  })

  test.each([
    [{ apply_indices: [0], skip_indices: [0] }, 'DECISION_INVALID'],
    [{ selected_options: ['placeholder:?'], skip_indices: [0, 1, 2] }, 'DECISION_INVALID'],
    [{ apply_indices: [99] }, 'CHOICE_OUT_OF_RANGE'],
    [{ skip_indices: [99] }, 'CHOICE_OUT_OF_RANGE'],
    [{ choice_index: 0 }, 'DECISION_INVALID'],
    [{ done: false }, 'DECISION_INVALID'],
    [{ custom_value: 'drop it' }, 'CUSTOM_REFUSED'],
    [{ custom_value: { version: '2.0', steps: [{ id: 'x', type: 'custom', params: {} }] } }, 'CUSTOM_REFUSED'],
    [{ done: true }, 'accepted'],
    [{ apply_indices: [] }, 'accepted'],
    [{ selected_indices: [0, 1] }, 'accepted'],
    [{ apply_indices: null, skip_indices: [1], custom_value: null }, 'accepted'],
  ])('%j is %s', async (answer, code) => {
    expect(codeOf(preparePhase.read(answer, await propose(factsOf(traps))))).toBe(code)
  })

  test('a draft is applied before proposing again, and its steps stay in the outcome', async () => {
    const first = await propose(factsOf(traps))
    const option = byId(first, 'numbers:c5')
    const draft = preparePhase.read({ apply_indices: [option?.index ?? -1, byId(first, 'identifier:c0')?.index ?? -1], done: false }, first)
    if (!draft.ok) throw new Error(draft.refusal.message)
    const facts = factsOf(traps, { drafts: [JSON.parse(JSON.stringify(draft.value))] })
    const second = await propose(facts)
    expect(ids(second)).not.toContain('numbers:c5')
    expect(ids(second)).not.toContain('identifier:c0')
    const rest = preparePhase.read({ selected_options: ['placeholder:?'] }, second)
    if (!rest.ok) throw new Error(rest.refusal.message)
    const applied = await preparePhase.apply(facts, rest.value, bench.tools)
    expect(applied.ok && applied.value.outcome.spec.steps.map((step) => step.type)).toEqual(['ParseNumericTransformer', 'NullTokensTransformer'])
    expect(applied.ok && applied.value.outcome.left_out.map((one) => one.name)).toEqual(['Order Nr'])
  })
})
