import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunStateAnswer } from '#wire/run-state'
import { openDeployHouse, type DeployHouse } from './deployments.testkit.ts'
import { codeOf } from './house.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: DeployHouse
let run: RunStateAnswer
let versionId: string
beforeAll(async () => {
  at = await openDeployHouse()
  run = await at.deployed(crashTable(), 'label')
  versionId = run.results.version_id ?? ''
})
afterAll(() => at.close())

const row = { amount: '20', visits: 5, colour: 'red' }

async function predicted(raw: Record<string, unknown>) {
  const { deploy_key } = await at.client.deployments.createDeployKey({ deployment_id: run.results.deployment_id ?? '', description: 'test' })
  const [said] = await at.client.predict([raw], { deployKey: deploy_key })
  return said
}

const withChanges = (raw: object, changes: readonly { column: string; to: unknown }[]) => ({ ...raw, ...Object.fromEntries(changes.map(({ column, to }) => [column, to])) })

describe('what if, over HTTP', () => {
  test('flips a prediction by changing what may be changed, and predict says the same of the changed row', async () => {
    const answer = await at.client.models.whatIf(versionId, { row, actionable: ['amount', 'visits'] })
    expect(answer).toMatchObject({ status: 'reached', base: { pred: 'no' }, held: [{ column: 'colour', reason: 'it was not named as actionable' }] })
    expect(answer.alternatives.length).toBeGreaterThan(0)
    for (const { changes, cost, pred, proba } of answer.alternatives) {
      expect(cost).toBeGreaterThan(0)
      expect(changes.every(({ column, cost: each }) => ['amount', 'visits'].includes(column) && each > 0)).toBe(true)
      expect(await predicted(withChanges(row, changes))).toMatchObject({ pred, proba })
      expect(pred).toBe('yes')
    }
    const sets = answer.alternatives.map(({ changes }) => changes.map(({ column }) => column).join())
    expect(new Set(sets).size).toBe(sets.length)
    expect(answer.costs.map(({ column, source }) => [column, source.startsWith('one for each median absolute deviation')]).sort()).toEqual([['amount', true], ['visits', true]])
  })

  test('takes names as the file has them or nearly so, and answers the same twice', async () => {
    const body = { row, actionable: [' Amount', 'VISITS'], columns: { visits: { direction: 'up' as const, max: 60 } }, target: { probability: { at_least: 0.6 } } }
    const answer = await at.client.models.whatIf(versionId, body)
    expect(answer).toEqual(await at.client.models.whatIf(versionId, body))
    for (const { changes } of answer.alternatives) for (const { column, from, to } of changes) if (column === 'visits') expect(Number(to)).toBeGreaterThan(Number(from))
  })

  test('says why nothing reaches a target, and what comes nearest', async () => {
    const answer = await at.client.models.whatIf(versionId, { row, actionable: ['colour'] })
    expect(answer.status).toBe('unreachable')
    expect(answer.text).toMatch(/^No change of the actionable columns reaches the prediction "yes"; (?:the best that was found is|none brings it nearer)/u)
    expect(answer.alternatives).toEqual([])
    const beyond = await at.client.models.whatIf(versionId, { row, actionable: ['amount', 'visits'], target: { probability: { at_least: 1 } } })
    expect(beyond).toMatchObject({ status: 'unreachable', nearest: { changes: expect.anything() } })
  })

  test('warns outside the training range', async () => {
    const answer = await at.client.models.whatIf(versionId, { row: { ...row, visits: 500 }, actionable: ['amount'], target: { probability: { at_most: 0.9, at_least: 0.05 } } })
    const said = [...answer.alternatives, ...(answer.nearest === null ? [] : [answer.nearest])]
    const body = { row, actionable: ['visits'], columns: { visits: { min: 60, max: 90 } } }
    const outside = await at.client.models.whatIf(versionId, { ...body, target: { probability: { at_least: 0.3 } } })
    for (const changed of [...said, ...outside.alternatives]) expect(changed.warnings).toContainEqual(expect.objectContaining({ kind: 'outside_training_range', columns: ['visits'] }))
    expect(said.length + outside.alternatives.length).toBeGreaterThan(0)
  })

  test('spends a budget over many rows where it helps most', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ amount: String((i * 7) % 60), visits: i % 40, colour: 'blue' }))
    const common = { rows, actionable: ['amount', 'visits'], target: { class: 'yes' } }
    const flips = await at.client.models.spendBudget(versionId, { ...common, unit: 'rows', budget: 5 })
    expect(flips.cost).toBeLessThanOrEqual(5)
    expect(flips).toMatchObject({ gain: flips.rows.length, counts: { looked_at: 40, changed: flips.rows.length } })
    expect(flips.gain).toBeGreaterThan(1)
    expect(flips.bound).toBeGreaterThanOrEqual(flips.gain)
    // The most rows for the money are the cheapest ones, each alone.
    const costs: number[] = []
    for (const one of rows) {
      const { status, alternatives } = await at.client.models.whatIf(versionId, { ...common, row: one, alternatives: 1 })
      if (status === 'reached') costs.push(alternatives[0]?.cost ?? 9)
    }
    let [left, most] = [5, 0]
    for (const cost of costs.sort((a, b) => a - b)) if (cost <= left) [left, most] = [left - cost, most + 1]
    expect(flips.gain).toBe(most)
    const figure = await at.client.models.spendBudget(versionId, { ...common, target: { probability: { at_most: 0 } }, unit: 'figure', budget: 8 })
    expect(figure.gain).toBeGreaterThan(0)
    expect(figure.gain).toBeCloseTo(figure.rows.reduce((sum, { figure_before, changed }) => sum + figure_before - changed.figure, 0), 9)
    expect(figure.cost).toBeLessThanOrEqual(8)
  })

  test.each<[string, object, string]>([
    ['no columns named', { row }, 'VALIDATION_FAILED'],
    ['a column that is not there', { row, actionable: ['weight'] }, 'VALIDATION_FAILED'],
    ['the label as a column', { row, actionable: ['label'] }, 'VALIDATION_FAILED'],
    ['a column both ways', { row, actionable: ['visits'], immutable: ['visits'] }, 'VALIDATION_FAILED'],
    ['a free change', { row, actionable: ['visits'], columns: { visits: { cost: { per_unit: 0 } } } }, 'VALIDATION_FAILED'],
    ['a cost below nothing', { row, actionable: ['visits'], columns: { visits: { cost: { per_change: -1 } } } }, 'VALIDATION_FAILED'],
    ['a rule for what is fixed', { row, actionable: ['visits'], columns: { amount: { min: 1 } } }, 'VALIDATION_FAILED'],
    ['levels of numbers', { row, actionable: ['visits'], columns: { visits: { levels: ['1'] } } }, 'VALIDATION_FAILED'],
    ['a direction of levels', { row, actionable: ['colour'], columns: { colour: { direction: 'up' } } }, 'VALIDATION_FAILED'],
    ['a value of classes', { row, actionable: ['visits'], target: { value: { at_least: 3 } } }, 'VALIDATION_FAILED'],
    ['two targets', { row, actionable: ['visits'], target: { class: 'yes', probability: { at_least: 0.5 } } }, 'VALIDATION_FAILED'],
    ['a class that is none', { row, actionable: ['visits'], target: { class: '__proto__' } }, 'VALIDATION_FAILED'],
    ['no row', { row: [1], actionable: ['visits'] }, 'ROW_UNREADABLE'],
    ['a row of other columns', { row: { constructor: 1 }, actionable: ['visits'] }, 'ROW_UNREADABLE'],
    ['a number that is none', { row: { ...row, visits: { $gt: 1 } }, actionable: ['visits'] }, 'ROW_UNREADABLE'],
    ['columns with names of prototypes', { row, actionable: ['__proto__'], columns: JSON.parse('{"__proto__": {"min": 1}}') }, 'BODY_NOT_JSON'],
  ])('refuses %s', async (_what, body, code) => {
    expect(await codeOf(at.client.models.whatIf(versionId, body as never))).toBe(code)
  })

  test('stays quick where a hostile step would give endless values', async () => {
    const answer = await at.client.models.whatIf(versionId, { row, actionable: ['visits', 'amount'], columns: { visits: { step: 1e-9, min: -1e300, max: 1e300 }, amount: { step: 1e-8 } } })
    expect(['reached', 'unreachable', 'not_found']).toContain(answer.status)
  })
})
