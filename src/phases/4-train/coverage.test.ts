import { expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import { readScorer } from '#scoring/scorer'
import { generatedColumns, without } from './generated-columns.testkit.ts'
import { labelledOutcome } from './labelled.testkit.ts'
import { type MadeColumn, memoryTools } from './memory-tools.testkit.ts'
import { trainPhase } from './phase.ts'

const fresh = without(generatedColumns({ rows: 4_000, seed: 999 }), 'event', 'grade')

/** What the model is really worth: its mean absolute error on many rows that nobody saw. */
function trueError(scorer: { predictRow: (row: Record<string, string | number | boolean | null>) => unknown }): number {
  let sum = 0
  for (let row = 0; row < 4_000; row++) {
    const cells = Object.fromEntries(fresh.map((column) => [column.name, column.cells[row] ?? null]))
    const said = scorer.predictRow(cells)
    const value = typeof said === 'object' && said !== null && 'value' in said ? Number(said.value) : Number.NaN
    sum += Math.abs(value - Number(cells.cost))
  }
  return sum / 4_000
}

async function isCovered(columns: readonly MadeColumn[], seed: number): Promise<boolean> {
  const { made, facts } = labelledOutcome({ columns, label: 'cost', task: 'regression' })
  const tools = memoryTools([made], { seed })
  const decision = {
    trainer: 'linear',
    features: ['dose', 'age', 'site', 'noise'],
    settings: { penalty: 1 },
    monotone: {},
    board: await tools.blobs.put({}),
    measured: null,
  } as const
  const { outcome } = orThrow(await trainPhase.apply(facts, { ...decision, features: [...decision.features] }, tools))
  const truth = trueError(orThrow(readScorer(await tools.blobs.get(outcome.model))))
  const mae = outcome.test_metrics.mae
  return mae !== undefined && Number(mae.low) <= truth && truth <= Number(mae.high)
}

test('the interval of the sealed rows holds what the model is really worth, mostly', async () => {
  let covered = 0
  for (let seed = 1; seed <= 20; seed++) {
    if (await isCovered(without(generatedColumns({ rows: 400, seed }), 'event', 'grade'), seed)) covered++
  }
  expect(covered).toBeGreaterThanOrEqual(17)
})
