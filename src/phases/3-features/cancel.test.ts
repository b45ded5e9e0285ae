import { afterAll, beforeAll, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Facts } from '#phases/phase'
import { type DataTools, startDataTools } from '../../../tests/data-tools.ts'
import { tableMaker } from '../../../tests/generate-table.ts'
import { labelledFacts } from './labelled-facts.testkit.ts'
import { featuresPhase } from './phase.ts'

let bench: DataTools
let facts: Facts
beforeAll(async () => {
  bench = await startDataTools()
  const make = tableMaker(8, 300)
  const values = ['a', 'b', 'c', 'd'].map((name) => ({ name, cells: make.cells(() => make.random.below(1000) / 8) }))
  const label = { name: 'y', cells: make.cells((row) => Number(values[0]?.cells[row]) / (1 + Number(values[1]?.cells[row])) + make.random.below(10)) }
  facts = (await labelledFacts(bench, { columns: [...values, label], label: 'y', task: 'regression' })).facts
})
afterAll(() => bench.close())

/** Proposes, and cancels while the given work is announced: what was announced up to the end, and how it ended. */
async function cancelledAt(wanted: string): Promise<{ told: string[]; error: unknown }> {
  const controller = new AbortController()
  const told: string[] = []
  const progress = (_: number, text = ''): void => {
    if (told.at(-1) !== text) told.push(text)
    // Not at once, but as soon as the work lets others have a turn, as a request to cancel would.
    if (text === wanted) setImmediate(() => controller.abort(new Error('cancelled')))
  }
  const error = await featuresPhase.propose(facts, { ...bench.tools, signal: controller.signal, progress }).then(orThrow).catch((reason: unknown) => reason)
  return { told, error }
}

test.each(['Looking for what rebuilds the label', 'Making features to try'])('cancelled while "%s", it ends before it announces anything else', async (text) => {
  const { told, error } = await cancelledAt(text)
  expect(told.at(-1)).toBe(text)
  expect(error).toBeInstanceOf(Error)
})
