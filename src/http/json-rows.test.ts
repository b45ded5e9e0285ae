import { expect, test } from 'vitest'
import { SignalboxError } from '#core/errors'
import { parseJsonRows } from './json-rows.ts'

const awkward = { 'a"],[{': 'quote " comma , back \\" slash \\\\', b: [1, { c: '}' }], d: null, e: '💥\\' }

test('a long list is cut between its rows and nowhere else', async () => {
  const rows = Array.from({ length: 9_000 }, (_, i) => ({ i, ...awkward }))
  expect(await parseJsonRows(` \n${JSON.stringify(rows, null, 1)} \n`)).toEqual(rows)
  expect(await parseJsonRows(JSON.stringify(rows.slice(0, 2)))).toEqual(rows.slice(0, 2))
  expect(await parseJsonRows('[]')).toEqual([])
})

test.each([
  ['an object', `{"a": 1}`],
  ['a long object', `{"a": "${'x'.repeat(300_000)}"}`],
  ['a broken list', '[{"a": 1}'],
  ['a long list without its end', `[${Array(40_000).fill('{"a":12}').join(',')}`],
  ['text behind a long list', `[${Array(40_000).fill('{"a":12}').join(',')}] 1`],
  ['a text without its end', `[{"a": "${'x'.repeat(300_000)}`],
])('%s is refused by code', async (_, text) => {
  const error = await parseJsonRows(text).catch((reason: unknown) => reason)
  expect(error instanceof SignalboxError && error.code).toBe('BODY_NOT_JSON')
})
