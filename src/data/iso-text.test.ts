import { describe, expect, it } from 'vitest'
import { isoDate, isoTimestamp } from './iso-text.ts'

describe('ISO text', () => {
  it('of days and microseconds, before and after 1970', () => {
    expect([0, -1, 19_782, -719_162].map(isoDate)).toEqual(['1970-01-01', '1969-12-31', '2024-02-29', '0001-01-01'])
    expect([0n, -1n, 1_500_000n, 1_000n].map(isoTimestamp)).toEqual([
      '1970-01-01T00:00:00',
      '1969-12-31T23:59:59.999999',
      '1970-01-01T00:00:01.5',
      '1970-01-01T00:00:00.001',
    ])
  })

  it('goes on with the number where the calendar of JavaScript ends', () => {
    expect(isoDate(200_000_000)).toBe('200000000')
    expect(isoTimestamp(9_000_000_000_000_000_000n)).toBe('9000000000000000000')
  })
})
