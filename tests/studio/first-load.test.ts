import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const limit = 600_000

/** What a module loads with itself, as opposed to what it loads once it is needed. */
function staticImports(text: string): string[] {
  return [...text.matchAll(/(?:from|import)\s*"(\.\/[\w.-]+\.js)"/g)].map((match) => match[1]?.slice(2) ?? '')
}

function packed(names: Iterable<string>): number {
  return [...names].reduce((sum, name) => sum + gzipSync(readFileSync(`studio/dist/assets/${name}`)).length, 0)
}

/** A file with everything that it cannot do without. */
function closure(first: readonly string[]): Set<string> {
  const found = new Set<string>()
  const waiting = [...first]
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (found.has(name)) continue
    found.add(name)
    if (name.endsWith('.js')) waiting.push(...staticImports(readFileSync(`studio/dist/assets/${name}`, 'utf8')))
  }
  return found
}

test('the first load is under 600 kB packed, and has no chart or graph library in it', () => {
  const page = readFileSync('studio/dist/index.html', 'utf8')
  const entries = [...page.matchAll(/\/assets\/([\w.-]+\.(?:js|css))/g)].map((match) => match[1] ?? '')
  expect(entries.length).toBeGreaterThan(1)
  const loaded = closure(entries)
  expect(packed(loaded)).toBeLessThan(limit)
  const text = [...loaded].map((name) => readFileSync(`studio/dist/assets/${name}`, 'utf8')).join('')
  expect(text).not.toMatch(/zrender|elkjs|react-flow__/)
})
