import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer, Proposal } from '#core/decision'
import { orThrow } from '#core/errors'
import { name, sql } from '#core/sql'
import type { DriftRule } from '#ml/drift-bins'
import { labelledOutcome } from '#phases/4-train/labelled.testkit'
import { generatedColumns, without } from '#phases/4-train/generated-columns.testkit'
import { startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { profileReference } from './measure-monitor.ts'
import { driftProfileSchema, monitorDocumentSchema } from './monitor-document.ts'
import { monitorPhase } from './phase.ts'
import { trainedFixture } from './trained.testkit.ts'

const { facts, tools } = await trainedFixture('binary', { rows: 900, seed: 21 })
const proposal = orThrow(await monitorPhase.propose(facts, tools))

function codeOf(answer: Answer, of: Proposal = proposal): string {
  const read = monitorPhase.read(answer, of)
  return read.ok ? 'accepted' : read.refusal.code
}

async function documentOf(answer: Answer) {
  const { outcome, publishes } = orThrow(await monitorPhase.apply(facts, orThrow(monitorPhase.read(answer, proposal)), tools))
  const document = outcome.monitor === null ? null : monitorDocumentSchema.parse(await tools.blobs.get(outcome.monitor))
  return { outcome, publishes, document }
}

describe('the card', () => {
  test('offers ways to watch, each with false alarms measured on the training rows, and the smallest change seen', () => {
    expect(proposal.options.map(({ id }) => id)).toEqual(['all-inputs', 'important-inputs', 'all-inputs-strict', 'none'])
    const [all] = proposal.options
    expect(all?.evidence.map(({ label }) => label)).toEqual(['False alarms, 50 rows', 'False alarms, 200 rows', 'Smallest change seen, 50 rows', 'Smallest change seen, 200 rows', 'Importance'])
    for (const { label, value, interval, text } of all?.evidence ?? []) {
      if (!label.startsWith('False')) continue
      expect(Number(value)).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / 400))
      expect(interval?.[0]).toBeLessThanOrEqual(Number(value))
      expect(text).toContain('of 400 batches')
    }
    const strict = proposal.options[2]?.evidence[1]?.value
    expect(Number(strict)).toBeLessThan(Number(all?.evidence[1]?.value))
  })
})

describe('an answer', () => {
  test('of {} takes the proposed monitor, whose blob holds no rows', async () => {
    const { outcome, publishes, document } = await documentOf({ monitoring_config: {} })
    expect(publishes).toEqual([{ kind: 'monitor', content: outcome.monitor }])
    expect(outcome.columns).toEqual(['dose', 'age', 'site', 'noise'])
    expect(document?.settings).toMatchObject({ prediction: true, false_alarm_rate: 0.05, schedule: 'manual', alert_share: 0 })
    expect(document?.measured.map(({ rows }) => rows)).toEqual([50, 200])
    const profile = driftProfileSchema.parse(await tools.blobs.get(document?.profile ?? ''))
    expect(profile.rows).toBe(720)
    for (const { counts, tested } of profile.columns) {
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(720)
      expect(tested.reduce((sum, count) => sum + count, 0)).toBe(540)
    }
  })

  test('is honoured in every part, and measured anew where the card did not show it', async () => {
    const { document } = await documentOf({ choice_index: 2, monitoring_config: { columns: [' Dose '], false_alarm_rate: 0.2, schedule: 'weekly', alerts: { drifted_share: 0.5 } } })
    expect(document?.settings).toMatchObject({ columns: ['dose'], prediction: true, false_alarm_rate: 0.2, schedule: 'weekly', alert_share: 0.5, method: 'calibrated', alert: { false_alert_rate: 0.05, in_checks: 365 } })
    expect(document?.measured[0]).toMatchObject({ rows: 50, watched: 2 })
    expect((await documentOf({ choice_index: 3 })).outcome).toEqual({ monitor: null, columns: [] })
  })

  test('that does not fit is refused with the reason', () => {
    expect(codeOf({ monitoring_config: { columns: ['dosis'] } })).toBe('CUSTOM_REFUSED')
    expect(codeOf({ monitoring_config: { columns: [], prediction: false } })).toBe('CUSTOM_REFUSED')
    expect(codeOf({ monitoring_config: { false_alarm_rate: 2 } })).toBe('CUSTOM_REFUSED')
    expect(codeOf({ monitoring_config: { frequency: 'daily' } })).toBe('CUSTOM_REFUSED')
    expect(codeOf({ choice_index: 3, monitoring_config: { schedule: 'daily' } })).toBe('CUSTOM_REFUSED')
    expect(codeOf({ choice_index: 0, apply_indices: [1] })).toBe('DECISION_INVALID')
    expect(codeOf({ choice_index: 4 })).toBe('CHOICE_OUT_OF_RANGE')
    expect(codeOf({ monitoring_config: {}, selected_features: [] })).toBe('accepted')
  })
})

describe('the profile', () => {
  let engine: DataTools
  beforeAll(async () => {
    engine = await startDataTools()
  })
  afterAll(() => engine.close())

  test('counts what SQL counts', async () => {
    const columns = without(generatedColumns({ rows: 900, seed: 21 }), 'cost', 'grade')
    const table = await engine.read(columns.map((column) => ({ name: column.name, cells: column.cells.map((cell) => (cell === null ? null : String(cell))) })))
    const { labelled } = labelledOutcome({ columns, label: 'event', task: 'binary' })
    const query = sql`select *, row_id % 5 = 4 as ${name(labelled.sealed)}, row_id as ${name(labelled.group)} from raw`
    const marks = labelled.table.columns.slice(table.columns.length)
    const stored = await engine.tools.data.materialise({ query, tables: { raw: table.hash }, columns: [...table.columns, ...marks] }, engine.tools)
    const trained = facts.outcomes.model_training as { model: string }
    const model = await engine.tools.blobs.put(await tools.blobs.get(trained.model))
    const { profile } = await profileReference({ ...labelled, table: stored }, model, engine.tools)
    for (const { feature, rule, counts } of profile.columns) {
      const id = name(table.columns.find((column) => column.name === feature)?.id ?? '')
      for (const [bin, condition] of conditionsOf(rule, id)) {
        const [row] = await engine.tools.data.query(sql`select count(*) as n from t where ${condition} and not ${name(labelled.sealed)}`, { tables: { t: stored.hash }, signal: engine.tools.signal })
        expect([feature, bin, counts[bin]]).toEqual([feature, bin, row?.n])
      }
    }
  })
})

/** Each bin of a rule as SQL. */
function conditionsOf(rule: DriftRule, id: ReturnType<typeof name>) {
  const missing = [0, sql`${id} is null`] as const
  if (rule.kind === 'category') return [missing, ...rule.levels.map((level, i) => [i + 1, sql`${id} = ${level}`] as const)]
  const { edges, range } = rule
  if (range === null) return [missing]
  const between = [range[0], ...edges, range[1]]
  const inside = between.slice(1).map((to, i) => [i + 2, i === 0 ? sql`${id} >= ${between[0] ?? 0} and ${id} <= ${to}` : sql`${id} > ${between[i] ?? 0} and ${id} <= ${to}`] as const)
  return [missing, [1, sql`${id} < ${range[0]}`] as const, ...inside, [edges.length + 3, sql`${id} > ${range[1]}`] as const]
}
