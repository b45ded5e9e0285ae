import { describe, expect, it } from 'vitest'
import { startServer } from './http-server.testkit.ts'
import { id, key } from './signalbox.testkit.ts'

describe('closing', () => {
  it('lets an answer that has begun end, and then takes no more', async () => {
    const server = await startServer()
    let finish = () => {}
    const held = new Promise<void>((resolve) => {
      finish = resolve
    })
    server.state.rows = (async function* () {
      yield 'first\n'
      await held
      yield 'last\n'
    })()
    const response = await fetch(`${server.url}/v1/datasets/${id(7)}/download`, { headers: { api_key: key } })
    const closed = server.close()
    finish()
    expect(await response.text()).toBe('first\nlast\n')
    await closed
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow()
  })
})
