import { expect, test } from 'vitest'
import { accept, refuse, SignalboxError } from '#core/errors'
import { uuidOf } from '#core/run.testkit'
import { readEvents, runStream } from '#store/event-log'
import { proposalOf, testEngine } from './engine.testkit.ts'

const run = uuidOf(1)

test('an ungated run goes through its phases by itself, each decision made by the policy', async () => {
  const engine = await testEngine([{ name: 'data_preparation' }, { name: 'label_selection' }])
  await engine.worker()
  await engine.start(run)
  await engine.until(run, 'completed')
  const events = await readEvents(engine.database.db, runStream(run))
  const phase = ['phase-started', 'decision-opened', 'decision-made', 'outcome-reached']
  expect(events.map(({ event }) => event.type)).toEqual(['run-created', 'run-started', ...phase, ...phase, 'run-completed'])
  expect(events.filter(({ event }) => event.type === 'decision-made').map(({ event }) => event.actor.kind)).toEqual(['policy', 'policy'])
})

test('a gated phase waits, also without options, and goes on when it is answered', async () => {
  const engine = await testEngine([{ name: 'data_preparation' }])
  await engine.worker()
  await engine.start(run, { gates: ['data_preparation'] })
  await engine.until(run, 'waiting_input')
  const answered = { answer: 'a'.repeat(64), decision: 'b'.repeat(64) }
  await engine.command(run, { kind: 'answer', decision_type: 'data_preparation', answered, closes: true, skips: false })
  await engine.until(run, 'completed')
})

test('cancelling aborts what a worker computes', async () => {
  const begun = Promise.withResolvers<void>()
  const aborted = Promise.withResolvers<void>()
  const engine = await testEngine([
    {
      name: 'data_preparation',
      propose: (_, { signal }) =>
        new Promise((_resolve, reject) => {
          begun.resolve()
          signal.addEventListener('abort', () => {
            aborted.resolve()
            reject(new Error('aborted'))
          })
        }),
    },
  ])
  await engine.worker()
  await engine.start(run)
  await begun.promise
  await engine.command(run, { kind: 'cancel' })
  await aborted.promise
  expect((await engine.runs.load(run))?.run.status).toBe('cancelled')
  expect(engine.logged).toEqual([])
})

test('a fault that passes is tried again, a refusal is not', async () => {
  let tries = 0
  const engine = await testEngine([
    { name: 'data_preparation', propose: (facts) => (++tries < 3 ? Promise.reject(new Error('a fault')) : Promise.resolve(accept(proposalOf('data_preparation', facts)))) },
    { name: 'label_selection', propose: () => Promise.resolve(refuse('NO_LABEL_CANDIDATE', 'no column varies')) },
  ])
  await engine.worker()
  await engine.start(run)
  await engine.until(run, 'failed')
  expect(tries).toBe(3)
  const loaded = await engine.runs.load(run)
  expect(loaded?.run).toMatchObject({ phases: [{ status: 'completed' }, { status: 'failed', error: { code: 'NO_LABEL_CANDIDATE' } }] })
})

test('a run that failed goes on from the failed phase when it is resumed, and keeps what was decided', async () => {
  let broken = true
  const engine = await testEngine([
    {
      name: 'data_preparation',
      apply: () => (broken ? Promise.reject(new SignalboxError({ code: 'COMPUTE_MEMORY_LIMIT', message: 'too large' })) : Promise.resolve(accept({ outcome: {}, publishes: [] }))),
    },
  ])
  await engine.worker()
  await engine.start(run)
  await engine.until(run, 'failed')
  broken = false
  await engine.command(run, { kind: 'resume' })
  await engine.until(run, 'completed')
  const events = await readEvents(engine.database.db, runStream(run))
  expect(events.filter(({ event }) => event.type === 'decision-made')).toHaveLength(1)
})

test('the same step of another run is found, not computed again', async () => {
  let computed = 0
  const engine = await testEngine([
    {
      name: 'data_preparation',
      propose: (facts) => {
        computed += 1
        return Promise.resolve(accept(proposalOf('data_preparation', facts)))
      },
    },
  ])
  await engine.worker()
  await engine.start(run)
  await engine.until(run, 'completed')
  await engine.start(uuidOf(2))
  await engine.until(uuidOf(2), 'completed')
  expect(computed).toBe(1)
})

test('what is published has the same id however often the step is done', async () => {
  const publishes = [{ kind: 'model_version' as const, content: 'c'.repeat(64) }]
  const engine = await testEngine([{ name: 'data_preparation', apply: () => Promise.resolve(accept({ outcome: {}, publishes })) }])
  await engine.worker()
  await engine.start(run)
  await engine.until(run, 'completed')
  const rows = await engine.database.db.selectFrom('publication').selectAll().execute()
  const loaded = await engine.runs.load(run)
  expect(loaded?.run).toMatchObject({ published: [{ id: rows[0]?.id, model_id: rows[0]?.model_id }] })
  expect(rows).toHaveLength(1)
})

test('a passed deadline without a default pauses the run with its decision open', async () => {
  const engine = await testEngine([{ name: 'data_preparation' }])
  const worker = await engine.worker()
  await engine.start(run, { gates: ['data_preparation'], decision_timeout_seconds: 0.001 })
  await engine.until(run, 'waiting_input')
  await worker.sweep()
  expect((await engine.runs.load(run))?.run).toMatchObject({ status: 'paused', open: { revision: 1 } })
})

test('fifty runs on two workers all complete, none twice', async () => {
  const engine = await testEngine([{ name: 'data_preparation' }, { name: 'label_selection' }, { name: 'model_training' }])
  await engine.worker()
  await engine.worker()
  const ids = Array.from({ length: 50 }, (_, i) => uuidOf(100 + i))
  await Promise.all(ids.map((id) => engine.start(id)))
  for (const id of ids) await engine.until(id, 'completed')
  for (const id of ids) expect(await readEvents(engine.database.db, runStream(id))).toHaveLength(2 + 3 * 4 + 1)
})
