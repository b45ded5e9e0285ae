import { describe, expect, it } from 'vitest'
import { errorCatalogue, type ErrorCode } from '#core/errors'
import { errorStatus } from './error-status.ts'

const codes = Object.keys(errorCatalogue).filter((code): code is ErrorCode => code in errorCatalogue)

describe('the statuses of the error codes', () => {
  it('has one for each code of the catalogue and no others', () => {
    expect(Object.keys(errorStatus).sort()).toEqual(codes.slice().sort())
  })

  it('uses only statuses that clients of the protocol know', () => {
    for (const code of codes)
      expect([401, 403, 404, 405, 409, 410, 413, 415, 422, 429, 500, 503]).toContain(errorStatus[code])
  })

  it('is what docs/errors.md lists', async () => {
    const rows = codes.map(
      (code) => `| \`${code}\` | ${errorStatus[code]} | ${errorCatalogue[code].replaceAll('|', String.raw`\|`)} |`,
    )
    const intro =
      'Every code that Signalbox answers, with its HTTP status. `npx vitest run src/http -u` writes this page.'
    const page = ['# Error codes', '', intro, '', '| Code | Status | What to do |', '|---|---|---|', ...rows, ''].join(
      '\n',
    )
    await expect(page).toMatchFileSnapshot('../../docs/errors.md')
  })
})
