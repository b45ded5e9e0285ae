import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Proposal } from '#core/decision'
import { orThrow } from '#core/errors'
import type { Labelled, LeftOut } from '#core/outcomes'
import type { Facts } from '#phases/phase'
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

/** A label that hangs on gender and age, and a title that tells the gender. */
function people(rows: number): GeneratedColumn[] {
  const make = tableMaker(7, rows)
  const gender = make.levels(['f', 'm'])
  const age = Array.from({ length: rows }, () => 18 + make.random.below(60))
  return [
    { name: 'Gender', cells: gender },
    { name: 'age', cells: age.map(String) },
    { name: 'title', cells: make.cells((row) => (make.random.next() < 0.05 ? 'Dr' : gender[row] === 'f' ? 'Ms' : 'Mr')) },
    { name: 'height', cells: make.cells((row) => 150 + make.random.below(30) + (gender[row] === 'm' ? 8 : 0)) },
    { name: 'luck', cells: make.numbers().map(String) },
    { name: 'hired', cells: make.cells((row) => ((age[row] ?? 0) / 40 + (gender[row] === 'm' ? 0.6 : 0) + make.random.next() > 1.9 ? 'yes' : 'no')) },
  ]
}

const asked: LeftOut = { column: 'c0', name: 'Gender', reason: 'asked', text: 'The request asks not to use "Gender".' }

/** The request's wish, as an earlier decision followed it or not. */
async function factsWith(followed: boolean): Promise<Facts> {
  const { facts, labelled } = await labelledFacts(bench, { columns: people(300), label: 'hired', task: 'binary', classes: ['no', 'yes'] })
  const after: Labelled = followed ? { ...labelled, features: labelled.features.filter(({ id }) => id !== 'c0'), left_out: [asked] } : labelled
  return { ...facts, texts: { user_query: "predict hired, don't use gender", target: null }, outcomes: { label_selection: JSON.parse(JSON.stringify(after)) } }
}
const propose = async (facts: Facts): Promise<Proposal> => orThrow(await featuresPhase.propose(facts, bench.tools))
const custom = (expression: string) => ({ custom_value: { steps: [{ id: 'mine', type: 'ExpressionTransformer', params: { expression, output_column: 'mine' } }] } })

describe("don't use gender", () => {
  test('the card says which columns tell it all the same, and how well all do together', async () => {
    const { context, options } = await propose(await factsWith(true))
    expect(context.asked_to_leave_out).toMatchObject([{ name: 'Gender', left_out: true, told_by: [{ name: 'title', metric: 'auc' }, { name: 'height', metric: 'auc' }] }])
    expect(String((context.notes as string[])[0])).toMatch(/^Leaving "Gender" out does not hide it from a model: it is predicted by "title" \(an area under the curve of 0\.9\d*\).* All columns together tell it with an area under the curve of (?:0\.9|1\.)/u)
    expect(options.filter(({ effect }) => effectSchema.parse(effect).added.some(({ from }) => from.includes('Gender')))).toEqual([])
  })

  test('no custom step may make anything of it, whatever lies between', async () => {
    const proposal = await propose(await factsWith(true))
    const direct = featuresPhase.read(custom("(`Gender` == 'm').astype('int') * age"), proposal)
    expect(direct).toMatchObject({ ok: false, refusal: { code: 'CUSTOM_REFUSED', message: expect.stringContaining('makes "mine" of "Gender", which the request asks not to use') } })
    const steps = [
      { id: 'one', type: 'ExpressionTransformer', params: { expression: "`Gender` == 'm'", output_column: 'is man' } },
      { id: 'two', type: 'ExpressionTransformer', params: { expression: "age * (`is man`.astype('int') + 1)", output_column: 'weighted' } },
    ]
    expect(featuresPhase.read({ custom_value: { steps } }, proposal).ok).toBe(false)
    expect(featuresPhase.read(custom("age.where(`Gender` == 'm')"), proposal).ok).toBe(false)
    const into = { custom_value: { steps: [{ id: 'into', type: 'ExpressionTransformer', params: { expression: "luck.where(`Gender` == 'm', 0)", output_column: 'luck' } }] } }
    expect(featuresPhase.read(into, proposal).ok).toBe(false)
    expect(featuresPhase.read(custom('age * 2'), proposal).ok).toBe(true)
  })

  test('what earlier steps made of it goes with it', async () => {
    const facts = await factsWith(false)
    const kept = await propose(facts)
    const draft = orThrow(featuresPhase.read({ ...custom("(`Gender` == 'm').astype('int')"), done: false }, kept))
    const drafted = { ...facts, drafts: [JSON.parse(JSON.stringify(draft))] }
    const proposal = await propose(drafted)
    const leave = proposal.options.find(({ id }) => id === 'out:asked:c0')
    const decision = orThrow(featuresPhase.read({ apply_indices: [leave?.index ?? -1] }, proposal))
    const { outcome } = orThrow(await featuresPhase.apply(drafted, decision, bench.tools))
    expect(outcome.features.map(({ name }) => name).sort()).toEqual(['age', 'height', 'luck', 'title'])
    expect(outcome.left_out.map(({ name, reason }) => `${name} ${reason}`).sort()).toEqual(['Gender asked', 'mine asked'])
  })

  test('where it was kept, leaving it out comes first and is recommended, and nothing is made of it', async () => {
    const proposal = await propose(await factsWith(false))
    expect(proposal.options[0]).toMatchObject({ id: 'out:asked:c0', recommended: true })
    const decision = featuresPhase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: true })
    expect(decision?.left_out).toMatchObject([asked])
    expect(proposal.options.flatMap(({ effect }) => effectSchema.parse(effect).added.flatMap(({ from }) => from))).not.toContain('Gender')
  })
})
