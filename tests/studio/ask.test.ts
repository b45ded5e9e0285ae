import { afterAll, beforeAll, expect, test } from 'vitest'
import { crashTable } from '../long/crash-table.ts'
import { nextCard } from '../house.testkit.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

let studio: Studio
beforeAll(async () => {
  studio = await openStudio()
})
afterAll(() => studio?.close())

async function waitingRun(name: string): Promise<string> {
  const { client } = studio.house
  const { run_id } = await client.agentic.startRun({ model_name: name, dataset_id: await studio.house.upload(crashTable()), target: 'label', require_approval: ['label_selection'], phase_plan: ['data_preparation', 'label_selection'] })
  await nextCard(client, run_id)
  return run_id
}

test('by keyboard: a question is asked, its reference leads to the option that it cites, and the focus comes back', async () => {
  const runId = await waitingRun('asked')
  const { page, context, complaints } = await studio.open()
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
  await page.goto(`${studio.house.url}/runs/${runId}`)
  await page.getByRole('heading', { name: 'Which column should be predicted?' }).waitFor()
  await page.keyboard.press('a')
  await page.getByRole('dialog').getByRole('textbox', { name: 'Question' }).waitFor()
  await expectAccessible(page)
  await page.keyboard.type('why is option 0 recommended?')
  await page.keyboard.press('Enter')
  const answer = page.getByRole('article', { name: 'Answer' })
  await answer.waitFor()
  await expectAccessible(page)
  // What was written for later stays.
  await page.getByRole('textbox', { name: 'Question' }).fill('and then')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.keyboard.press('a')
  expect(await page.getByRole('textbox', { name: 'Question' }).inputValue()).toBe('and then')
  await answer.getByRole('button', { name: 'Predict label' }).first().press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await expect.poll(() => page.evaluate('document.activeElement.dataset.option')).toBe('0')
  expect(complaints).toEqual([])
  await context.close()
})

test('what asks for a change becomes a card, and the decision is made when it is confirmed', async () => {
  const runId = await waitingRun('confirmed')
  const { page, context, complaints } = await studio.open({ width: 390 })
  await page.getByRole('navigation', { name: 'Main' }).first().waitFor()
  await page.goto(`${studio.house.url}/runs/${runId}`)
  await page.getByRole('button', { name: 'Ask' }).click()
  await page.getByRole('textbox', { name: 'Question' }).fill('use label, please')
  await page.getByRole('textbox', { name: 'Question' }).press('Enter')
  const card = page.getByRole('region', { name: /predicts "label"/ })
  await card.waitFor()
  await expectAccessible(page)
  expect(await sidewaysScroll(page)).toBe(0)
  expect((await studio.house.client.agentic.getPendingDecision(runId))?.phase).toBe('label_selection')
  await card.getByRole('button', { name: 'Confirm' }).click()
  await card.getByText('Recorded.').waitFor()
  const made = (await studio.house.client.agentic.listDecisionsOf(runId)).find(({ phase }) => phase === 'label_selection')
  expect(made).toMatchObject({ rationale: 'use label, please' })
  await page.reload()
  await page.getByRole('button', { name: 'Ask' }).click()
  await card.getByText('This was decided since.').waitFor()
  expect(complaints).toEqual([])
  await context.close()
})
