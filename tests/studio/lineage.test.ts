import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from '../long/crash-table.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

let studio: Studio
let runId: string
beforeAll(async () => {
  studio = await openStudio()
  const { client } = studio.house
  const { run_id } = await client.agentic.startRun({ model_name: 'ways', dataset_id: await studio.house.upload(crashTable()), target: 'label', require_approval: [], phase_plan: ['data_preparation', 'label_selection', 'feature_engineering', 'model_training'] })
  runId = run_id
  await client.agentic.waitForDecision(run_id)
}, 90_000)
afterAll(() => studio?.close())

test('the graph shows every column, and a column that is clicked its way; with a row on to the prediction', async () => {
  const { page, context, complaints } = await studio.open()
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
  await page.goto(`${studio.house.url}/runs/${runId}`)
  await page.getByRole('link', { name: 'Lineage' }).click()
  const node = (name: string) => page.locator('.react-flow__node-column', { hasText: name }).first()
  await node('amount').click()
  await page.getByRole('heading', { name: 'Path of amount' }).waitFor()
  expect(new URL(page.url()).searchParams.get('column')).toBe('amount')
  await expectAccessible(page)
  await page.getByLabel('Row, counted from 0').fill('3')
  await page.getByLabel('Row, counted from 0').press('Enter')
  await page.getByRole('heading', { name: 'Lineage of row 3' }).waitFor()
  const said = (await studio.house.client.agentic.getColumnLineage(runId, { row: 3 })).prediction
  await page.getByText(`Prediction ${said?.prediction}`).waitFor()
  await page.locator('.react-flow__node-prediction').waitFor()
  await expectAccessible(page)
  await page.getByLabel('Search a column').fill('no such column')
  await page.getByText('No column has this in its name.').waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

test('on a phone the list of ways comes first, is walked by key, and says the same as the graph', async () => {
  const { page, context, complaints } = await studio.open({ width: 390 })
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
  await page.goto(`${studio.house.url}/runs/${runId}/lineage`)
  const ways = page.getByRole('list', { name: 'Ways of the columns' })
  await ways.waitFor()
  const lineage = await studio.house.client.agentic.getColumnLineage(runId)
  for (const { name } of lineage.columns.filter(({ type }) => type === 'raw')) expect(await ways.getByText(name, { exact: true }).count()).toBeGreaterThan(0)
  expect(await sidewaysScroll(page)).toBe(0)
  await expectAccessible(page)
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: /^Path of / }).waitFor()
  // The way stands above the list; the focus goes there.
  await expect.poll(() => page.evaluate('document.activeElement.textContent')).toMatch(/^Path of /)
  await page.getByRole('button', { name: 'Graph' }).click()
  await page.locator('.react-flow__node-column').first().waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  expect(complaints).toEqual([])
  await context.close()
})
