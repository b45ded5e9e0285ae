import { startCompute } from '#compute/start-compute'
import type { Compute } from '#core/ports'
import { expect, onTestFinished, test } from 'vitest'
import { soloCrew } from './tree-crew.ts'
import { crewTrial } from './tree-crew.testkit.ts'

const module = new URL('./tree-crew.testkit.ts', import.meta.url).href
const observed = { signal: new AbortController().signal }

function start(threads: number): Compute {
  const compute = startCompute({ threads, memoryLimitMb: 256, module })
  onTestFinished(() => compute.close())
  return compute
}

test.each([
  { threads: 1, parts: 3, units: 5, turns: 0, pause: 0 },
  { threads: 2, parts: 2, units: 1, turns: 0, pause: 0 },
  { threads: 2, parts: 4, units: 7, turns: 300, pause: 0 },
  { threads: 2, parts: 2, units: 3, turns: 20_000, pause: 0 },
  { threads: 4, parts: 4, units: 16, turns: 100, pause: 3000 },
])('$parts parts on $threads threads do each of $units units once a phase', async ({ threads, parts, ...given }) => {
  const trial = crewTrial({ phases: 400, failAt: -1, ...given })
  const inputs = Array.from({ length: parts }, () => trial)
  const ends = await start(threads).parallel('takePart', inputs, observed)
  expect(ends.toSorted()).toEqual([...Array(parts - 1).fill('helped'), 'led'])
  expect([...trial.counts].every((count) => count === 1)).toBe(true)
})

test('a helper that fell asleep in a long pause wakes for the next phase', async () => {
  const trial = crewTrial({ phases: 6, units: 64, turns: 100_000, pause: 20_000_000, failAt: -1 })
  const compute = start(2)
  expect((await compute.parallel('takePart', [trial, trial], observed)).toSorted()).toEqual(['helped', 'led'])
  expect([...trial.counts].every((count) => count === 1)).toBe(true)
})

// Without a word from the leader a helper waits for ten seconds.
test('a leader that fails lets its helpers go', { timeout: 5000 }, async () => {
  const trial = crewTrial({ phases: 1000, units: 8, turns: 100, pause: 0, failAt: 500 })
  const compute = start(2)
  const ends = await Promise.allSettled([1, 2].map(() => compute.run('takePart', trial, observed)))
  expect(ends.map((end) => (end.status === 'fulfilled' ? end.value : end.reason.message)).toSorted()).toEqual(['helped', 'the leader fails'])
})

test('alone, a crew of one does all units in their order', () => {
  const done: number[] = []
  soloCrew((unit) => void done.push(unit)).run(4)
  expect(done).toEqual([0, 1, 2, 3])
})
