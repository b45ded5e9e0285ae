import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { checkReport } from '#core/verify-report'
import type { RunStateAnswer } from '#wire/run-state'
import { openBrowser } from './browser.ts'
import { codeOf, endOf, type TestHouse } from './house.testkit.ts'
import { hostileTable, openReportHouse } from './reports.testkit.ts'

let house: TestHouse
let browser: Browser
let ended: RunStateAnswer
let html: string
const folder = mkdtempSync(join(tmpdir(), 'signalbox-report-page-'))
const table = hostileTable(260)
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openReportHouse(), openBrowser()])
  const { run_id } = await house.client.agentic.startRun({ model_name: 'page', dataset_id: await house.upload(table), target: 'label', auto_mode: true })
  ended = await endOf(house.client, run_id)
  html = await house.client.reports.get(ended.results.report_id ?? '')
  writeFileSync(join(folder, 'report.html'), html)
})

afterAll(async () => {
  await Promise.all([house?.close(), browser?.close()])
  rmSync(folder, { recursive: true, force: true })
})

interface Opening {
  readonly scheme?: 'light' | 'dark'
  readonly scripts?: boolean
}

/** The file in a browser that has no network. */
async function open({ scheme = 'light', scripts = true }: Opening = {}): Promise<Page> {
  const context = await browser.newContext({ offline: true, colorScheme: scheme, javaScriptEnabled: scripts, viewport: { width: 1200, height: 900 } })
  const page = await context.newPage()
  await page.goto(`file://${join(folder, 'report.html')}`)
  return page
}

/** The cells of a line of the table as they stand in the file. */
function rawRows(): Record<string, string>[] {
  const cells = (line: string) => [...line.matchAll(/"((?:[^"]|"")*)"|([^,]+)|(?<=^|,)(?=,|$)/gu)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
  const [header = '', ...lines] = table.split('\n')
  const names = cells(header)
  return lines.map((line) => Object.fromEntries(cells(line).map((cell, i) => [names[i] ?? '', cell])))
}

describe('the playground of the file', () => {
  test('scores every row as the API does, with no network', async () => {
    const { client } = house
    const { deployment_id } = await client.deployments.create(ended.results.version_id ?? '')
    await client.deployments.activate(deployment_id)
    const { deploy_key } = await client.deployments.createDeployKey({ deployment_id, description: 'page' })
    const rows = rawRows()
    const said = await client.predict(rows, { deployKey: deploy_key })
    const page = await open()
    const here = await page.evaluate((sent) => sent.map((row) => (globalThis as unknown as { signalbox: { score(of: unknown): { score: number; proba: number; pred: string } } }).signalbox.score(row)), rows)
    expect(here).toHaveLength(260)
    for (const [i, { score, proba, pred }] of here.entries()) {
      expect(Math.abs(score - (said[i]?.score ?? Number.NaN))).toBeLessThanOrEqual(1e-9)
      expect(Math.abs(proba - (said[i]?.proba ?? Number.NaN))).toBeLessThanOrEqual(1e-9)
      expect(pred).toBe(said[i]?.pred)
    }
    await page.context().close()
  })

  test('a form of the inputs moves the answer, and says what lies outside of the table', async () => {
    const page = await open()
    const input = page.locator('.input').first()
    const before = await page.locator('.answer').innerText()
    expect(await input.locator('.badge').innerText()).toBe('')
    await input.locator('input').fill('5000')
    expect(await input.locator('.badge').innerText()).toBe('outside the table')
    expect(await page.locator('.answer').innerText()).not.toBe(before)
    await input.locator('input').fill('many')
    expect(await page.locator('.answer').innerText()).toContain('expected a number, received "many"')
    await page.getByRole('button', { name: 'Usual values' }).click()
    await expect.poll(() => page.locator('.answer').innerText()).toBe(before)
    expect(await page.locator('table.waterfall tbody tr').count()).toBeGreaterThan(1)
    await page.context().close()
  })
})

describe('the plots of the file', () => {
  test('tell the value under the pointer and under the arrow keys', async () => {
    const page = await open()
    const chart = page.locator('#errors figure.chart').first()
    await chart.locator('svg').hover()
    expect(await chart.locator('output.told').innerText()).toMatch(/^False positive rate .* True positive rate/)
    await chart.locator('svg').focus()
    await page.keyboard.press('Home')
    expect(await chart.locator('output.told').innerText()).toBe('False positive rate 0.0 % · True positive rate 0.0 %')
    for (const one of await page.locator('figure.chart').all()) {
      await one.locator('svg').focus()
      await page.keyboard.press('End')
      expect(await one.locator('output.told').innerText()).not.toBe('')
    }
    await page.context().close()
  })

  test('a threshold moves the counts to those of the sealed rows, and back', async () => {
    const page = await open()
    const counts = async () => (await page.locator('table.matrix b data').allInnerTexts()).map(Number)
    const first = await counts()
    const rows = first.reduce((sum, count) => sum + count, 0)
    await page.locator('.slider input').fill('0')
    const [left, alarms, misses, hits] = await counts()
    expect([left, misses]).toEqual([0, 0])
    expect((alarms ?? 0) + (hits ?? 0)).toBe(rows)
    await page.getByRole('button', { name: 'As the model calls' }).click()
    expect(await counts()).toEqual(first)
    await page.context().close()
  })

  test('one term is shown alone, and all of them again', async () => {
    const page = await open()
    const shown = () => page.locator('#curves figure.chart:visible').count()
    const all = await shown()
    await page.locator('#curves .control select').selectOption('1')
    expect(await shown()).toBe(1)
    await page.locator('#curves .control select').selectOption('')
    expect(await shown()).toBe(all)
    await page.context().close()
  })

  test('stand without scripts too, with their numbers', async () => {
    const page = await open({ scripts: false })
    expect(await page.locator('figure.chart svg').count()).toBeGreaterThan(5)
    await page.locator('#errors figure.chart summary').first().click()
    expect(await page.locator('#errors figure.chart table').first().isVisible()).toBe(true)
    expect(await page.locator('.playground').innerText()).toContain('where scripts may run')
    await page.context().close()
  })
})

test.each(['light', 'dark'] as const)('axe finds nothing against the file in %s', async (scheme) => {
  const page = await open({ scheme })
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]?.html.slice(0, 200)])).toEqual([])
  await page.context().close()
})

describe('what the file proves', () => {
  test('holds as it was made, in both of its formats', async () => {
    const json = await house.client.reports.get(ended.results.report_id ?? '', { format: 'json' })
    const check = checkReport(html, sha256)
    expect(check).toMatchObject({ faults: [], run_id: ended.run_id, decisions: 4, title: 'page: predicting label' })
    expect(check?.numbers).toBeGreaterThan(300)
    expect(check?.events).toBeGreaterThan(8)
    expect(checkReport(json, sha256)).toMatchObject({ faults: [], head: check?.head })
  })

  test.each([
    { what: 'a measure', old: /"metrics":\{"accuracy":[\d.]+/u, changed: '"metrics":{"accuracy":0.999', fault: 'The measure accuracy' },
    { what: 'an actor of an event', old: /\\"kind\\":\\"policy\\"/u, changed: '\\"kind\\":\\"key\\"', fault: 'does not hold' },
    { what: 'a decision', old: /"decision_id":"[0-9a-f-]+"/u, changed: '"decision_id":"00000000-0000-4000-8000-000000000001"', fault: 'is not in the ledger' },
    { what: 'a number of the page', old: /<data value="[^"]+"/u, changed: '<data value="0.123456789"', fault: 'numbers that its JSON does not have' },
    { what: 'an artifact', old: /"taken":"recommended"/u, changed: '"taken":"otherwise"', fault: 'not what its hash says' },
  ])('does not hold once $what was changed', ({ old, changed, fault }) => {
    expect(html).toMatch(old)
    expect(checkReport(html.replace(old, changed), sha256)?.faults.join(' ')).toContain(fault)
  })

  test('is signed with the hash of the file that was read, once, and every chain still holds', async () => {
    const { client } = house
    const reportId = ended.results.report_id ?? ''
    expect(await codeOf(client.reports.sign(reportId, { statement: 'Read', sha256: sha256(`${html} `) }))).toBe('VALIDATION_FAILED')
    const signed = await client.reports.sign(reportId, { statement: 'Read & <agreed>', sha256: sha256(html) })
    await client.reports.sign(reportId, { statement: 'Read & <agreed>', sha256: sha256(html) })
    expect(signed.files.html).toBe(sha256(html))
    const listed = await client.reports.signatures(reportId)
    expect(listed).toEqual(signed)
    expect(listed.signatures).toMatchObject([{ seq: 1, signed_by: 'owner', statement: 'Read & <agreed>', files: listed.files }])
    const chains = await house.house.verify()
    expect(chains).toMatchObject({ faults: [], signatures: 1 })
    expect(await codeOf(client.reports.sign('00000000-0000-4000-8000-000000000001', { statement: 'x' }))).toBe('NOT_FOUND')
  })
})
