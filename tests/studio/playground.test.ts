import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { RunStateAnswer } from '#sdk/client'
import { crashTable } from '../long/crash-table.ts'
import { expectAccessible, openStudio, sidewaysScroll, type Studio } from './studio.testkit.ts'

/** Not the synchronous one: the server that is called lives in this process. */
const execute = promisify(execFile)

let studio: Studio
let run: RunStateAnswer
let folder: string
beforeAll(async () => {
  studio = await openStudio()
  folder = await mkdtemp(join(tmpdir(), 'signalbox-snippets-'))
  const { client } = studio.house
  const { run_id } = await client.agentic.startRun({ model_name: 'crashes', dataset_id: await studio.house.upload(crashTable()), target: 'label', auto_mode: true, auto_deploy: true })
  await vi.waitFor(async () => expect((await client.agentic.getRunState(run_id)).status).toBe('completed'), { timeout: 100_000, interval: 200 })
  run = await client.agentic.getRunState(run_id)
}, 120_000)
afterAll(async () => {
  await studio?.close()
  await rm(folder, { recursive: true, force: true })
})

const stopOf = (page: Page, stop: string) => page.goto(`${studio.house.url}/runs/${run.run_id}?stop=${stop}`)

test('a row is filled in and predicted live with its waterfall, a key is made, and the three snippets run as they are shown', async () => {
  const { page, context, complaints } = await studio.open()
  await stopOf(page, 'model_deployment')
  await page.getByRole('heading', { name: 'Why' }).waitFor()
  await expectAccessible(page)
  const total = page.getByRole('region', { name: 'What each column adds' }).getByRole('listitem').last()
  const before = await total.textContent()
  const slider = page.getByRole('slider').first()
  await slider.focus()
  await page.keyboard.press('End')
  await expect.poll(() => total.textContent()).not.toBe(before)
  const field = page.locator('[data-field]').filter({ has: slider }).getByRole('textbox')
  await field.fill('99999999')
  await page.getByText('outside the range').waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'New key' }).click()
  await page.getByLabel('What it is for').fill('nightly')
  await page.getByRole('button', { name: 'Make the key' }).click()
  await page.getByText('Copy it now.').waitFor()
  await expectAccessible(page)
  for (const [language, file, command] of [['curl', 'call.sh', 'sh'], ['TypeScript', 'call.mts', process.execPath], ['Python', 'call.py', 'python3']] as const) {
    await page.getByRole('button', { name: language, exact: true }).click()
    const text = (await page.getByLabel(`${language} request`).textContent()) ?? ''
    const path = join(folder, file)
    await writeFile(path, text)
    const [predicted] = JSON.parse((await execute(command, [path])).stdout) as { score: number; warnings: { code: string }[] }[]
    expect(predicted?.warnings.map(({ code }) => code), language).toContain('OUT_OF_RANGE')
    expect(Number.isFinite(predicted?.score), language).toBe(true)
  }
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('button', { name: 'Revoke nightly' }).click()
  await page.getByRole('button', { name: 'Revoke for good' }).click()
  await page.getByText('No key yet').waitFor()
  expect(complaints).toEqual([])
  await context.close()
}, 90_000)

test('a deployment is stopped with its reason and resumed; what would flip a row is found; nothing is wider than a phone', async () => {
  const { page, context, complaints } = await studio.open({ width: 390 })
  const deploymentId = run.results.deployment_id ?? ''
  await page.goto(`${studio.house.url}/deployments/${deploymentId}`)
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByLabel('Reason, kept with it').fill('A trial.')
  await page.getByRole('dialog').getByRole('button', { name: 'Stop' }).click()
  await page.getByText('stopped', { exact: true }).waitFor()
  expect((await studio.house.client.deployments.stops()).presses[0]).toMatchObject({ deployment_id: deploymentId, action: 'stop', reason: 'A trial.' })
  await page.getByRole('button', { name: 'Resume' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
  await page.getByText('active', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Search', exact: true }).click()
  await page.locator('section', { has: page.getByRole('heading', { name: 'What would flip it' }) }).getByRole('status').waitFor()
  expect(await sidewaysScroll(page)).toBe(0)
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
}, 60_000)

test('a batch is checked against training, its columns shown then and now; the report is read in a frame and signed; the model tells what answers', async () => {
  const { page, context, complaints } = await studio.open()
  await stopOf(page, 'monitoring_creation')
  await page.getByLabel(/^A table file with the columns/).setInputFiles({ name: 'batch.csv', mimeType: 'text/csv', buffer: Buffer.from(crashTable()) })
  await page.getByRole('list', { name: 'What is watched' }).waitFor()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'Monitors', exact: true }).click()
  await page.getByRole('list', { name: 'Monitors' }).getByRole('link').first().click()
  await page.getByRole('list', { name: 'What is watched' }).waitFor()
  await stopOf(page, 'report_creation')
  await page.frameLocator('iframe[title="The report"]').getByRole('heading', { level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Sign it' }).click()
  await page.getByRole('button', { name: 'Sign', exact: true }).click()
  await page.getByText('Nobody has signed it yet.').waitFor({ state: 'detached' })
  expect((await studio.house.client.reports.signatures(run.results.report_id ?? '')).signatures).toHaveLength(1)
  await page.getByRole('link', { name: 'Models', exact: true }).click()
  await page.getByRole('link', { name: 'crashes' }).click()
  await page.getByRole('button', { name: 'Promote version 1' }).click()
  await page.getByRole('button', { name: 'Make it the champion' }).click()
  await page.getByText('champion', { exact: true }).waitFor()
  await expectAccessible(page)
  expect(complaints).toEqual([])
  await context.close()
}, 90_000)
