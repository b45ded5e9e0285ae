import AxeBuilder from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'
import { openBrowser } from '../browser.ts'
import { openTestHouse, type TestHouse } from '../house.testkit.ts'

export interface Studio {
  readonly house: TestHouse
  readonly browser: Browser
  /** A browser of somebody else: signed in with the owner's key, or with one given. */
  open(options?: { readonly key?: string; readonly width?: number; readonly dark?: boolean }): Promise<Visit>
  close(): Promise<void>
}

export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  /** What the console said that it should not have said. */
  readonly complaints: string[]
}

/** A house with the studio as it is built, and a browser. */
export async function openStudio(): Promise<Studio> {
  const [house, browser] = await Promise.all([openTestHouse(), openBrowser()])
  return {
    house,
    browser,
    async open({ key = house.apiKey, width = 1440, dark = false } = {}) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce' })
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => (message.type() === 'error' || message.type() === 'warning' ? complaints.push(message.text()) : undefined))
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('request', (request) => (new URL(request.url()).origin === house.url || request.url().startsWith('data:') || request.url().startsWith('blob:') ? undefined : complaints.push(`a request left the host: ${request.url()}`)))
      await page.goto(key === '' ? house.url : `${house.url}/#key=${key}`)
      // Going elsewhere before the key is exchanged would break the exchange off.
      if (key !== '') await page.getByRole('button', { name: /^Signed in as/ }).waitFor()
      return { page, context, complaints }
    },
    async close() {
      await browser.close()
      await house.close()
    },
  }
}

/** The faults that axe finds on the page as it stands, each with where. */
export async function axeFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`))
}

/** Holds the page against axe in both themes. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
    expect(await axeFaults(page), theme).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

/** The content of the page is no wider than the window. */
export async function sidewaysScroll(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
