import { afterAll, describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Proposal } from '#core/decision'
import { labelledFacts } from '#phases/3-features/labelled-facts.testkit'
import { type Planted, plantedTable } from '#phases/3-features/planted-tables.testkit'
import { featuresPhase } from '#phases/3-features/phase'
import { startDataTools } from '../data-tools.ts'

const bench = await startDataTools()
afterAll(() => bench.close())

async function propose(what: Planted, task: 'binary' | 'regression', at: { seed: number; rows: number }): Promise<Proposal> {
  const { facts } = await labelledFacts(bench, plantedTable(what, task, at))
  return orThrow(await featuresPhase.propose(facts, bench.tools))
}

function recommendedFeatures({ options }: Proposal): string[] {
  return options.filter((option) => option.recommended && option.id.startsWith('add:')).map((option) => option.title)
}

/** Rows, and how many seeds of them: large tables take long and are all alike. */
const sizes = [[500, 3], [2_000, 3], [10_000, 2], [50_000, 1]] as const
const planted = sizes.flatMap(([rows, seeds]) =>
  Array.from({ length: seeds }, (_, i) => i + 1).flatMap((seed) => [{ rows, seed, task: 'binary' as const }, { rows, seed, task: 'regression' as const }]),
)
const isRatio = (title: string | undefined): boolean => title === 'Add "part" per "whole"' || title === 'Add "whole" per "part"'

describe('a ratio that decides the label is found', () => {
  test.each(planted)('$rows rows, seed $seed, $task', async ({ rows, seed, task }) => {
    const proposal = await propose('ratio', task, { seed, rows })
    const first = proposal.options.find((option) => option.id.startsWith('add:'))
    expect(isRatio(first?.title)).toBe(true)
    // Of 400 labels of two classes, which two curves nearly hold, chance may not be ruled out; the interval must be above zero all the same.
    if (rows === 500 && task === 'binary') expect(first?.evidence[0]?.interval?.[0]).toBeGreaterThan(0)
    else expect(recommendedFeatures(proposal).some(isRatio)).toBe(true)
  })
})

describe('where nothing helps, nothing is recommended', () => {
  test.each(['column', 'chance'] as const)('the label is decided by a %s', async (decidedBy) => {
    const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
    const wrong: string[] = []
    for (const seed of seeds) {
      const task = seed % 2 === 0 ? 'binary' : 'regression'
      for (const title of recommendedFeatures(await propose(decidedBy, task, { seed, rows: 500 }))) wrong.push(`seed ${seed}, ${task}: ${title}`)
    }
    // At the level of 0.05, one of twenty tables may show a feature by chance; two are 26 % likely, three 8 %.
    expect(wrong.length).toBeLessThanOrEqual(1)
  })
})
