import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestHouse, type TestHouse } from './house.testkit.ts'

describe('missing values along a dataset', () => {
  let at: TestHouse
  beforeAll(async () => {
    at = await openTestHouse(0)
  })
  afterAll(() => at.close())

  test('are told as shares of groups of consecutive rows', async () => {
    const lines = Array.from({ length: 100 }, (_, i) => `${i},${i < 25 ? '' : 'x'},${i % 2 === 0 ? '' : i}`)
    const found = await at.client.datasets.missing(await at.upload(['a,late,"every ""second"""', ...lines].join('\n')), { groups: 4 })
    expect(found).toEqual({
      rows: 100,
      groups: [25, 25, 25, 25],
      columns: [
        { name: 'a', missing: 0, shares: [0, 0, 0, 0] },
        { name: 'late', missing: 25, shares: [1, 0, 0, 0] },
        { name: 'every "second"', missing: 50, shares: [0.52, 0.48, 0.52, 0.48] },
      ],
    })
  })

  test('have no more groups than rows, and none where there are more columns than one query counts', async () => {
    const names = Array.from({ length: 250 }, (_, i) => `c${i}`)
    const found = await at.client.datasets.missing(await at.upload(`${names.join(',')}\n${names.map((_, i) => (i === 249 ? '' : 1)).join(',')}\n`), { groups: 60 })
    expect(found.groups).toEqual([1])
    expect(found.columns).toHaveLength(250)
    expect(found.columns.at(-1)).toEqual({ name: 'c249', missing: 1, shares: [1] })
  })
})
