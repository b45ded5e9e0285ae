import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openBrowser } from '../browser.ts'
import { endOf } from '../house.testkit.ts'
import { openReportHouse, wideTable } from '../reports.testkit.ts'

test('a report of 60 features has 3 MB at most, and opens as soon as its size and time, printed here, say', async () => {
  const [house, browser] = await Promise.all([openReportHouse(), openBrowser()])
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-report-size-'))
  try {
    const { client } = house
    const { run_id } = await client.agentic.startRun({ model_name: 'sixty', dataset_id: await house.upload(wideTable(60, 2000)), target: 'label', auto_mode: true })
    const { results } = await endOf(client, run_id)
    const html = await client.reports.get(results.report_id ?? '')
    const bytes = Buffer.byteLength(html)
    const path = process.env.REPORT_FILE ?? join(folder, 'report.html')
    writeFileSync(path, html)
    const page = await (await browser.newContext({ offline: true })).newPage()
    const times: number[] = []
    for (let i = 0; i < 3; i++) {
      await page.goto(`file://${path}`)
      times.push(Number(await page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")))
    }
    console.log(`report of 60 features: ${(bytes / 1e6).toFixed(2)} MB, ${await page.locator('figure.chart').count()} charts, opened and live in ${times.map((time) => Math.round(time)).join(', ')} ms`)
    expect(bytes).toBeLessThanOrEqual(3_000_000)
    expect(await page.locator('.answer strong').innerText()).toMatch(/yes|no/)
    expect(await page.locator('#curves figure.chart').count()).toBe(60)
  } finally {
    await Promise.all([house.close(), browser.close()])
    rmSync(folder, { recursive: true, force: true })
  }
})
