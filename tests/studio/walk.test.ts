import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { churnTable } from './churn-table.ts'
import { expectAccessible, openStudio, type Studio } from './studio.testkit.ts'

const questions = [
  'What should be cleaned?',
  'Which column should be predicted?',
  'Which features should the model get?',
  'Which model should go on?',
  'May this model answer requests?',
  'Which report should be written?',
  'What should be watched?',
] as const

/** Computing a stop and drawing it take their time. */
const patient = { timeout: 120_000 }

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

/** Drops the table and starts a run that asks at every stop. */
async function dropAndStart(page: Page): Promise<void> {
  await page.goto(`${studio.house.url}/runs`)
  await page.goto(studio.house.url)
  await page.getByLabel('Table file').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(churnTable()) })
  await page.getByRole('heading', { name: 'What was read' }).waitFor()
  await page.getByLabel('Your question, in plain words').fill('Who leaves? Predict Churn.')
  await page.getByRole('button', { name: 'Start the run' }).click()
}

const decisionsMade = async (page: Page) => {
  const runId = /runs\/([0-9a-f-]{36})/u.exec(page.url())?.[1] ?? ''
  return (await studio.house.client.agentic.listDecisionsOf(runId)).filter(({ closes }) => closes).length
}

/** Accepts what is recommended, and does not wait for the seconds in which it could be undone. */
async function accept(page: Page, press: { accept(): Promise<void>; now(): Promise<void> }): Promise<void> {
  const before = await decisionsMade(page)
  await press.accept()
  const held = page.getByRole('button', { name: 'Send now' })
  await expect.poll(async () => (await held.count()) > 0 || (await decisionsMade(page)) > before, patient).toBe(true)
  if ((await held.count()) > 0) await press.now()
  await expect.poll(() => decisionsMade(page), patient).toBe(before + 1)
}

const byMouse = (page: Page) => ({
  accept: () => page.getByRole('region', { name: 'Decide' }).getByRole('button').last().click(),
  now: () => page.getByRole('button', { name: 'Send now' }).click(),
})

const byKeyboard = (page: Page) => ({
  accept: () => page.keyboard.press('Control+Enter'),
  now: () => page.keyboard.press('Control+Enter'),
})

/** The run at its end: completed, with a model in use. */
async function expectCompleted(page: Page) {
  const runId = /runs\/([0-9a-f-]{36})/u.exec(page.url())?.[1] ?? ''
  await expect.poll(async () => (await studio.house.client.agentic.getRunState(runId)).status, patient).toBe('completed')
  const run = await studio.house.client.agentic.getRunState(runId)
  expect(run.label).toBe('Churn')
  expect(run.results.deployment_id).not.toBeNull()
  return run
}

describe('a churn table goes from a file to a model in use', { timeout: 600_000 }, () => {
  test('by mouse, every page holding against axe in both themes', async () => {
    const { page, context, complaints } = await studio.open()
    await dropAndStart(page)
    for (const question of questions) {
      await page.getByRole('heading', { name: question }).waitFor(patient)
      await page.getByRole('region', { name: 'Decide' }).getByRole('button').last().waitFor(patient)
      await expectAccessible(page)
      await accept(page, byMouse(page))
    }
    const { run_id } = await expectCompleted(page)
    await page.goto(`${studio.house.url}/runs/${run_id}?stop=model_deployment`)
    // The playground answers for the row that it opens with, and holds against axe too.
    await page.getByRole('region', { name: 'What each column adds' }).getByRole('listitem').last().waitFor(patient)
    await expectAccessible(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('by keyboard alone', async () => {
    const { page, context, complaints } = await studio.open()
    await dropAndStart(page)
    for (const question of questions) {
      await page.getByRole('heading', { name: question }).waitFor(patient)
      await page.getByRole('region', { name: 'Decide' }).getByRole('button').last().waitFor(patient)
      // To the next option and back: what is recommended stays what is taken.
      await page.keyboard.press('j')
      await page.keyboard.press('k')
      await accept(page, byKeyboard(page))
    }
    await expectCompleted(page)
    expect(complaints).toEqual([])
    await context.close()
  })

  test('with a reload at every stop', async () => {
    const { page, context, complaints } = await studio.open()
    await dropAndStart(page)
    for (const question of questions) {
      await page.getByRole('heading', { name: question }).waitFor(patient)
      await page.reload()
      await page.getByRole('heading', { name: question }).waitFor(patient)
      await page.getByRole('region', { name: 'Decide' }).getByRole('button').last().waitFor(patient)
      await accept(page, byMouse(page))
    }
    await expectCompleted(page)
    expect(complaints).toEqual([])
    await context.close()
  })
})
