import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunStateAnswer } from '#sdk/client'
import { crashTable } from '../long/crash-table.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

let studio: Studio
let run: RunStateAnswer
let dataset: string
beforeAll(async () => {
  studio = await openStudio()
  const { client } = studio.house
  dataset = await studio.house.upload(crashTable())
  const { run_id } = await client.agentic.startRun({ model_name: 'crashes', dataset_id: dataset, target: 'label', auto_mode: true, auto_deploy: true })
  await vi.waitFor(async () => expect((await client.agentic.getRunState(run_id)).status).toBe('completed'), { timeout: 100_000, interval: 200 })
  run = await client.agentic.getRunState(run_id)
}, 120_000)
afterAll(() => studio?.close())

const monitorId = () => run.results.monitor_id ?? ''
const deploymentId = () => run.results.deployment_id ?? ''

test('a monitor is renamed, its rules and its schedule are set, and labels are sent, all on its page', { timeout: 120_000 }, async () => {
  const { client } = studio.house
  await client.captures.set(deploymentId(), { key_column: 'visits' })
  const { page, context, complaints } = await studio.open()
  await page.goto(`${studio.house.url}/monitors/${monitorId()}`)
  await page.getByRole('button', { name: 'Edit' }).click()
  await page.getByLabel('Name').fill('crashes by day')
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('heading', { name: 'crashes by day' }).waitFor()

  await page.getByRole('textbox', { name: /^Too few rows/ }).fill('50')
  await page.getByRole('button', { name: 'Too few rows: switch on' }).click()
  await page.getByRole('button', { name: 'Too few rows: let it rest' }).waitFor()
  expect((await client.monitors.alertRules(monitorId())).rules).toEqual([{ rule_type: 'volume', value: 50, notify_in_app: true, notify_email: false }])

  await page.getByLabel('At, as minute hour day month weekday').fill('5 4 * * 1')
  await page.getByRole('button', { name: 'Check by itself' }).click()
  await page.getByText('5 4 * * 1').waitFor()
  expect(await client.monitors.schedule(monitorId())).toMatchObject({ cron: '5 4 * * 1', deployment_id: deploymentId(), retrain_from: null })
  await page.getByRole('button', { name: 'Change', exact: true }).click()
  await page.getByLabel('At, as minute hour day month weekday').fill('never')
  await page.getByRole('button', { name: 'Change the schedule' }).click()
  // A time that cannot be read is refused, and the schedule stays.
  await page.getByRole('alert').waitFor()
  expect((await client.monitors.get(monitorId())).scheduled).toBe(true)
  await page.getByRole('button', { name: 'End the schedule' }).click()
  await page.getByRole('button', { name: 'Check by itself' }).waitFor()
  expect((await client.monitors.get(monitorId())).scheduled).toBe(false)

  await page.getByLabel('Key and label, one pair a line').fill('no pair')
  await page.getByText('Line 1 is no pair of key and label.').waitFor()
  await page.getByLabel('Key and label, one pair a line').fill('123456,yes')
  await page.getByRole('button', { name: 'Send 1 label' }).click()
  await page.getByText('No kept row has the key 123456').waitFor()
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await sidewaysScroll(page)).toBe(0)
  // What was refused in between is told by the network, and by nothing else.
  expect(complaints.filter((one) => !one.includes('status of 422'))).toEqual([])
  await context.close()
})

test('a challenger is trained, stands beside the model in use with its intervals, and the choice is made', { timeout: 150_000 }, async () => {
  const { client } = studio.house
  const { page, context, complaints } = await studio.open()
  await page.goto(`${studio.house.url}/monitors/${monitorId()}`)
  const challengers = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Challengers' }) }).last()
  await challengers.getByPlaceholder('A table with labels, to train on').click()
  await page.getByRole('option').first().click()
  await page.getByRole('button', { name: 'Train a challenger' }).click()
  await challengers.getByText('waits for a decision').waitFor({ timeout: 100_000 })
  await challengers.getByRole('columnheader', { name: 'Difference [95 %]' }).waitFor()
  await expectAccessible(page)
  await challengers.getByLabel('Why').fill('It is no better.')
  await challengers.getByRole('button', { name: 'Keep the model in use' }).click()
  await challengers.getByText('the model in use was kept').waitFor()
  const [proposal] = await client.monitors.proposals(monitorId())
  expect(proposal).toMatchObject({ choice: 'keep', rationale: 'It is no better.', decided_by: 'owner', dataset_id: dataset })
  expect(complaints).toEqual([])
  await context.close()
})
