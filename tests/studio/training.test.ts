import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from '../long/crash-table.ts'
import { codeOf, nextCard, recommendedAnswer } from '../house.testkit.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

/** A run at its training card. */
async function trainingRun(name: string): Promise<string> {
  const { client } = studio.house
  const { run_id } = await client.agentic.startRun({ model_name: name, dataset_id: await studio.house.upload(crashTable()), target: 'label', require_approval: ['model_training'], phase_plan: ['data_preparation', 'label_selection', 'feature_engineering', 'model_training'] })
  await nextCard(client, run_id)
  return run_id
}

const openRun = (page: Page, runId: string) => page.goto(`${studio.house.url}/runs/${runId}`)

test('a card says what its trainers rest on, and other answers are tried, kept once, and cancelled', async () => {
  const { client } = studio.house
  const runId = await trainingRun('by the API')
  const card = await nextCard(client, runId)
  const { free } = await client.training.candidate(runId, card.decision_id, { trainer: 'glassbox-main' })
  expect(free.shapes.map(({ name }) => name).toSorted()).toEqual(['amount', 'colour', 'visits'])
  expect(free.fresh).toMatchObject({ rows: 480, thresholds: expect.any(Array), segments: expect.any(Object), calibration: expect.any(Object) })
  expect(Object(free.fresh).thresholds).toHaveLength(99)
  expect(await codeOf(client.training.candidate(runId, card.decision_id, { trainer: 'oracle' }))).toBe('NOT_FOUND')
  const index = card.options.findIndex(({ id }) => id === 'glassbox-main')
  const body = { choice_index: index, monotonic_constraints: { amount: 'decreasing' } }
  const first = await client.training.tryModel(runId, body)
  expect((await client.training.tryModel(runId, body)).trial_id).toBe(first.trial_id)
  await expect.poll(async () => (await client.training.trial(runId, first.trial_id)).status, { timeout: 60_000 }).toBe('done')
  const { result } = await client.training.trial(runId, first.trial_id)
  // The label rises with the amount, so that holding it to fall costs.
  expect(result?.against?.find(({ metric }) => metric === 'auc')).toMatchObject({ verdict: 'loss' })
  expect(result?.monotone).toEqual({ amount: 'decreasing' })
  const other = await client.training.tryModel(runId, { choice_index: index, monotonic_constraints: { visits: 'decreasing' } })
  expect((await client.training.cancelTrial(runId, other.trial_id)).status).toBe('cancelled')
  expect(await codeOf(client.training.tryModel(runId, { choice_index: index, monotonic_constraints: { nothing: 'decreasing' } }))).toBe('CUSTOM_REFUSED')
  // Trying decides nothing and looks at no sealed row.
  expect((await nextCard(client, runId)).revision).toBe(card.revision)
  await client.agentic.submitDecision(runId, recommendedAnswer(card))
  expect(await codeOf(client.training.tryModel(runId, body))).toBe('DECISION_NOT_OPEN')
}, 120_000)

test('a model is chosen by mouse: directions are measured, a shape is edited, a threshold set, and all of it is decided', async () => {
  const runId = await trainingRun('by mouse')
  const { page, context, complaints } = await studio.open()
  await openRun(page, runId)
  await page.getByRole('radio', { name: 'Take Glass box, one curve a column' }).click()
  await page.getByText('baseline to beat').waitFor()
  const direction = page.getByRole('group', { name: 'Direction of amount' })
  await direction.getByRole('button', { name: 'Falls' }).click()
  await page.getByRole('button', { name: 'Measure it' }).click()
  await page.getByText(/^Directions: AUC .* worse than the free fit$/).waitFor({ timeout: 60_000 })
  await direction.getByRole('button', { name: 'Rises' }).click()
  await page.getByRole('button', { name: 'Edit colour' }).click()
  await page.getByLabel('What to do').selectOption('remove')
  await page.getByRole('button', { name: 'Make this edit' }).click()
  await page.getByRole('listitem').filter({ hasText: 'colour leaves the model' }).getByText(/^Moves /).waitFor({ timeout: 60_000 })
  await page.getByLabel('A miss costs').fill('4')
  // The threshold follows what the mistakes cost.
  await expect.poll(async () => Number(await page.getByRole('slider', { name: 'Threshold' }).inputValue())).toBeLessThan(50)
  const settled = Number(await page.getByRole('slider', { name: 'Threshold' }).inputValue()) / 100
  expect(settled).toBeLessThan(0.5)
  await expectAccessible(page)
  // All of it is still there after a reload.
  await page.reload()
  await page.getByText('colour leaves the model').waitFor()
  await page.getByLabel('Rationale').fill('Colour may not matter.')
  await page.getByRole('button', { name: /^Train the glass box/ }).click()
  await expect.poll(async () => (await studio.house.client.agentic.getRunState(runId)).status, { timeout: 60_000 }).toBe('completed')
  const [made] = (await studio.house.client.agentic.listDecisionsOf(runId)).filter(({ phase }) => phase === 'model_training')
  const record = await studio.house.client.agentic.getDecision(runId, made?.decision_id ?? '')
  expect(record.answer).toMatchObject({ custom_value: { threshold: settled, edits: [{ verb: 'remove', term: ['colour'] }] } })
  expect(record.outcome).toMatchObject({ threshold: settled })
  await page.getByRole('link', { name: /Training/ }).click()
  await page.getByRole('heading', { name: /on the sealed rows$/ }).waitFor()
  await page.getByText('colour leaves the model').first().waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
}, 150_000)

test('a model is chosen by keyboard alone, on a phone nothing is wider than the window', async () => {
  const runId = await trainingRun('by keyboard')
  const { page, context, complaints } = await studio.open({ width: 390 })
  await openRun(page, runId)
  await page.getByRole('slider', { name: 'Threshold' }).waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  await expectAccessible(page)
  const chosen = () => page.getByRole('radio', { checked: true }).getAttribute('aria-label')
  const before = await chosen()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await expect.poll(chosen).not.toBe(before)
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect.poll(chosen).toBe(before)
  const slider = page.getByRole('slider', { name: 'Threshold' })
  const start = Number(await slider.inputValue())
  await slider.focus()
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('Shift+ArrowLeft')
  await expect.poll(() => slider.inputValue()).toBe(String(start - 6))
  // A curve is read step by step.
  const curve = page.getByRole('slider', { name: /^Shape of / }).first()
  await curve.focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('End')
  await expect.poll(() => curve.getAttribute('aria-valuetext')).toMatch(/^amount .*odds × /)
  await page.keyboard.press('Control+Enter')
  await expect.poll(async () => (await studio.house.client.agentic.getRunState(runId)).status, { timeout: 60_000 }).toBe('completed')
  expect(complaints).toEqual([])
  await context.close()
}, 120_000)
