import { describe, expect, it } from 'vitest'
import type { PendingDecision } from '#wire/pending-decision'
import type { RunStateAnswer } from '#wire/run-state'
import { waitForDecision } from './wait-for-decision.ts'

const id = '00000000-0000-4000-8000-000000000001'
const at = '2026-01-02T03:04:05.000Z'

function runIn(
  status: RunStateAnswer['status'],
  current_phase: RunStateAnswer['current_phase'] = null,
): RunStateAnswer {
  const results = {
    metrics: {},
    metric_intervals: {},
    model_id: null,
    version_id: null,
    model_hash: null,
    deployment_id: null,
    report_id: null,
    monitor_id: null,
    comparison: null,
  }
  const times = { created_at: at, started_at: at, completed_at: null }
  const nothing = { message: null, parent_run_id: null,
  owner: 'owner', label: null, task: null, settings: null, error: null }
  return {
    run_id: id,
    name: 'run',
    description: '',
    status,
    current_phase,
    progress: 0,
    dataset_id: id,
    results,
    ...nothing,
    ...times,
  }
}

const decision: PendingDecision = {
  decision_id: id,
  revision: 1,
  decision_type: 'label_selection',
  phase: 'label_selection',
  subject: 'What?',
  options: [],
  context: {},
  recommended_index: null,
  default_option_index: null,
  timeout_seconds: null,
  expires_at: null,
  accepts: {},
}

/** Answers the states one after the other, the last for ever. */
function readerOf(states: RunStateAnswer[], decisions: (PendingDecision | null)[]) {
  const last = states.at(-1) ?? runIn('queued')
  return { run: async () => states.shift() ?? last, decision: async () => decisions.shift() ?? null }
}

describe('waiting for a decision', () => {
  it('ends with the card, having told of every state', async () => {
    const seen: string[] = []
    const reader = readerOf(
      [runIn('queued'), runIn('running', 'data_preparation'), runIn('waiting_input', 'label_selection')],
      [decision],
    )
    const result = await waitForDecision(reader, { onState: (run) => seen.push(run.status) })
    expect(result).toMatchObject({ kind: 'decision', decision: { subject: 'What?' }, run: { status: 'waiting_input' } })
    expect(seen).toEqual(['queued', 'running', 'waiting_input'])
  })

  it('goes on where somebody else has answered in between', async () => {
    const reader = readerOf([runIn('waiting_input'), runIn('running'), runIn('completed')], [null])
    expect(await waitForDecision(reader, {})).toMatchObject({ kind: 'ended', run: { status: 'completed' } })
  })

  it('tells a paused run from one that is over', async () => {
    expect((await waitForDecision(readerOf([runIn('paused')], []), {})).kind).toBe('paused')
    for (const status of ['completed', 'failed', 'cancelled'] as const)
      expect((await waitForDecision(readerOf([runIn(status)], []), {})).kind).toBe('ended')
  })

  it('stops at once when it is aborted', async () => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const waiting = waitForDecision(readerOf([runIn('running')], []), {
      signal: controller.signal,
      onState: () => setTimeout(() => controller.abort(reason), 5),
    })
    await expect(waiting).rejects.toBe(reason)
    await expect(waitForDecision(readerOf([runIn('completed')], []), { signal: controller.signal })).rejects.toBe(
      reason,
    )
  })

  it('reads less and less often while nothing changes', async () => {
    let reads = 0
    const controller = new AbortController()
    const pauses: number[] = []
    const running = async () => {
      if (++reads === 6) controller.abort(new Error('enough'))
      return runIn('running')
    }
    const pause = async (milliseconds: number, signal?: AbortSignal) => {
      signal?.throwIfAborted()
      pauses.push(milliseconds)
    }
    await expect(waitForDecision({ run: running, decision: async () => null, pause }, { signal: controller.signal })).rejects.toThrow('enough')
    expect(pauses).toEqual([50, 75, 112.5, 168.75, 253.125])
  })
})
