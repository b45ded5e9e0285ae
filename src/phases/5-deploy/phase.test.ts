import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Proposal } from '#core/decision'
import { orThrow } from '#core/errors'
import { trainedSchema } from '#core/outcomes'
import type { Facts } from '#phases/phase'
import { readScorer } from '#scoring/scorer'
import { startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { checkSameAnswers } from './check-same-answers.ts'
import { readDeployFacts } from './deploy-facts.ts'
import { deployPhase } from './phase.ts'
import { scoreSealedRows } from './sealed-rows.ts'
import { clinicTable, trainedFacts } from './trained-facts.testkit.ts'

let data: DataTools
const facts = new Map<string, Facts>()
const cards = new Map<string, Proposal>()
beforeAll(async () => {
  data = await startDataTools()
  for (const label of ['event', 'result', 'coin']) {
    const known = await trainedFacts(data, label, clinicTable(5, 600))
    facts.set(label, known)
    cards.set(label, orThrow(await deployPhase.propose(known, data.tools)))
  }
})
afterAll(() => data.close())

function card(label: string): Proposal {
  const found = cards.get(label)
  if (found === undefined) throw new Error(`no card of ${label}`)
  return found
}

const evidence = (label: string, name: string) => card(label).options[0]?.evidence.find((one) => one.label === name)

describe('a good model', () => {
  test('is recommended active with all checks passed, and inactive by default', () => {
    expect(card('event')).toMatchObject({ recommended_index: 0, default_option_index: 1 })
    expect(card('event').context.checks).toEqual([
      expect.objectContaining({ id: 'same_answers', passed: true }),
      expect.objectContaining({ id: 'better_than_baseline', passed: true }),
      expect.objectContaining({ id: 'calibration', passed: true }),
      expect.objectContaining({ id: 'holds_on_sealed_rows', passed: true }),
    ])
    expect(evidence('event', 'Same answers as in training')?.data).toMatchObject({ rows: 120, unreadable: 0, passed: true })
  })

  test('is looked at by group also where the model does not read the column', () => {
    const fairness = card('event').options[0]?.evidence.filter(({ label }) => label.startsWith('By group')) ?? []
    expect(fairness.map(({ label }) => label)).toEqual(['By group: city', 'By group: side', 'By group: smoker'])
    const city = fairness[0]?.data as { groups: { group: string; rows: number; verdict: string }[] }
    expect(city.groups.reduce((sum, { rows }) => sum + rows, 0)).toBe(120)
    expect(city.groups.find(({ group }) => group === '(missing)')?.verdict).toBe('too few')
  })

  test('answers where auto_deploy says so, and rests where it does not', () => {
    const policy = { auto_deploy: true, auto_apply_safe_features: true }
    expect(deployPhase.recommended(card('event'), policy)?.deployment).toBe('active')
    expect(deployPhase.recommended(card('event'), { ...policy, auto_deploy: false })?.deployment).toBe('inactive')
    expect(deployPhase.fallback(card('event'))?.deployment).toBe('inactive')
  })
})

test('a model that is no better than its baseline is told so, and does not answer by itself', () => {
  expect(card('coin').subject).toContain('not distinguishably better than its baseline')
  expect(card('coin')).toMatchObject({ recommended_index: 1 })
  expect(card('coin').options[0]?.risks[0]).toContain('Not distinguishably better')
  expect(deployPhase.recommended(card('coin'), { auto_deploy: true, auto_apply_safe_features: true })?.deployment).toBe('inactive')
})

test('a number is judged by its mean error, and by group as well', () => {
  expect(card('result')).toMatchObject({ recommended_index: 0 })
  expect(evidence('result', 'Mean error')?.interval).toHaveLength(2)
  expect(evidence('result', 'By group: side')?.data).toMatchObject({ compared: 'mean_error' })
})

test('a scorer that answers otherwise than training is found', async () => {
  const known = facts.get('event')
  if (known === undefined) throw new Error('no facts')
  const deploying = await readDeployFacts(known, data.tools)
  const sealed = await scoreSealedRows(deploying, data.tools)
  const { document } = deploying.scorer
  const moved = { ...document, model: { ...document.model, intercepts: document.model.intercepts.map((one) => one + 1e-6) } }
  const check = await checkSameAnswers({ facts: known, deploying: { ...deploying, scorer: orThrow(readScorer(moved)) }, sealed }, data.tools)
  expect(check.passed).toBe(false)
  expect(check.evidence.value).toBeGreaterThan(1e-9)
})

describe('the outcome', () => {
  const apply = async (answer: object) => {
    const known = facts.get('event')
    if (known === undefined) throw new Error('no facts')
    return orThrow(await deployPhase.apply(known, orThrow(deployPhase.read(answer, card('event'))), data.tools))
  }

  test('publishes a deployment with its threshold and rows that show what predict takes', async () => {
    const { outcome, publishes } = await apply({ action: 'approve', custom_value: { threshold: 0.3 } })
    expect(outcome).toMatchObject({ deployment: 'active', version: 'approved', threshold: 0.3 })
    expect(publishes).toEqual([{ kind: 'deployment', content: expect.any(String), deployment: { active: true, threshold: 0.3 } }])
    const content = await data.tools.blobs.get(publishes[0]?.content ?? '')
    const { model } = trainedSchema.parse(facts.get('event')?.outcomes.model_training)
    expect(content).toMatchObject({ model, threshold: 0.3, active: true })
    const { sample } = content as { sample: Record<string, unknown>[] }
    expect(sample).toHaveLength(5)
    expect(Object.keys(sample[0] ?? {})).not.toContain('event')
  })

  test.each([{ action: 'reject' }, { action: 'skip' }, { skipped: true }, { choice_index: 2 }])('of %j publishes nothing and rejects the version', async (answer) => {
    expect(await apply(answer)).toMatchObject({ outcome: { deployment: 'none', version: 'rejected', threshold: null }, publishes: [] })
  })
})
