import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from '../long/crash-table.ts'
import { nextCard } from '../house.testkit.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

/** Computing and the server take their time. */
const patient = { timeout: 20_000 }

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

/** A run that asks at these phases, at its first card. */
async function waitingRun(phases: readonly string[], name: string): Promise<string> {
  const { client } = studio.house
  const { run_id } = await client.agentic.startRun({ model_name: name, dataset_id: await studio.house.upload(crashTable()), target: 'label', require_approval: [...phases], phase_plan: ['data_preparation', 'label_selection', 'feature_engineering', 'model_training'] })
  await nextCard(client, run_id)
  return run_id
}

const openRun = (page: Page, runId: string, search = '') => page.goto(`${studio.house.url}/runs/${runId}${search}`)

test('a file is dropped, read and shown, and a run started on it that stops where it was told to', async () => {
  const { page, context, complaints } = await studio.open()
  await page.getByLabel('Table file').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(crashTable()) })
  await page.getByRole('heading', { name: 'What was read' }).waitFor()
  await page.getByRole('columnheader', { name: 'amount' }).waitFor()
  await expectAccessible(page)
  await page.getByLabel('Your question, in plain words').fill('Who leaves?')
  await page.getByRole('textbox', { name: 'Target' }).or(page.getByRole('combobox', { name: 'Target' })).fill('lab')
  await page.getByRole('option', { name: 'label' }).click()
  await page.getByRole('button', { name: 'None', exact: true }).click()
  await page.getByRole('switch', { name: 'Label' }).check()
  await page.getByRole('button', { name: 'Start the run' }).click()
  await page.getByRole('heading', { name: 'Which column should be predicted?' }).waitFor()
  await expectAccessible(page)
  const [run] = (await studio.house.client.agentic.listRuns()).runs
  const { settings } = await studio.house.client.agentic.getRunState(run?.run_id ?? '')
  expect(settings).toMatchObject({ user_query: 'Who leaves?', target: 'label', require_approval: ['label_selection'] })
  expect(complaints).toEqual([])
  await context.close()
})

test('a decision is made by mouse: it can be undone, is sent, recorded, and the run goes on', { timeout: 180_000 }, async () => {
  const runId = await waitingRun(['label_selection'], 'by mouse')
  const { page, context, complaints } = await studio.open()
  await openRun(page, runId)
  await page.getByRole('radio', { name: 'Take Predict label' }).first().waitFor()
  const accept = page.getByRole('button', { name: /^Predict / })
  await accept.click()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect((await studio.house.client.agentic.getPendingDecision(runId))?.phase).toBe('label_selection')
  await page.getByLabel('Rationale').fill('It is the one that was asked for.')
  await accept.click()
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect.poll(async () => (await studio.house.client.agentic.listDecisionsOf(runId)).find(({ phase }) => phase === 'label_selection')?.rationale, patient).toBe('It is the one that was asked for.')
  await expect.poll(async () => (await studio.house.client.agentic.getRunState(runId)).status, { timeout: 120_000 }).toBe('completed')
  // The page came along by itself.
  await page.getByRole('link', { name: /Training/ }).click()
  await page.getByRole('heading', { name: /^Training: / }).waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
})

test('a decision is made by keyboard alone; what differs from the recommendation needs its reason', async () => {
  const runId = await waitingRun(['data_preparation', 'label_selection'], 'by keyboard')
  const { page, context, complaints } = await studio.open()
  await page.getByRole('heading', { name: /waits?$/ }).waitFor()
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: 'Go to a run, page or command' }).fill('by keyboard')
  await page.getByRole('option', { name: /^by keyboard/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'What should be cleaned?' }).waitFor()
  // The page of a stop is loaded when it is first looked at.
  await page.getByRole('region', { name: 'Decide' }).getByRole('button').last().waitFor()
  await page.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { name: 'Which column should be predicted?' }).waitFor()
  // The focus is on the new stop, so that the keys go on from there.
  await expect.poll(() => page.evaluate('document.activeElement.textContent'), patient).toBe('Which column should be predicted?')
  await page.getByRole('region', { name: 'Decide' }).getByRole('button').last().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('Space')
  await page.keyboard.press('Control+Enter')
  await page.getByText('Say why: this differs from what is recommended.').waitFor()
  await expectAccessible(page)
  await page.keyboard.type('A trial.')
  // What was chosen is still there after a reload.
  await page.reload()
  await expect.poll(() => page.getByLabel('Rationale').inputValue(), patient).toBe('A trial.')
  await page.keyboard.press('Control+Enter')
  await page.getByText(/^Sent in/).waitFor()
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await studio.house.client.agentic.listDecisionsOf(runId)).find(({ phase }) => phase === 'label_selection')?.rationale, patient).toBe('A trial.')
  expect(complaints).toEqual([])
  await context.close()
})

test('two people on one run: the decision of the one reaches the other, whose card says who decided what and sends nothing', async () => {
  const runId = await waitingRun(['label_selection'], 'two people')
  const made = await studio.house.house.keyRing.add('reviewer')
  if (!made.ok) throw new Error('no key')
  const [one, other] = [await studio.open(), await studio.open({ key: made.value.api_key })]
  await openRun(one.page, runId)
  await openRun(other.page, runId)
  await one.page.getByRole('button', { name: /^Predict / }).waitFor()
  await other.page.getByRole('button', { name: /^Predict / }).click()
  await other.page.getByRole('button', { name: 'Send now' }).click()
  await one.page.getByText('reviewer decided this').waitFor()
  await one.page.getByText('You had chosen the same.').waitFor()
  expect(await one.page.getByRole('button', { name: /^Predict / }).count()).toBe(0)
  await expectAccessible(one.page)
  await one.page.getByRole('button', { name: 'Go to where the run is' }).click()
  await one.page.getByText('reviewer decided this').waitFor({ state: 'detached' })
  expect([...one.complaints, ...other.complaints]).toEqual([])
  await one.context.close()
  await other.context.close()
})

test('nothing is wider than a phone, and the pages hold against axe there', async () => {
  const runId = await waitingRun(['label_selection'], 'phone')
  const { page, context, complaints } = await studio.open({ width: 390 })
  // Tall enough for all runs, since what lies half under the foot cannot be judged.
  await page.setViewportSize({ width: 390, height: 1600 })
  await page.getByRole('heading', { name: /waits?$/ }).waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  await expectAccessible(page)
  await openRun(page, runId)
  await page.getByRole('button', { name: /^Predict / }).waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
})
