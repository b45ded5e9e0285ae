import { afterAll, describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Proposal } from '#core/decision'
import { labelledFacts } from '#phases/3-features/labelled-facts.testkit'
import { type Planted, plantedTable } from '#phases/3-features/planted-tables.testkit'
import { featuresPhase } from '#phases/3-features/phase'
import { startDataTools } from '../data-tools.ts'

const bench = await startDataTools()
afterAll(() => bench.close())

async function propose(planted: Planted, task: 'binary' | 'regression', at: { seed: number; rows: number }): Promise<Proposal> {
  const { facts } = await labelledFacts(bench, plantedTable(planted, task, at))
  return orThrow(await featuresPhase.propose(facts, bench.tools))
}

function recommendedFeatures({ options }: Proposal): string[] {
  return options.filter((option) => option.recommended && option.id.startsWith('add:')).map((option) => option.title)
}

describe('a ratio that decides the label is found and recommended', () => {
  test.each(
    [500, 2_000, 10_000, 50_000].flatMap((rows) => [1, 2, 3].flatMap((seed) => [{ rows, seed, task: 'binary' as const }, { rows, seed, task: 'regression' as const }])),
  )('$rows rows, seed $seed, $task', async ({ rows, seed, task }) => {
    const found = recommendedFeatures(await propose('ratio', task, { seed, rows }))
    expect(found.some((title) => title === 'Add "part" per "whole"' || title === 'Add "whole" per "part"')).toBe(true)
  })
})

describe('where nothing helps, nothing is recommended', () => {
  test.each(['column', 'chance'] as const)('the label is decided by a %s', async (planted) => {
    const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
    const wrong: string[] = []
    for (const seed of seeds) {
      const task = seed % 2 === 0 ? 'binary' : 'regression'
      for (const title of recommendedFeatures(await propose(planted, task, { seed, rows: 500 }))) wrong.push(`seed ${seed}, ${task}: ${title}`)
    }
    // At the level of 0.05, one of twenty tables may show a feature by chance; two are 26 % likely, three 8 %.
    expect(wrong.length).toBeLessThanOrEqual(1)
  })
})
