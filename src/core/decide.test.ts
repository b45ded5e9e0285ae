import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Command } from './command.ts'
import { canonicalJson } from './canonical-json.ts'
import { decide } from './decide.ts'
import { readRunEvent } from './event.ts'
import { fold } from './evolve.ts'
import { nextStep } from './next-step.ts'
import { phaseNames } from './phase-names.ts'
import { isEnded, isStarted } from './run.ts'
import { answer, createCommand, hashOf, open, person, runId, settings, startCommand, Story, timeAt } from './run.testkit.ts'


function waiting(more: Partial<typeof settings> = {}): Story {
  const story = new Story([createCommand, { ...startCommand, settings: { ...settings, ...more } }])
  story.work()
  story.work()
  return story
}

describe('a decision', () => {
  test('addressed by type alone answers the open one of that type', () => {
    const story = waiting()
    story.must(answer('data_preparation'))
    expect(story.run).toMatchObject({ status: 'running', current: 'data_preparation' })
    expect(story.try(answer('data_preparation'))).toMatchObject({ ok: false, refusal: { code: 'DECISION_NOT_OPEN' } })
  })

  test('of another phase, or after the end, is refused and changes nothing', () => {
    const story = waiting()
    const before = canonicalJson(story.run)
    expect(story.try(answer('model_training'))).toMatchObject({ ok: false, refusal: { code: 'DECISION_NOT_OPEN' } })
    expect(canonicalJson(story.run)).toBe(before)
    story.must({ kind: 'cancel' })
    expect(story.try(answer('data_preparation'))).toMatchObject({ ok: false, refusal: { code: 'DECISION_NOT_OPEN' } })
  })

  test('repeated by id with the same answer changes nothing; with another answer it is refused', () => {
    const story = waiting()
    const run = story.run
    if (run?.status !== 'waiting_input') throw new Error('not waiting')
    const { decision_id, revision } = run.open
    story.must(answer('data_preparation', { decision_id, revision }))
    const events = story.events.length
    expect(story.try(answer('data_preparation', { decision_id, revision }))).toEqual({ ok: true, value: [] })
    expect(story.try(answer('data_preparation', { decision_id, revision, answer: hashOf('9') }))).toMatchObject({ ok: false, refusal: { code: 'DECISION_ALREADY_MADE' } })
    expect(story.events).toHaveLength(events)
  })

  test('with a stale revision is refused', () => {
    const story = waiting()
    const run = story.run
    if (run?.status !== 'waiting_input') throw new Error('not waiting')
    expect(story.try(answer('data_preparation', { decision_id: run.open.decision_id, revision: 2 }))).toMatchObject({ ok: false, refusal: { code: 'DECISION_STALE' } })
  })

  test('that is not done proposes the same phase again with the next revision', () => {
    const story = waiting()
    story.must(answer('data_preparation', { closes: false }))
    expect(nextStep(story.run ?? fail())).toMatchObject({ kind: 'propose', phase: 'data_preparation' })
    story.work()
    expect(story.run).toMatchObject({ status: 'waiting_input', open: { revision: 2 } })
  })

  test('of an ungated phase is made by the policy in the same breath', () => {
    const story = new Story([createCommand, startCommand])
    story.work(false)
    story.work(false)
    expect(story.events.at(-1)).toMatchObject({ type: 'decision-made', actor: { kind: 'policy' } })
    expect(nextStep(story.run ?? fail())).toMatchObject({ kind: 'apply' })
  })
})

function fail(): never {
  throw new Error('no run')
}

describe('a deadline', () => {
  const expire = (story: Story, fallback: { answer: string; decision: string } | null) => {
    const run = story.run
    if (run?.status !== 'waiting_input') throw new Error('not waiting')
    story.second += 100
    return story.must({ kind: 'expire', decision_id: run.open.decision_id, fallback })
  }

  test('that passes takes the default and pauses; resume applies it', () => {
    const story = waiting({ decision_timeout_seconds: 10 })
    expect(expire(story, { answer: hashOf('1'), decision: hashOf('2') })).toMatchObject({ status: 'paused', made: { actor: { kind: 'timeout' } } })
    expect(nextStep(story.run ?? fail())).toEqual({ kind: 'nothing' })
    story.must({ kind: 'resume' })
    expect(nextStep(story.run ?? fail())).toMatchObject({ kind: 'apply', phase: 'data_preparation' })
  })

  test('without a default pauses with the decision open; resume gives it a new deadline', () => {
    const story = waiting({ decision_timeout_seconds: 10 })
    expect(expire(story, null)).toMatchObject({ status: 'paused', made: null, open: { revision: 1 } })
    expect(story.try(answer('data_preparation'))).toMatchObject({ ok: false, refusal: { code: 'DECISION_NOT_OPEN' } })
    story.must({ kind: 'resume' })
    expect(story.run).toMatchObject({ status: 'waiting_input', open: { expires_at: timeAt(story.second + 10) } })
  })

  test('that has not passed changes nothing', () => {
    const story = waiting({ decision_timeout_seconds: 1000 })
    const run = story.run
    if (run?.status !== 'waiting_input') throw new Error('not waiting')
    expect(story.try({ kind: 'expire', decision_id: run.open.decision_id, fallback: null })).toEqual({ ok: true, value: [] })
  })
})

describe('skipping', () => {
  test('a phase that others need skips them too and ends the run where nothing is left', () => {
    const story = waiting()
    story.must(answer('data_preparation'))
    story.work()
    story.work()
    story.work()
    expect(story.run).toMatchObject({ status: 'waiting_input', current: 'label_selection' })
    story.must({ kind: 'skip' })
    expect(story.run).toMatchObject({ status: 'completed', phases: [{ status: 'completed' }, { status: 'skipped' }, { status: 'skipped' }] })
  })

  test('by an answer keeps the answer as a decision', () => {
    const story = waiting()
    story.must(answer('data_preparation', { skips: true }))
    expect(story.events.slice(-2).map(({ type }) => type)).toEqual(['decision-made', 'phase-skipped'])
  })

  test.each(['queued', 'paused', 'ended'])('is refused while the run is %s', (state) => {
    const story = state === 'queued' ? new Story([createCommand, startCommand]) : waiting({ decision_timeout_seconds: 1 })
    const run = story.run
    if (state === 'paused' && run?.status === 'waiting_input') {
      story.second += 10
      story.must({ kind: 'expire', decision_id: run.open.decision_id, fallback: null })
    }
    if (state === 'ended') story.must({ kind: 'cancel' })
    expect(story.try({ kind: 'skip' })).toMatchObject({ ok: false, refusal: { code: 'NOTHING_TO_SKIP' } })
  })
})

describe('a failure', () => {
  test('while applying keeps the decision where trying again may help', () => {
    const story = waiting()
    story.must(answer('data_preparation'))
    story.must({ kind: 'fail', phase: 'data_preparation', code: 'COMPUTE_FAILED', error: hashOf('7'), again: 'apply' })
    expect(story.run).toMatchObject({ status: 'failed', phases: [{ status: 'failed', error: { code: 'COMPUTE_FAILED' } }, {}, {}] })
    story.must({ kind: 'resume' })
    expect(nextStep(story.run ?? fail())).toMatchObject({ kind: 'apply', phase: 'data_preparation' })
  })

  test('of the decision itself proposes again after resume', () => {
    const story = waiting()
    story.must(answer('data_preparation'))
    story.must({ kind: 'fail', phase: 'data_preparation', code: 'CUSTOM_REFUSED', error: hashOf('7'), again: 'propose' })
    story.must({ kind: 'resume' })
    expect(nextStep(story.run ?? fail())).toMatchObject({ kind: 'begin', phase: 'data_preparation' })
  })
})

test('cancel twice is the same as once, and a completed run cannot be cancelled', () => {
  const story = waiting()
  story.must({ kind: 'cancel' })
  expect(story.try({ kind: 'cancel' })).toEqual({ ok: true, value: [] })
  const other = waiting({ plan: ['data_preparation'], gates: ['data_preparation'] })
  other.must(answer('data_preparation'))
  other.work()
  expect(other.run?.status).toBe('completed')
  expect(other.try({ kind: 'cancel' })).toMatchObject({ ok: false, refusal: { code: 'RUN_ENDED' } })
})

test('a run that was only opened can be cancelled, and refuses what needs a started run', () => {
  const story = new Story([createCommand])
  expect(story.try({ kind: 'skip' })).toMatchObject({ ok: false, refusal: { code: 'NOTHING_TO_SKIP' } })
  expect(story.try({ kind: 'resume' })).toMatchObject({ ok: false, refusal: { code: 'NOT_PAUSED' } })
  expect(story.must({ kind: 'cancel' }).status).toBe('cancelled')
  expect(story.try(startCommand)).toMatchObject({ ok: false, refusal: { code: 'RUN_ENDED' } })
})

const phase = fc.constantFrom(...settings.plan)
const anyCommand: fc.Arbitrary<Command | 'work' | 'policy' | 'wait'> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('work' as const, 'policy' as const) },
  { weight: 1, arbitrary: fc.constant('wait' as const) },
  { weight: 3, arbitrary: fc.record({ p: phase, closes: fc.boolean(), skips: fc.boolean() }).map(({ p, closes, skips }) => answer(p, { closes: closes || skips, skips })) },
  { weight: 1, arbitrary: phase.map((p): Command => ({ kind: 'fail', phase: p, code: 'COMPUTE_FAILED', error: hashOf('7'), again: 'apply' })) },
  { weight: 1, arbitrary: fc.constantFrom<Command>(createCommand, startCommand, { kind: 'skip' }, { kind: 'resume' }, { kind: 'cancel' }, { kind: 'delete' }, open('label_selection', 1)) },
)

function play(story: Story, command: Command | 'work' | 'policy' | 'wait'): void {
  const { run } = story
  if (command === 'work' || command === 'policy') {
    if (run !== null) story.work(command === 'work')
    return
  }
  if (command !== 'wait') {
    story.try(command)
    return
  }
  story.second += 1000
  if (run?.status === 'waiting_input') story.try({ kind: 'expire', decision_id: run.open.decision_id, fallback: story.second % 2 === 0 ? null : { answer: hashOf('1'), decision: hashOf('2') } })
}

test('any sequence of commands leaves a state that is the fold of its log and keeps the rules', () => {
  fc.assert(
    fc.property(fc.array(anyCommand, { maxLength: 60 }), fc.boolean(), (commands, timed) => {
      const story = new Story([createCommand, { ...startCommand, settings: { ...settings, decision_timeout_seconds: timed ? 60 : null } }])
      let ended = false
      for (const command of commands) {
        const before = story.events.length
        play(story, command)
        if (ended) expect(story.events.slice(before).every(({ type }) => type === 'run-deleted' || type === 'run-resumed')).toBe(true)
        ended = story.run !== null && isEnded(story.run) && story.run.status !== 'failed'
      }
      const read = story.events.map(({ type, actor, at, payload }) => readRunEvent({ type, at, actor: JSON.parse(canonicalJson(actor)), payload: JSON.parse(canonicalJson(payload)) }))
      expect(fold(read, runId)).toEqual(story.run)
      checkRules(story)
    }),
    { numRuns: 500 },
  )
})

function checkRules(story: Story): void {
  const { run } = story
  if (run === null || !isStarted(run)) return
  const statuses = run.phases.map(({ status }) => status)
  expect(statuses.filter((status) => status === 'running' || status === 'waiting_input').length).toBeLessThanOrEqual(1)
  expect(statuses.includes('waiting_input')).toBe(run.status === 'waiting_input' || (run.status === 'paused' && run.open !== null))
  const firstLeft = statuses.indexOf('pending')
  if (firstLeft >= 0) expect(statuses.slice(firstLeft).every((status) => status === 'pending' || status === 'skipped')).toBe(true)
  if (run.status === 'completed') expect(statuses.every((status) => status === 'completed' || status === 'skipped')).toBe(true)
  const opened = story.events.filter(({ type }) => type === 'decision-opened').length
  expect(run.decisions.length).toBeLessThanOrEqual(opened)
  const closing = run.decisions.filter(({ closes }) => closes).map((made) => `${made.decision_id} ${made.revision}`)
  expect(new Set(closing).size).toBe(closing.length)
}

test('deciding is pure: the same run, command, actor and time give the same events', () => {
  const story = waiting()
  const asked = { actor: person, now: timeAt(99) }
  expect(decide(story.run, answer('data_preparation'), asked)).toEqual(decide(story.run, answer('data_preparation'), asked))
})

test('the plan of the settings is a subset of the seven phases', () => {
  expect(settings.plan.every((planned) => phaseNames.includes(planned))).toBe(true)
})
