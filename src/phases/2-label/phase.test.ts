import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { canonicalJson } from '#core/canonical-json'
import type { Answer, Proposal } from '#core/decision'
import type { Table } from '#core/dataset'
import { orThrow } from '#core/errors'
import type { Labelled } from '#core/outcomes'
import { name, sql } from '#core/sql'
import type { Facts } from '#phases/phase'
import { runPhaseSuite } from '#phases/phase.testsuite'
import { factsOf, startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { tableMaker, trapTable, withCopies, type GeneratedColumn } from '../../../tests/generate-table.ts'
import { labelPhase } from './phase.ts'
import { labelEffectSchema } from './schema.ts'

const policy = { auto_deploy: false, auto_apply_safe_features: true }
let bench: DataTools
let traps: Table
beforeAll(async () => {
  bench = await startDataTools()
  traps = await bench.read(withCopies(trapTable(3, 400), [4, 9, 11]))
})
afterAll(() => bench.close())

const asked = (target: string | null, more: Partial<Facts> = {}): Partial<Facts> => ({ texts: { user_query: null, target }, ...more })
const tried = (facts: Facts) => labelPhase.propose(facts, bench.tools)
/** Proposals by their facts, since several tests look at the same one. */
const known = new Map<string, Promise<Proposal>>()
const propose = (facts: Facts): Promise<Proposal> => {
  const key = canonicalJson(facts)
  const proposal = known.get(key) ?? tried(facts).then(orThrow)
  known.set(key, proposal)
  return proposal
}
const refusalOf = async (columns: readonly GeneratedColumn[], more: Partial<Facts> = {}): Promise<string> => {
  const proposal = await tried(factsOf(await bench.read(columns), more))
  return proposal.ok ? 'proposed' : `${proposal.refusal.code}: ${proposal.refusal.message}`
}
const effectOf = (proposal: Proposal, index = 0) => labelEffectSchema.parse(proposal.options[index]?.effect)
const labelled = async (facts: Facts, answer: Answer = { choice_index: 0 }): Promise<Labelled> => {
  const read = labelPhase.read(answer, await propose(facts))
  if (!read.ok) throw new Error(`${read.refusal.code} ${read.refusal.message}`)
  const applied = await labelPhase.apply(facts, read.value, bench.tools)
  if (!applied.ok) throw new Error(`${applied.refusal.code} ${applied.refusal.message}`)
  return applied.value.outcome
}
const leftOut = (outcome: Labelled): string[] => outcome.left_out.map((one) => one.name)

runPhaseSuite(labelPhase, async () => [
  { title: 'traps', facts: factsOf(traps), tools: bench.tools },
  { title: 'a named number, by index', facts: factsOf(traps, asked('result', { test: { index: [5, 4] } })), tools: bench.tools },
])

describe('candidates', () => {
  test('the named column is option 0, with blanks and case forgiven', async () => {
    expect(effectOf(await propose(factsOf(traps, asked(' GRADE '))))).toMatchObject({ name: 'grade', task: 'multiclass', classes: ['bronze', 'gold', 'silver'], positive: null })
    const wished = factsOf(traps, { texts: { user_query: 'please predict the result', target: null } })
    expect(effectOf(await propose(wished))).toMatchObject({ name: 'result', task: 'regression' })
  })

  test('a number comes with how it lies, and what predicts it alone with its interval', async () => {
    const { options } = await propose(factsOf(traps, asked('result')))
    const found = (label: string) => Object(options[0]?.evidence.find((one) => one.label === label)?.data)
    const { min, max, quantiles, histogram } = found('spread')
    expect(quantiles).toHaveLength(7)
    expect([quantiles[0], quantiles[6]]).toEqual([min, max])
    expect(quantiles).toEqual(quantiles.toSorted((one: number, other: number) => one - other))
    expect(histogram.reduce((sum: number, rows: number) => sum + rows, 0)).toBe(traps.rows)
    const [strongest] = found('strongest column')
    expect(strongest.interval[0]).toBeLessThan(strongest.value)
    expect(strongest.interval[1]).toBeGreaterThanOrEqual(strongest.value)
  })

  test('without a name, the last two-valued column wins over numbers and keys', async () => {
    const proposal = await propose(factsOf(traps))
    expect(effectOf(proposal)).toMatchObject({ name: 'outcome', task: 'binary', classes: ['no', 'yes'], positive: 'yes' })
    expect(proposal.context.not_offered).toContainEqual(expect.objectContaining({ name: 'Order Nr' }))
  })

  test('few whole numbers are classes, more or gappy ones are a number, and the task can be said', async () => {
    const make = tableMaker(4, 120)
    const table = await bench.read([{ name: 'x', cells: make.cells((row) => row * 0.7) }, { name: 'stage', cells: make.levels(['1', '2', '3']) }, { name: 'beds', cells: make.levels(['2', '5', '9']) }])
    expect(effectOf(await propose(factsOf(table, asked('stage'))))).toMatchObject({ task: 'multiclass', classes: ['1', '2', '3'] })
    expect(effectOf(await propose(factsOf(table, asked('beds'))))).toMatchObject({ task: 'regression' })
    expect(effectOf(await propose(factsOf(table, asked('stage', { task: 'regression' }))))).toMatchObject({ task: 'regression' })
  })

  test.each([
    [['0', '1'], '1'],
    [['No', 'Yes'], 'Yes'],
    [['True', 'False'], 'true'],
    [['1', '2', '2'], '1'],
    [['keep', 'keep', 'keep', 'leave'], 'leave'],
  ])('the positive class of %j is %s', async (values, positive) => {
    const make = tableMaker(4, 80)
    const table = await bench.read([{ name: 'x', cells: make.cells((row) => row * 0.7) }, { name: 'label', cells: make.cells((row) => values[(row * 7) % values.length] ?? '') }])
    expect(effectOf(await propose(factsOf(table, asked('label')))).positive).toBe(positive)
  })
})

describe('what cannot be predicted is refused with its own words', () => {
  const make = tableMaker(5, 150)
  const x = { name: 'x', cells: make.cells((row) => row * 0.3) }
  test.each<[string, GeneratedColumn[], Partial<Facts>, string]>([
    ['an unknown target', [x, { name: 'churn', cells: make.levels(['a', 'b']) }], asked('chrun'), 'LABEL_UNKNOWN_COLUMN: The table has no column "chrun". Near it are: churn.'],
    ['no value at all', [x, { name: 'y', cells: make.cells(() => null) }], asked('y'), 'LABEL_UNUSABLE: "y" has no value on any of the 150 rows.'],
    ['one class', [x, { name: 'y', cells: make.cells(() => 'a') }], asked('y'), 'LABEL_UNUSABLE: "y" holds one value only ("a") on all 150 rows that have one.'],
    ['too many classes', [x, { name: 'y', cells: make.cells((row) => `t${row}`) }], asked('y'), 'LABEL_UNUSABLE: "y" has 150 different values'],
    ['too few labels', [x, { name: 'y', cells: make.cells((row) => (row < 9 ? row % 2 : null)) }], asked('y'), 'TOO_FEW_ROWS: "y" has a value on only 9 rows'],
    ['a lone row of a class', [x, { name: 'y', cells: make.cells((row) => (row === 3 ? 'a' : 'b')) }], asked('y'), 'occurs on two rows or more'],
    ['dates', [x, { name: 'y', cells: make.cells((row) => `2024-01-${String((row % 28) + 1).padStart(2, '0')}`) }], asked('y'), 'LABEL_UNUSABLE: "y" holds dates'],
    ['text as a number', [x, { name: 'y', cells: make.levels(['a', 'b', 'c']) }], asked('y', { task: 'regression' }), 'holds text'],
    ['three values as two classes', [x, { name: 'y', cells: make.levels(['a', 'b', 'c']) }], asked('y', { task: 'binary' }), 'has 3 different values'],
    ['one row', [{ name: 'x', cells: ['1'] }, { name: 'y', cells: ['0'] }], asked('y'), 'TOO_FEW_ROWS: The table has only 1 row;'],
  ])('%s', async (...[, columns, more, words]) => {
    expect(await refusalOf(columns, more)).toContain(words)
  })

  test('a table of one column is read, and the answer is refused for want of features', async () => {
    const facts = factsOf(await bench.read([{ name: 'y', cells: make.levels(['a', 'b']) }]))
    const proposal = await propose(facts)
    const decision = labelPhase.recommended(proposal, policy)
    const applied = decision === null ? null : await labelPhase.apply(facts, decision, bench.tools)
    expect(applied?.ok === false && applied.refusal.code).toBe('NO_FEATURES')
  })

  test('without a usable column the card has no options and nothing is recommended', async () => {
    const proposal = await propose(factsOf(await bench.read([{ name: 'id', cells: make.cells((row) => `k${row}`) }, { name: 'none', cells: make.cells(() => 'a') }])))
    expect(proposal).toMatchObject({ options: [], recommended_index: null })
    expect(labelPhase.recommended(proposal, policy)).toBeNull()
  })
})

describe('columns that say the label', () => {
  test.each([
    ['outcome', ['outcome_code']],
    ['grade', ['medal']],
    ['result', ['result in cents']],
  ])('%s: left out on proof, %j', async (target, names) => {
    const facts = factsOf(traps, asked(target))
    const proposal = await propose(facts)
    expect(effectOf(proposal).left_out.map((one) => `${one.name} ${one.reason}`)).toEqual(names.map((one) => `${one} proxy`))
    expect(leftOut(await labelled(facts))).toEqual(names)
    expect(leftOut(await labelled(facts, { choice_index: 0, custom_value: { keep: names } }))).toEqual([])
  })

  test('never by chance: random columns of small tables are not proven', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const make = tableMaker(seed, 12 + seed * 4)
      const columns = Array.from({ length: 24 }, (_, i) => ({ name: `f${i}`, cells: make.levels(i % 3 === 0 ? ['a', 'b'] : ['p', 'q', 'r', 's']) }))
      const proposal = await propose(factsOf(await bench.read([...columns, { name: 'y', cells: make.levels(['no', 'yes']) }]), asked('y')))
      expect(effectOf(proposal).left_out).toEqual([])
    }
  })

  test('a copy in words in a table too small for proof is a risk, not a leave-out', async () => {
    const make = tableMaker(9, 18)
    const y = make.cells((row) => (row % 2 === 0 ? 'yes' : 'no'))
    const proposal = await propose(factsOf(await bench.read([{ name: 'same', cells: y.map((one) => (one === 'yes' ? 'u' : 'v')) }, { name: 'x', cells: make.numbers().map(String) }, { name: 'y', cells: y }]), asked('y')))
    expect(effectOf(proposal).left_out).toEqual([])
    expect(proposal.options[0]?.risks.join()).toContain('"same" tells "y"')
  })

  test('with gaps, with rare exceptions, by being filled in, and by a threshold', async () => {
    const make = tableMaker(10, 600)
    const y = make.levels(['stays', 'leaves'])
    const proposal = await propose(
      factsOf(
        await bench.read([
          { name: 'gaps', cells: make.cells((row) => (row % 10 === 0 ? null : y[row] === 'stays' ? 'A' : row % 2 === 0 ? 'B' : 'C')) },
          { name: 'nearly', cells: make.cells((row) => ((y[row] === 'stays') === (row !== 77) ? 'A' : 'B')) },
          { name: 'left on', cells: make.cells((row) => (y[row] === 'leaves' ? `day ${row % 200}` : null)) },
          { name: 'sometimes', cells: make.cells((row) => (y[row] === 'leaves' && row % 2 === 0 ? `r${row % 3}` : null)) },
          { name: 'threshold', cells: make.cells((row) => (y[row] === 'leaves' ? 100 + row : 1 + row / 1000)) },
          { name: 'shop', cells: make.cells((row) => `s${row % 290}`) },
          { name: 'y', cells: y },
        ]),
        asked('y'),
      ),
    )
    expect(effectOf(proposal).left_out.map((one) => one.name).sort()).toEqual(['gaps', 'left on'])
    const risks = proposal.options[0]?.risks.join('\n') ?? ''
    for (const told of ['"nearly" nearly says "y"', '"sometimes" is filled in only where "y" is "leaves"', '"threshold" orders the two values of "y" almost without exception']) expect(risks).toContain(told)
  })

  test('leaks in disguise, and what its split has to mind, are risks with their counts', async () => {
    const make = tableMaker(23, 900)
    const y = make.levels(['stays', 'leaves'])
    const proposal = await propose(
      factsOf(
        await bench.read([
          { name: 'flipped', cells: y.map((value) => ((value === 'stays') !== (make.random.below(50) === 0) ? 'A' : 'B')) },
          { name: 'next', cells: make.cells((row) => y[row + 1] ?? null) },
          { name: 'x', cells: make.cells(() => make.random.next()) },
          { name: 'y', cells: y },
        ]),
        asked('y'),
      ),
    )
    const [option] = proposal.options
    expect(effectOf(proposal).left_out).toEqual([])
    expect(option?.risks.filter((risk) => /^Knowing "flipped" gives "y" on 8\d\d of 900 rows/.test(risk))).toHaveLength(1)
    expect(option?.risks.filter((risk) => risk.includes('"next" is "y" of the row after, in the order of the file, on 899 rows of 899'))).toHaveLength(1)
    expect(option?.evidence.find(({ label }) => label === 'target_shift')).toMatchObject({ value: 899 })
  })

  test('a measure with a threshold and the key of a household are told, not left out', async () => {
    const make = tableMaker(17, 600)
    const table = await bench.read([
      { name: 'months', cells: make.cells((row) => (row * 7) % 60) },
      { name: 'household', cells: make.cells((row) => `h${row % 100}`) },
      { name: 'shop', cells: make.levels(['north', 'south']) },
      { name: 'y', cells: make.cells((row) => ((row * 7) % 20 < 9 ? 'yes' : 'no')) },
    ])
    const proposal = await propose(factsOf(table, asked('y')))
    expect(effectOf(proposal).left_out).toEqual([])
    for (const told of ['"months" tells "y"', '"household" tells "y"']) expect(proposal.options[0]?.risks.join()).toContain(told)
  })

  test('a falling curve of a number is found, a noisy one is not', async () => {
    const make = tableMaker(11, 500)
    const y = make.numbers()
    const table = await bench.read([
      { name: 'inverse', cells: make.cells((row) => 1 / (10 + (y[row] ?? 0))) },
      { name: 'noisy', cells: make.cells((row) => (y[row] ?? 0) + (row % 17) / 10) },
      { name: 'far', cells: make.cells((row) => (row === 8 ? 1e9 : row % 13)) },
      { name: 'y', cells: make.cells((row) => y[row] ?? 0) },
    ])
    expect(effectOf(await propose(factsOf(table, asked('y')))).left_out.map((one) => one.name)).toEqual(['inverse'])
  })

  test('on many rows the sample leads to the same counts', async () => {
    const make = tableMaker(12, 45_000)
    const y = make.levels(['a', 'b', 'c'])
    const table = await bench.read([{ name: 'same', cells: y.map((one) => `${one}${one}`) }, { name: 'not quite', cells: make.cells((row) => (row % 3000 === 1 ? 'aa' : `${y[row]}`)) }, { name: 'x', cells: make.levels(['1', '2', '3', '4', '5.5']) }, { name: 'y', cells: y }])
    const proposal = await propose(factsOf(table, asked('y')))
    expect(effectOf(proposal).left_out).toMatchObject([{ name: 'same', text: expect.stringContaining('all 45,000 labelled rows') }])
    expect(proposal.options[0]?.risks.join()).toContain('"not quite" nearly says')
  })
})

describe('test rows', () => {
  const sides = async (outcome: Labelled, columns: string) => {
    const [sealed, group] = [name(outcome.sealed), name(outcome.group)]
    return bench.tools.data.query(sql`select row_id, ${sealed} as sealed, ${group} as group_id, ${name(columns)} as value from t order by row_id`, { tables: { t: outcome.table.hash }, signal: bench.tools.signal })
  }

  test('by index: exactly those among the labelled rows, copies stay and are counted', async () => {
    const make = tableMaker(13, 100)
    const columns = [{ name: 'x', cells: make.cells((row) => row) }, { name: 'y', cells: make.cells((row) => (row % 7 === 3 ? null : row % 2 === 0 ? 'yes' : 'no')) }]
    const outcome = await labelled(factsOf(await bench.read(withCopies(columns, [0, 1, 2, 4])), asked('y', { test: { index: [5, 4] } })))
    const rows = await sides(outcome, 'c0')
    expect(rows.map((row) => row.sealed)).toEqual(rows.map((_, i) => i % 5 === 4))
    expect(outcome.rows).toMatchObject({ labelled: 90, unlabelled: 14, train: 72, test: 18, copies: 4 })
    expect(outcome.rows.copies_across).toBeGreaterThan(0)
    expect(outcome.split).toEqual({ kind: 'index', column: null, test: { index: [5, 4] } })
  })

  test('at random: every class by its share, copies together, the seed decides', async () => {
    const facts = factsOf(traps, asked('grade'))
    const outcome = await labelled(facts)
    const rows = await sides(outcome, 'c11')
    for (const value of ['gold', 'silver', 'bronze']) {
      const of = rows.filter((row) => row.value === value)
      expect(Math.abs(of.filter((row) => row.sealed === true).length - of.length * 0.2)).toBeLessThanOrEqual(2)
    }
    for (const [copy, first] of [[400, 4], [401, 9], [402, 11]] as const) {
      expect(rows[copy]).toMatchObject({ group_id: first, sealed: rows[first]?.sealed })
    }
    expect(outcome.rows).toMatchObject({ copies: 3, copies_across: 0, labelled: 403 })
    const other = await labelled({ ...facts, test: { share: 0.2, seed: 2 } })
    expect((await sides(other, 'c11')).filter((row, i) => row.sealed !== rows[i]?.sealed).length).toBeGreaterThan(50)
  })

  test('a number is sealed alike in every tenth', async () => {
    const outcome = await labelled(factsOf(traps, asked('result')))
    const rows = [...(await sides(outcome, 'c12'))].sort((a, b) => Number(a.value) - Number(b.value))
    for (let tenth = 0; tenth < 10; tenth++) {
      const sealed = rows.slice(tenth * 40, tenth * 40 + 40).filter((row) => row.sealed === true).length
      expect(sealed).toBeGreaterThanOrEqual(6)
      expect(sealed).toBeLessThanOrEqual(10)
    }
  })

  test('a repeated key is proposed as the group and kept together; it is no feature', async () => {
    const make = tableMaker(14, 400)
    const table = await bench.read([{ name: 'customer_id', cells: make.cells((row) => 5000 + ((row * 31) % 80)) }, { name: 'x', cells: make.numbers().map(String) }, { name: 'y', cells: make.levels(['yes', 'no']) }])
    const outcome = await labelled(factsOf(table, asked('y')))
    expect(outcome.split).toMatchObject({ kind: 'group', column: 'c0' })
    expect(outcome.features.map((column) => column.name)).toEqual(['x'])
    const rows = await sides(outcome, 'c0')
    expect(new Set(rows.map((row) => `${row.value} ${row.sealed}`)).size).toBe(80)
    expect(rows.filter((row) => row.sealed === true).length / 400).toBeCloseTo(0.2, 1)
    expect(new Set(rows.map((row) => row.group_id)).size).toBe(80)
  })

  test('rows in the order of a time are split by it, the latest sealed', async () => {
    const make = tableMaker(15, 300)
    const stamp = (row: number): string => new Date(Date.UTC(2024, 0, 1) + row * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
    const table = await bench.read([{ name: 'taken', cells: make.cells(stamp) }, { name: 'x', cells: make.numbers().map(String) }, { name: 'y', cells: make.levels(['yes', 'no']) }])
    const outcome = await labelled(factsOf(table, asked('y')))
    expect(outcome).toMatchObject({ split: { kind: 'time', column: 'c0' }, time: 'c0', rows: { train: 240, test: 60 } })
    expect((await sides(outcome, 'c0')).map((row) => row.sealed)).toEqual(Array.from({ length: 300 }, (_, i) => i >= 240))
    const shuffled = await bench.read([{ name: 'taken', cells: make.cells((row) => stamp((row * 97) % 300)) }, { name: 'x', cells: make.numbers().map(String) }, { name: 'y', cells: make.levels(['yes', 'no']) }])
    const proposal = await propose(factsOf(shuffled, asked('y')))
    expect(effectOf(proposal).split.kind).toBe('random')
    const custom = await labelled(factsOf(shuffled, asked('y')), { custom_value: { column: 'y', split: { kind: 'time', column: 'taken', share: 0.3 } } })
    expect(custom.rows).toMatchObject({ train: 210, test: 90 })
  })

  test('a side without rows, or with one class, is refused', async () => {
    const make = tableMaker(16, 50)
    const table = await bench.read([{ name: 'x', cells: make.numbers().map(String) }, { name: 'y', cells: make.cells((row) => (row % 5 === 4 ? 'yes' : 'no')) }])
    const facts = factsOf(table, asked('y', { test: { index: [5, 4] } }))
    const decision = labelPhase.recommended(await propose(facts), policy)
    const applied = decision === null ? null : await labelPhase.apply(facts, decision, bench.tools)
    expect(applied?.ok === false && applied.refusal.code).toBe('TEST_ROWS_EMPTY')
  })
})

describe('answers', () => {
  test.each<[Answer, string]>([
    [{ custom_value: 'grade' }, 'grade multiclass'],
    [{ custom_value: ' Grade ' }, 'grade multiclass'],
    [{ custom_value: { column: 'outcome', positive: 'no' } }, 'outcome binary no'],
    [{ custom_value: 'outcome', label_type: 'binary_classification' }, 'outcome binary yes'],
    [{ custom_value: 'outcome_code', label_type: 'regression' }, 'outcome_code regression'],
    [{ custom_value: 'outcome_code', label_type: 'classification' }, 'outcome_code binary 7'],
    [{ choice_index: 0, label_type: 'binary' }, 'outcome binary yes'],
    [{ choice_index: 0, custom_value: { positive: 'no' } }, 'outcome binary no'],
    [{ choice_index: 0, custom_value: { column: 'grade' } }, 'DECISION_INVALID'],
    [{ choice_index: 0, label_type: 'regression' }, 'LABEL_UNUSABLE'],
    [{ choice_index: 0, label_type: 'ranking' }, 'DECISION_INVALID'],
    [{ choice_index: 17 }, 'CHOICE_OUT_OF_RANGE'],
    [{ choice_index: -1 }, 'CHOICE_OUT_OF_RANGE'],
    [{ apply_indices: [0] }, 'DECISION_INVALID'],
    [{ label_type: 'binary' }, 'DECISION_INVALID'],
    [{ custom_value: 'grades of all' }, 'LABEL_UNKNOWN_COLUMN'],
    [{ custom_value: 'country' }, 'LABEL_UNUSABLE'],
    [{ custom_value: 'comment' }, 'LABEL_UNUSABLE'],
    [{ custom_value: { column: 'grade', positive: 'gold' } }, 'LABEL_UNUSABLE'],
    [{ custom_value: { column: 'outcome', positive: 'maybe' } }, 'LABEL_UNUSABLE'],
    [{ custom_value: { column: 'outcome', colour: 'red' } }, 'DECISION_INVALID'],
    [{ custom_value: { column: 'outcome', weight: 'city' } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', weight: 'amount' } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', weight: 'visits made' } }, 'outcome binary yes'],
    [{ custom_value: { column: 'outcome', weight: 'outcome' } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', keep: ['nothing'] } }, 'LABEL_UNKNOWN_COLUMN'],
    [{ custom_value: { column: 'outcome', keep: ['outcome'] } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', split: { kind: 'group' } } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', split: { kind: 'time', column: 'city' } } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', split: { kind: 'group', column: 'outcome' } } }, 'CUSTOM_REFUSED'],
    [{ custom_value: { column: 'outcome', split: { kind: 'random', share: 0.9 } } }, 'DECISION_INVALID'],
    [{ custom_value: { column: 'outcome', split: { column: 'city' } } }, 'outcome binary yes'],
  ])('%j is %s', async (answer, wanted) => {
    const read = labelPhase.read(answer, await propose(factsOf(traps)))
    expect(read.ok ? [read.value.name, read.value.task, read.value.positive].filter((one) => one !== null).join(' ') : read.refusal.code).toBe(wanted)
  })

  test('a column that weighs the rows is no feature', async () => {
    const outcome = await labelled(factsOf(traps), { custom_value: { column: 'outcome', weight: 'visits made' } })
    expect(outcome.weight).toMatchObject({ name: 'visits  made' })
    expect(outcome.features.map((column) => column.name)).not.toContain('visits  made')
  })

  test('a custom split is honoured', async () => {
    const outcome = await labelled(factsOf(traps), { custom_value: { column: 'outcome', split: { kind: 'group', column: 'city', share: 0.25 }, keep: ['outcome_code'] } })
    expect(outcome.features.map((column) => column.name)).toContain('outcome_code')
    expect(outcome.split).toEqual({ kind: 'group', column: 'c3', test: { share: 0.25, seed: 1 } })
  })

  test('a request to leave out a column counts where data_preparation was not run', async () => {
    const outcome = await labelled(factsOf(traps, { texts: { user_query: "predict outcome, don't use the city", target: null } }))
    expect(outcome.left_out.map((one) => `${one.name} ${one.reason}`)).toContain('city asked')
  })
})
