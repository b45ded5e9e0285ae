import type { Page } from 'playwright-core'
import { nextCard, openTestHouse, recommendedAnswer } from '../tests/house.testkit.ts'
import { openBrowser } from '../tests/browser.ts'
import { churnTable } from '../tests/studio/churn-table.ts'

/** Draws the pictures of the README: a run at its stops, on a table that is made here. */
const [house, browser] = await Promise.all([openTestHouse(), openBrowser()])
try {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: 'light', reducedMotion: 'reduce' })
  await context.request.post(`${house.url}/v1/session`, { data: { api_key: house.apiKey } })
  const page = await context.newPage()
  const { run_id } = await house.client.agentic.startRun({ model_name: 'customers', user_query: 'Which customers leave? Predict Churn.', dataset_id: await house.upload(churnTable(7, 1500), 'customers.csv'), target: 'Churn' })
  for (let card = await nextCard(house.client, run_id); ; card = await nextCard(house.client, run_id)) {
    if (card.phase === 'label_selection' || card.phase === 'model_training') {
      await page.goto(`${house.url}/runs/${run_id}`)
      await page.getByRole('region', { name: 'Decide' }).waitFor()
      await drawn(page)
      await page.screenshot({ path: `docs/studio-${card.phase === 'label_selection' ? 'label' : 'training'}.png` })
    }
    await house.client.agentic.submitDecision(run_id, { ...recommendedAnswer(card), ...(card.phase === 'model_deployment' ? { action: 'approve' } : {}) })
    if (card.phase === 'model_deployment') break
  }
  await nextCard(house.client, run_id)
  await page.goto(`${house.url}/runs/${run_id}?stop=model_deployment`)
  await page.getByRole('heading', { level: 2 }).first().waitFor()
  await drawn(page)
  await page.screenshot({ path: 'docs/studio-playground.png' })
} finally {
  await browser.close()
  await house.close()
}

/** Until the panels stand and nothing is loading any more; the stream of events stays open, so the network never rests. */
async function drawn(page: Page): Promise<void> {
  await page.locator('main h3').first().waitFor()
  // Asked from outside: a condition that the page itself polls would need to be evaluated there, which its policy forbids.
  while (!(await page.evaluate('document.querySelectorAll("[aria-busy=true]").length === 0 && document.querySelectorAll("main svg").length > 3'))) await page.waitForTimeout(100)
}
