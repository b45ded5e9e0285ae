import { describe, expect, test } from 'vitest'
import type { Json } from '#core/canonical-json'
import type { Option } from '#core/decision'
import { accept, refuse } from '#core/errors'
import type { PhaseName } from '#core/phase-names'
import type { Replay } from '#core/replay'
import { isStarted, type StartedRun } from '#core/run'
import { uuidOf } from '#core/run.testkit'
import type { RunSettings } from '#core/run-settings'
import { proposalOf, testEngine, type FakePhase, type TestEngine } from './engine.testkit.ts'

const [parentId, childId] = [uuidOf(20), uuidOf(21)]

/** A phase that offers these options, and decides the ids of those that are applied. */
function choosing(phase: PhaseName, offered: () => readonly string[]): FakePhase {
  return {
    name: phase,
    propose: (facts) => Promise.resolve(accept({ ...proposalOf(phase, facts), options: offered().map(optionOf) })),
    read(answer, { options }) {
      const chosen = (answer.apply_indices ?? []).map((index) => options[index]?.id)
      return chosen.includes(undefined) ? refuse('CHOICE_OUT_OF_RANGE', 'There is no such option.') : accept(chosen.filter((id) => id !== undefined))
    },
    recommended: ({ options }) => options.filter(({ recommended }) => recommended).map(({ id }) => id),
  }
}

function optionOf(id: string, index: number): Option {
  return { index, id, title: `take ${id}`, summary: '', recommended: id !== 'c', score: null, evidence: [], risks: [], effect: null }
}

async function started(engine: TestEngine, runId: string): Promise<StartedRun> {
  const loaded = await engine.runs.load(runId)
  if (loaded === undefined || !isStarted(loaded.run)) throw new Error('the run was not started')
  return loaded.run
}

async function replayBlob(engine: TestEngine, more: Partial<Replay> = {}): Promise<string> {
  const run = await started(engine, parentId)
  const phases = run.phases.map(({ phase, status, outcome }) => {
    const decisions = run.decisions.filter((made) => made.phase === phase).map(({ decision_id, proposal, answer, decision, closes }) => ({ decision_id, proposal, answer, decision, closes }))
    return { phase, skipped: status === 'skipped', outcome, comparison: null, decisions }
  })
  const replay: Replay = { parent_run_id: parentId, model_id: uuidOf(30), dataset: run.dataset, phases, before: null, changes: {}, asks: {}, notes: [], ...more }
  return engine.blobs.put(replay)
}

/** Runs a parent, then its retrain, and waits for the retrain's status. */
async function retrained(engine: TestEngine, status: string, settings: Partial<RunSettings> & { replay?: string } = {}): Promise<StartedRun> {
  await engine.start(childId, { replay: await replayBlob(engine), ...settings })
  await engine.until(childId, status)
  return started(engine, childId)
}

describe('a retrain', () => {
  test('takes what the parent took, by the policy that replays, and refers to its decision', async () => {
    const engine = await testEngine([choosing('data_preparation', () => ['a', 'b'])])
    await engine.worker()
    await engine.start(parentId)
    await engine.until(parentId, 'completed')
    const [before] = (await started(engine, parentId)).decisions
    const child = await retrained(engine, 'completed')
    expect(child.decisions).toMatchObject([{ actor: { kind: 'policy', name: 'replayed' }, replays: before?.decision_id, decision: before?.decision, answer: before?.answer, closes: true }])
    expect(child.decisions[0]?.decision_id).not.toBe(before?.decision_id)
    expect(child.phases[0]?.outcome).toBe((await started(engine, parentId)).phases[0]?.outcome)
  })

  test('finds the options of the parent on another card by their ids, not by their places', async () => {
    let offered = ['a', 'b', 'c']
    const engine = await testEngine([choosing('data_preparation', () => offered)])
    await engine.worker()
    await engine.start(parentId)
    await engine.until(parentId, 'completed')
    offered = ['c', 'b', 'd', 'a']
    // The result of a proposal is kept by its facts, so another seed stands for other rows.
    const child = await retrained(engine, 'completed', { seed: 2 })
    expect(await engine.blobs.get(child.decisions[0]?.decision ?? '')).toEqual(['a', 'b'])
  })

  test('asks where an option is gone, and says so', async () => {
    let offered = ['a', 'b']
    const engine = await testEngine([choosing('data_preparation', () => offered)])
    await engine.worker()
    await engine.start(parentId)
    await engine.until(parentId, 'completed')
    offered = ['b']
    const child = await retrained(engine, 'waiting_input', { seed: 2 })
    const why = child.status === 'waiting_input' ? await engine.blobs.get(child.open.why ?? '') : null
    expect(why).toMatchObject({ parent_run_id: parentId, text: 'What the parent run decided no longer fits this card: the parent run took "take a", which is not on this card.', parent: { decision: ['a', 'b'] } })
  })

  test('skips what the parent skipped, before anything is computed for it', async () => {
    const proposed: number[] = []
    const counted = choosing('data_preparation', () => ['a'])
    const { propose } = counted
    const watched: FakePhase['propose'] = (facts, tools) => {
      proposed.push(1)
      return propose?.(facts, tools) ?? Promise.reject(new Error('nothing is proposed'))
    }
    const engine = await testEngine([{ ...counted, propose: watched }, choosing('label_selection', () => ['a'])])
    await engine.worker()
    await engine.start(parentId, { gates: ['data_preparation'] })
    await engine.until(parentId, 'waiting_input')
    await engine.command(parentId, { kind: 'skip' })
    await engine.until(parentId, 'completed')
    const child = await retrained(engine, 'completed', { seed: 2 })
    expect(child.phases.map(({ status }) => status)).toEqual(['skipped', 'completed'])
    expect(proposed).toHaveLength(1)
  })

  test('decides as it was asked to, in the name of who asked', async () => {
    const replay: FakePhase['replay'] = ({ decisions, changes }) => accept([...decisions, JSON.parse(JSON.stringify(changes?.custom_value ?? null))] as Json)
    const engine = await testEngine([{ ...choosing('data_preparation', () => ['a']), replay }])
    await engine.worker()
    await engine.start(parentId)
    await engine.until(parentId, 'completed')
    const ada = { kind: 'key', name: 'ada' } as const
    const child = await retrained(engine, 'completed', { replay: await replayBlob(engine, { changes: { data_preparation: { answer: { custom_value: 'other' }, actor: ada } } }) })
    expect(child.decisions).toMatchObject([{ actor: ada }])
    expect(await engine.blobs.get(child.decisions[0]?.decision ?? '')).toEqual([['a'], 'other'])
  })

  test('keeps the comparison with the parent, made once, and publishes a version of the same model', async () => {
    const compared: Json[] = []
    const training: FakePhase = {
      ...choosing('model_training', () => ['a']),
      apply: (_, decision) => Promise.resolve(accept({ outcome: { decision }, publishes: [{ kind: 'model_version', content: 'e'.repeat(64) }] })),
      compare: async (_facts, { parent, outcome }) => {
        compared.push(outcome)
        return { before: parent.outcomes.model_training ?? null }
      },
    }
    const engine = await testEngine([training])
    await engine.worker()
    await engine.start(parentId)
    await engine.until(parentId, 'completed')
    const before = await started(engine, parentId)
    expect(before.phases[0]?.comparison).toBeUndefined()
    const child = await retrained(engine, 'completed')
    expect(await engine.blobs.get(child.phases[0]?.comparison ?? '')).toEqual({ before: { decision: ['a'] } })
    expect(child.published).toMatchObject([{ model_id: uuidOf(30) }])
    expect(child.published[0]?.id).not.toBe(before.published[0]?.id)
    await engine.start(uuidOf(22), { replay: await replayBlob(engine) })
    await engine.until(uuidOf(22), 'completed')
    expect(compared).toHaveLength(1)
  })
})
