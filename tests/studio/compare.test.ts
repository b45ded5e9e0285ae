import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from '../long/crash-table.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

async function trainedRun(name: string, options: { readonly algorithm?: 'xplainable'; readonly seed?: number } = {}): Promise<string> {
  const { client } = studio.house
  const { seed, ...rest } = options
  const { run_id } = await client.agentic.startRun({ model_name: name, dataset_id: await studio.house.upload(crashTable()), target: 'label', require_approval: [], phase_plan: ['data_preparation', 'label_selection', 'feature_engineering', 'model_training'], ...rest, ...(seed === undefined ? {} : { test: { share: 0.3, seed } }) })
  await client.agentic.waitForDecision(run_id)
  return run_id
}

test('two runs are paired where both sealed the same rows, and said not to be where they did not', { timeout: 150_000 }, async () => {
  const { client } = studio.house
  const [one, other, apart] = [await trainedRun('first one'), await trainedRun('second one', { algorithm: 'xplainable' }), await trainedRun('other rows', { seed: 7 })]
  const paired = await client.agentic.compareRuns(one, other)
  const [before, after] = [await client.agentic.getRunState(one), await client.agentic.getRunState(other)]
  expect(paired).toMatchObject({ paired: true, reason: null })
  for (const [name, { first, second, difference }] of Object.entries(paired.metrics)) {
    expect(first).toBeCloseTo(before.results.metrics[name] ?? Number.NaN, 6)
    expect(second).toBeCloseTo(after.results.metrics[name] ?? Number.NaN, 6)
    expect(difference).toBeCloseTo(second - first, 9)
  }
  expect(await client.agentic.compareRuns(one, apart)).toMatchObject({ paired: false, metrics: {}, reason: expect.stringContaining('not the same rows') })

  const { page, context, complaints } = await studio.open()
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
  await page.goto(`${studio.house.url}/runs/${one}`)
  await page.getByRole('link', { name: 'Compare' }).click()
  await page.getByRole('textbox', { name: 'Second run' }).or(page.getByRole('combobox', { name: 'Second run' })).fill('second')
  await page.getByRole('option', { name: /^second one/ }).click()
  await page.getByRole('columnheader', { name: 'Second less first' }).waitFor()
  await page.getByText(`the same ${paired.rows} sealed rows`).waitFor()
  await page.getByRole('list', { name: 'Decisions of both runs' }).waitFor()
  await page.getByRole('heading', { name: 'Shapes' }).waitFor()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await sidewaysScroll(page)).toBe(0)
  await page.goto(`${studio.house.url}/compare?runs=${one},${apart}`)
  await page.getByText(/not the same rows/).waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
})
