import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { RunStateAnswer } from '#wire/run-state'
import { openBrowser } from './browser.ts'
import { codeOf, endOf, nextCard, type TestHouse } from './house.testkit.ts'
import { hostileNames, hostileTable, openReportHouse } from './reports.testkit.ts'

let house: TestHouse
let browser: Browser
let ended: RunStateAnswer
const folder = mkdtempSync(join(tmpdir(), 'signalbox-report-files-'))
const rationale = 'Agreed on <Monday> & "signed"'

beforeAll(async () => {
  ;[house, browser] = await Promise.all([openReportHouse(), openBrowser()])
  const { client } = house
  const { run_id } = await client.agentic.startRun({ model_name: 'hostile </title><h1>', dataset_id: await house.upload(hostileTable()), target: 'label', require_approval: ['label_selection', 'report_creation'] })
  const label = await nextCard(client, run_id)
  await client.agentic.submitDecision(run_id, { decision_type: 'label_selection', choice_index: label.recommended_index, rationale })
  const card = await nextCard(client, run_id)
  expect(card.options.map(({ id, recommended }) => [id, recommended])).toEqual([['technical-file', true], ['business-summary', false], ['decision-record', false]])
  expect(card.options[0]?.evidence.map(({ label: name }) => name)).toEqual(['audience', 'sections', 'contents', 'size'])
  const refused = (report_config: Record<string, unknown>) => codeOf(client.agentic.submitDecision(run_id, { decision_type: 'report_creation', report_config: report_config as never }))
  expect(await refused({ sections: ['question', 'horoscope'] })).toBe('CUSTOM_REFUSED')
  expect(await refused({ colour: 'red' })).toBe('CUSTOM_REFUSED')
  await client.agentic.submitDecision(run_id, { decision_type: 'report_creation', report_config: {} })
  ended = await endOf(client, run_id)
})

afterAll(async () => {
  await Promise.all([house?.close(), browser?.close()])
  rmSync(folder, { recursive: true, force: true })
})

const reportId = (): string => ended.results.report_id ?? ''

async function openPage(html: string, scheme: 'light' | 'dark' = 'light', width = 1200) {
  const path = join(folder, 'report.html')
  writeFileSync(path, html)
  const context = await browser.newContext({ offline: true, colorScheme: scheme, viewport: { width, height: 900 } })
  const page = await context.newPage()
  const seen: string[] = []
  page.on('console', (message) => seen.push(`console: ${message.text()}`))
  page.on('pageerror', (error) => seen.push(`error: ${error.message}`))
  page.on('dialog', (dialog) => seen.push(`dialog: ${dialog.message()}`))
  page.on('request', (request) => seen.push(`request: ${request.url().slice(0, 80)}`))
  await page.goto(`file://${path}`)
  return { page, seen, close: () => context.close() }
}

describe('the report of a run with hostile names', () => {
  test('opens from a file, offline, with no console message and no request but for itself', async () => {
    const html = await house.client.reports.get(reportId())
    for (const [scheme, width] of [['light', 1200], ['dark', 390]] as const) {
      const { page, seen, close } = await openPage(html, scheme, width)
      expect(seen.filter((line) => !line.startsWith('request: file:') && !line.startsWith('request: data:'))).toEqual([])
      expect(await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth')).toBe(true)
      await close()
    }
  })

  test('shows every name and value as text: nothing of them becomes markup', async () => {
    const { page, close } = await openPage(await house.client.reports.get(reportId()))
    expect(await page.evaluate("document.querySelectorAll('script:not(#signalbox-report):not([type=module]), img, iframe, object, body style, b:not(.matrix b), [onerror], a[href]:not([href^=\"#\"])').length")).toBe(0)
    const text = await page.locator('body').innerText()
    for (const name of hostileNames) expect(text).toContain(name)
    expect(text).toContain(rationale)
    expect(await page.title()).toBe('hostile </title><h1>: predicting label')
    await close()
  })

  test('tells the numbers of the API, exactly, in all three formats', async () => {
    const { client } = house
    const [html, markdown, json] = [await client.reports.get(reportId()), await client.reports.get(reportId(), { format: 'md' }), JSON.parse(await client.reports.get(reportId(), { format: 'json' }))]
    expect(json.results).toEqual({ metrics: ended.results.metrics, metric_intervals: ended.results.metric_intervals, model_hash: ended.results.model_hash })
    const { page, close } = await openPage(html)
    const keyed = (await page.evaluate("[...document.querySelectorAll('data[data-key]')].map((node) => [node.dataset.key, node.value, node.textContent])")) as [string, string, string][]
    const told = new Map<string, number>()
    for (const [name, value] of Object.entries(ended.results.metrics)) told.set(`results.metrics.${name}`, value)
    for (const [name, bounds] of Object.entries(ended.results.metric_intervals)) for (const [i, bound] of bounds.entries()) told.set(`results.metric_intervals.${name}.${i}`, bound)
    const metrics = keyed.filter(([key]) => key.startsWith('results.'))
    expect(new Set(metrics.map(([key]) => key))).toEqual(new Set(told.keys()))
    for (const [key, value, text] of metrics) {
      expect(Number(value)).toBe(told.get(key))
      expect(markdown).toContain(text)
    }
    // What is printed is the full number, rounded: nowhere is it off by more than its last digit.
    const all = (await page.evaluate("[...document.querySelectorAll('data')].map((node) => [node.value, node.textContent])")) as [string, string][]
    expect(all.length).toBeGreaterThan(100)
    for (const [value, text] of all.filter(([, shown]) => !/[<>]/.test(shown))) {
      const shown = Number(text.replaceAll(/[, %]/g, '').replace('−', '-')) / (text.endsWith('%') ? 100 : 1)
      const digits = (text.split('.')[1] ?? '').replace(/\D/g, '').length + (text.endsWith('%') ? 2 : 0)
      expect(Math.abs(shown - Number(value)), `${text} for ${value}`).toBeLessThanOrEqual(0.5000001 * 10 ** -digits)
    }
    expect(html).toContain(ended.results.model_hash ?? '?')
    expect(markdown).toContain(ended.results.model_hash ?? '?')
    await close()
  })

  test('keeps every decision with its options, choice, actor and reason', async () => {
    const json = JSON.parse(await house.client.reports.get(reportId(), { format: 'json' }))
    const blocks = json.sections.find((section: { id: string }) => section.id === 'decisions').blocks.filter((block: { kind: string }) => block.kind === 'decision')
    expect(blocks.map((block: { phase: string }) => block.phase)).toEqual(['data_preparation', 'label_selection', 'model_training', 'report_creation'])
    const label = blocks[1]
    expect(label).toMatchObject({ verdict: 'taken as recommended' })
    expect(label.options.filter((option: { chosen: boolean }) => option.chosen)).toHaveLength(1)
    expect(label.facts).toContainEqual({ label: 'Why', value: rationale })
    expect(label.facts).toContainEqual({ label: 'By', value: 'owner (key)' })
  })

  test('goes out with its type, a policy that lets it load nothing, and is refused in unknown formats', async () => {
    const fetchReport = (format: string) => fetch(`${house.url}/v1/reports/${reportId()}?format=${format}`, { headers: { api_key: house.apiKey } })
    const html = await fetchReport('html')
    expect(html.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(html.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; .*sandbox allow-scripts$/)
    expect((await fetchReport('md')).headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect((await fetchReport('json')).headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect((await fetchReport('docx')).status).toBe(422)
  })
})

describe('a further report of a completed run', () => {
  async function made(body: Record<string, unknown>) {
    const { client } = house
    const { job_id, status } = await client.reports.make({ run_id: ended.run_id, report_name: 'Für den Vorstand', ...body })
    expect(status).toBe('accepted')
    for (;;) {
      const job = await client.reports.getJob(job_id)
      if (job.status === 'done' || job.status === 'error') return job
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }

  test('is made in the background under its own name, and can be deleted without harm to the first', async () => {
    const { client } = house
    const job = await made({ report_description: 'Quarter <3>', mode: 'business', audience: { role: 'board' }, gpt: { max_features: 1 }, widgets: null, statements: { intended_use: 'To call <whom>' } })
    expect(job).toMatchObject({ status: 'done', error: null, version_id: ended.results.version_id })
    const text = await client.reports.get(job.report_id ?? '', { format: 'json' })
    const report = JSON.parse(text)
    expect(report).toMatchObject({ title: 'Für den Vorstand', description: 'Quarter <3>', kind: 'business-summary', audience: 'board', results: { metrics: ended.results.metrics } })
    expect(report.sections.find((section: { id: string }) => section.id === 'curves').blocks[1].charts).toHaveLength(1)
    const use = report.sections.find((section: { id: string }) => section.id === 'use')
    expect(use.blocks[0]).toMatchObject({ kind: 'facts', facts: [{ label: 'Intended use', value: 'To call <whom>' }] })
    expect(use.blocks[1]).toMatchObject({ kind: 'missing', text: expect.stringContaining('10 of 11 statements') })
    await client.reports.delete(job.report_id ?? '')
    expect(await codeOf(client.reports.get(job.report_id ?? ''))).toBe('NOT_FOUND')
    expect(await client.reports.get(reportId())).toContain('<!doctype html>')
  })

  test('takes chapters by our names and by those of the original, and refuses what it cannot do', async () => {
    const { client } = house
    const job = await made({ widgets: ['metrics', 'confusionMatrix', 'decisions'] })
    const report = JSON.parse(await client.reports.get(job.report_id ?? '', { format: 'json' }))
    expect(report.sections.map(({ id }: { id: string }) => id)).toEqual(['performance', 'errors', 'decisions'])
    const refused = (body: object) => codeOf(client.reports.make({ run_id: ended.run_id, report_name: 'no', ...body }))
    expect(await refused({ widgets: ['waterfallplot'] })).toBe('VALIDATION_FAILED')
    expect(await refused({ is_public: true })).toBe('VALIDATION_FAILED')
    expect(await refused({ constraints: { tone: 'warm' } })).toBe('VALIDATION_FAILED')
    expect(await refused({ gpt: { max_features: 61 } })).toBe('VALIDATION_FAILED')
    expect(await refused({ statements: { horoscope: 'good' } })).toBe('VALIDATION_FAILED')
    expect(await refused({ mode: 'poem' })).toBe('VALIDATION_FAILED')
    expect(await refused({ run_id: '00000000-0000-4000-8000-000000000001' })).toBe('NOT_FOUND')
  })

  test('is refused of a run that is not completed', async () => {
    const { client } = house
    const { run_id } = await client.agentic.startRun({ model_name: 'open', dataset_id: await house.upload(hostileTable(60)), require_approval: ['data_preparation'] })
    await nextCard(client, run_id)
    expect(await codeOf(client.reports.make({ run_id, report_name: 'early' }))).toBe('RUN_NOT_COMPLETED')
  })
})
