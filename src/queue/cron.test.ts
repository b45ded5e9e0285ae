import { describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import { readCron } from './cron.ts'

const next = (expression: string, zone: string, after: string) => orThrow(readCron(expression, zone)).nextAfter(new Date(after))?.toISOString()

describe('the next time', () => {
  test('is after the one that is given, whatever the clock says', () => {
    expect(next('0 6 * * *', 'UTC', '2031-05-01T05:59:59Z')).toBe('2031-05-01T06:00:00.000Z')
    expect(next('0 6 * * *', 'UTC', '2031-05-01T06:00:00Z')).toBe('2031-05-02T06:00:00.000Z')
    expect(next('*/15 * * * 1', 'UTC', '2031-05-01T06:00:00Z')).toBe('2031-05-05T00:00:00.000Z')
  })

  test('follows the time zone through its change of the hour', () => {
    expect(next('0 6 * * *', 'Europe/Berlin', '2031-03-29T12:00:00Z')).toBe('2031-03-30T04:00:00.000Z')
    expect(next('0 6 * * *', 'Europe/Berlin', '2031-03-28T12:00:00Z')).toBe('2031-03-29T05:00:00.000Z')
  })

  test('of a day that never comes is none', () => {
    expect(next('0 0 30 2 *', 'UTC', '2031-01-01T00:00:00Z')).toBeUndefined()
  })
})

test.each([['every day', 'UTC'], ['61 * * * *', 'UTC'], ['0 6 * * *', 'Mars/Olympus'], ['* * * * * *', 'UTC']])('%s in %s is refused', (expression, zone) => {
  expect(readCron(expression, zone)).toMatchObject({ ok: false, refusal: { code: 'VALIDATION_FAILED' } })
})
