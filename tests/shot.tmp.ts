import { openBrowser } from '/tmp/wt/shell/tests/browser.ts'
const [base, key, ...rest] = process.argv.slice(2)
const browser = await openBrowser()
const theme = process.env.THEME ?? 'light'
const width = Number(process.env.W ?? 1440)
const context = await browser.newContext({ viewport: { width, height: width < 600 ? 844 : 900 }, colorScheme: theme as 'light', hasTouch: width < 600 })
const page = await context.newPage()
page.on('console', (m) => { if (m.type() !== 'info' && m.type() !== 'debug') console.log('CONSOLE', m.type(), m.text()) })
page.on('pageerror', (e) => console.log('PAGEERROR', e.stack))
await page.goto(`${base}/#key=${key}`)
await page.waitForTimeout(1500)
for (const spec of rest) {
  const [path, out] = spec.split('=>')
  if (path !== '') await page.goto(base + path)
  await page.waitForTimeout(Number(process.env.WAIT ?? 1500))
  await page.screenshot({ path: out!, fullPage: process.env.FULL === '1' })
}
await browser.close()
