import type { Page } from 'playwright-core'
import { endOf, nextCard, openTestHouse, type TestHouse } from '../tests/house.testkit.ts'
import { openBrowser } from '../tests/browser.ts'
import { churnTable } from '../tests/studio/churn-table.ts'

const manyRuns = 10_000
const manyColumns = 300

interface Line {
  readonly what: string
  readonly milliseconds: number
  readonly goal: number
}

/** How long a person waits in the studio: the first view of a finished run with a cold cache, and steps on large pages. */
export async function benchStudio(): Promise<void> {
  const [house, browser] = await Promise.all([openTestHouse(), openBrowser()])
  try {
    const visit = async () => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
      await context.request.post(`${house.url}/v1/session`, { data: { api_key: house.apiKey } })
      return context.newPage()
    }
    const lines = [...(await firstViews(house, visit)), ...(await wideTable(house, await visit())), ...(await longList(house, await visit()))]
    const text = lines.map(({ what, milliseconds, goal }) => `${what.padEnd(58)} ${milliseconds.toFixed(0).padStart(6)} ms   goal ${goal} ms   ${(milliseconds / goal).toFixed(2)} of it`)
    process.stdout.write(`${text.join('\n')}\n`)
  } finally {
    await browser.close()
    await house.close()
  }
}

/** From the address to the page drawn with its numbers; each visit has a cache of its own. */
async function firstViews(house: TestHouse, visit: () => Promise<Page>): Promise<Line[]> {
  const { run_id } = await house.client.agentic.startRun({ model_name: 'finished', dataset_id: await house.upload(churnTable()), target: 'Churn', auto_mode: true, auto_deploy: true })
  await endOf(house.client, run_id)
  const times: number[] = []
  for (let i = 0; i < 5; i++) {
    const page = await visit()
    const began = performance.now()
    await page.goto(`${house.url}/runs/${run_id}`)
    await page.getByRole('heading', { name: 'finished' }).waitFor()
    await page.getByRole('heading', { level: 2 }).first().waitFor()
    times.push(performance.now() - began)
    await page.context().close()
  }
  return [{ what: 'first view of a finished run, cold cache (median of 5)', milliseconds: median(times), goal: 1000 }]
}

async function wideTable(house: TestHouse, page: Page): Promise<Line[]> {
  const header = Array.from({ length: manyColumns }, (_, i) => `column ${i}`)
  const rows = Array.from({ length: 400 }, (_, row) => header.map((_, i) => (i === 0 ? (row % 3 === 0 ? 'yes' : 'no') : i % 5 === 0 ? ' n/a' : (row * (i + 7)) % 97)).join(','))
  const { run_id } = await house.client.agentic.startRun({ model_name: 'wide', dataset_id: await house.upload([header.join(','), ...rows].join('\n')), target: 'column 0', phase_plan: ['data_preparation', 'label_selection'] })
  await nextCard(house.client, run_id)
  await page.goto(`${house.url}/runs/${run_id}`)
  await page.getByRole('button', { name: /column 299/ }).waitFor()
  const goal = 100
  return [
    { what: `${manyColumns} columns: look at a column`, milliseconds: await step(page, `document.querySelector('button[title^="column 250"]').click()`), goal },
    { what: `${manyColumns} columns: tick an option`, milliseconds: await step(page, `document.querySelector('input[type="checkbox"]').click()`), goal },
    { what: `${manyColumns} columns: the next option by key`, milliseconds: await step(page, key('j')), goal },
  ]
}

async function longList(house: TestHouse, page: Page): Promise<Line[]> {
  const { team_id, key: userId } = await house.client.connect()
  for (let from = 0; from < manyRuns; from += 20) {
    await Promise.all(Array.from({ length: 20 }, (_, i) => fetch(`${house.url}/v1/runs`, { method: 'POST', headers: { api_key: house.apiKey, 'content-type': 'application/json' }, body: JSON.stringify({ team_id, user_id: userId, name: `run ${from + i}`, metadata: {} }) })))
  }
  await page.goto(`${house.url}/runs`)
  await page.getByText('run 9999').first().waitFor()
  const goal = 100
  return [
    { what: `${manyRuns} runs: scroll down`, milliseconds: await step(page, 'window.scrollBy(0, 3000)'), goal },
    { what: `${manyRuns} runs: the next run by key`, milliseconds: await step(page, key('j')), goal },
    { what: `${manyRuns} runs: open the palette`, milliseconds: await step(page, `document.dispatchEvent(new KeyboardEvent('keydown', { key: 'k', ctrlKey: true, bubbles: true }))`), goal },
  ]
}

function key(name: string): string {
  return `document.dispatchEvent(new KeyboardEvent('keydown', { key: '${name}', bubbles: true }))`
}

/** From the act to the frame after the one that shows it, the slowest of three. */
async function step(page: Page, act: string): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 3; i++) {
    times.push(await page.evaluate<number>(`(async () => { const began = performance.now(); ${act}; await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))); return performance.now() - began })()`))
  }
  return Math.max(...times)
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}
