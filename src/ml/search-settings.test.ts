import { expect, test } from 'vitest'
import { Stopped } from './context.ts'
import { makeFolds } from './folds.ts'
import { expectAccepted } from './refusal.ts'
import { chosenKnobs, searchSettings } from './search-settings.ts'
import { makeSynthetic } from './synthetic.testkit.ts'
import { type TaskName, tasks } from './tasks.ts'

const { table, target } = makeSynthetic('regression', 400)
const folds = makeFolds(target, { kind: 'random', folds: 5, seed: 1 })
const request = { trainer: 'glassbox-main', table, target, settings: { glassbox: { bags: 2, rounds: 150 } }, seed: 1 } as const

test('a departure that earns it is chosen, the simplest that does', async () => {
  const starved = { ...request, settings: { glassbox: { bags: 2, rounds: 2 } } }
  const space = [
    { name: 'rounds', values: [null, 150] },
    { name: 'leaves', values: [null, 3, 4] },
  ]
  const found = expectAccepted(await searchSettings({ request: starved, folds, space }))
  expect(chosenKnobs(found)).toEqual({ rounds: 150 })
  const chosen = found.tried[found.chosen]
  expect(chosen?.settings).toEqual({ glassbox: { bags: 2, rounds: 150 } })
  expect(found.tried[0]).toMatchObject({ knobs: {}, verdict: 'measured on all folds' })
  expect(found.tried[0]?.againstBest?.verdict).toBe('loss')
  expect(found.tried[found.best]?.againstBest).toBeNull()
  expect(found.metric).toBe('r2')
})

test('the own settings stay where nothing can be told from them', async () => {
  // So few rounds are made with steps of 0.3, which are therefore the same fits.
  const space = [{ name: 'learningRate', values: [0.3, null] }]
  const found = expectAccepted(await searchSettings({ request, folds, space }))
  expect(found.chosen).toBe(0)
  expect(found.tried[0]?.folds.length).toBe(5)
})

test('what is distinguishably worse is dropped before all folds are measured', async () => {
  const space = [{ name: 'rounds', values: [1, 2, null] }]
  const found = expectAccepted(await searchSettings({ request, folds, space }))
  const worse = found.tried.filter(({ verdict }) => verdict === 'distinguishably worse')
  expect(worse.map(({ knobs }) => knobs)).toEqual([{ rounds: 1 }, { rounds: 2 }])
  expect(worse.map((one) => one.folds.length)).toEqual([3, 3])
  expect(found.fits).toBe(5 + 3 + 3)
  expect(found.rows).toBe(11 * 320)
})

test('the budget is kept, and the own settings are measured whatever it is', async () => {
  const space = [{ name: 'learningRate', values: [null, 0.05, 0.08, 0.12, 0.15, 0.2] }]
  const budget = 14 * 320
  const found = expectAccepted(await searchSettings({ request, folds, space, budget }))
  expect(found.rows).toBeLessThanOrEqual(budget)
  expect(found.tried.some(({ verdict }) => verdict === 'left for the budget')).toBe(true)
  expect(found.tried[0]?.folds.length).toBe(5)
  const one = expectAccepted(await searchSettings({ request, folds, space, budget: 1 }))
  expect(one.tried.map(({ knobs }) => knobs)).toEqual([{}])
})

test('workers that answer in any order give the same result', async () => {
  const space = [{ name: 'learningRate', values: [null, 0.05, 0.2] }]
  const input = { request, folds: folds.slice(0, 3), space }
  const parallel = async (task: string, parts: readonly unknown[]) => {
    const answers: unknown[] = []
    for (const [i, part] of [...parts.entries()].reverse()) {
      // The name of a task and its input belong together.
      answers[i] = structuredClone(await tasks[task as TaskName](structuredClone(part) as never, {}))
    }
    return answers
  }
  expect(await searchSettings(input, { parallel })).toEqual(await searchSettings(input))
})

test('progress grows to the end, and the signal stops between two fits', async () => {
  const space = [{ name: 'rounds', values: [1, null] }]
  const told: number[] = []
  const input = { request, folds, space }
  await searchSettings(input, { progress: (fraction) => told.push(fraction) })
  expect(told).toEqual(told.toSorted((a, b) => a - b))
  expect(told.at(-1)).toBe(1)
  const signal = { aborted: false }
  const stopped = searchSettings(input, { signal, progress: (fraction) => (signal.aborted = fraction > 0.3) })
  await expect(stopped).rejects.toThrow(Stopped)
})

test('a class that is missing in a fold leaves log loss as the measure; a refusal comes back', async () => {
  const codes = Int32Array.from({ length: 60 }, (_, row) => (row < 6 ? 1 : 0))
  const binary = { task: 'binary', codes, classes: ['no', 'yes'] } as const
  const rows = { rows: 60, columns: [{ name: 'x', kind: 'numeric', values: Float64Array.from(codes, (_, i) => i) }] } as const
  const times = Float64Array.from(codes, (_, i) => i)
  const byTime = makeFolds(binary, { kind: 'time', folds: 2, times })
  const input = { request: { trainer: 'dummy', table: rows, target: binary, seed: 1 } as const, folds: byTime }
  expect(expectAccepted(await searchSettings(input))).toMatchObject({ metric: 'logLoss', chosen: 0, fits: 2 })
  const refused = { ...input, request: { ...input.request, monotone: { nobody: 'increasing' } as const } }
  expect(await searchSettings(refused)).toMatchObject({ refused: true, code: 'monotone-column-unknown' })
})
