import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from '../long/crash-table.ts'
import { nextCard, recommendedAnswer } from '../house.testkit.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

test('a number to predict shows its histogram and quantiles, and each stop that is through shows what it rests on', { timeout: 150_000 }, async () => {
  const { client } = studio.house
  const dataset_id = await studio.house.upload(crashTable())
  const phase_plan = ['data_preparation', 'label_selection', 'feature_engineering', 'model_training'] as const
  const { run_id } = await client.agentic.startRun({ model_name: 'visits', dataset_id, target: 'visits', require_approval: ['label_selection'], phase_plan: [...phase_plan] })
  const card = await nextCard(client, run_id)
  const { page, context, complaints } = await studio.open()
  await page.goto(`${studio.house.url}/runs/${run_id}`)
  await page.getByText(/columns? (was|were) weighed\. visits is recommended: /).waitFor()
  await page.getByRole('img', { name: 'Rows by visits' }).waitFor()
  await page.getByText('As a table: Rows by visits').or(page.getByLabel('As a table: Rows by visits')).first().click()
  await page.getByRole('columnheader', { name: 'range' }).waitFor()
  await expectAccessible(page)
  await client.agentic.submitDecision(run_id, recommendedAnswer(card))
  await expect.poll(async () => (await client.agentic.getRunState(run_id)).status, { timeout: 100_000 }).toBe('completed')
  for (const [stop, words] of [['data_preparation', 'What the table came to'], ['label_selection', 'What was settled'], ['feature_engineering', /went to training/]] as const) {
    await page.goto(`${studio.house.url}/runs/${run_id}?stop=${stop}`)
    await page.getByRole('heading', { name: words }).waitFor()
    await expectAccessible(page)
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await sidewaysScroll(page), stop).toBe(0)
    await page.setViewportSize({ width: 1440, height: 900 })
  }
  expect(complaints).toEqual([])
  await context.close()
})

test('two runs are picked from the list, by mouse and by key, and laid beside each other', { timeout: 60_000 }, async () => {
  const { client } = studio.house
  const dataset_id = await studio.house.upload(crashTable())
  for (const model_name of ['picked one', 'picked two']) await client.agentic.startRun({ model_name, dataset_id, target: 'label', phase_plan: ['data_preparation', 'label_selection'] })
  const { page, context, complaints } = await studio.open()
  await page.goto(`${studio.house.url}/runs`)
  await page.getByRole('checkbox', { name: 'Pick picked one to compare' }).click()
  await page.getByText('Pick another run to compare it with.').waitFor()
  await page.getByRole('link', { name: 'picked two' }).focus()
  await page.keyboard.press('x')
  await expectAccessible(page)
  await page.getByRole('region', { name: 'Picked runs' }).getByRole('link', { name: 'Compare' }).click()
  await page.getByText('Neither run has decided anything yet.').waitFor()
  expect(new URL(page.url()).searchParams.get('runs')?.split(',')).toHaveLength(2)
  expect(complaints).toEqual([])
  await context.close()
})
