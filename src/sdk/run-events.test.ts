import { describe, expect, it } from 'vitest'
import { Signalbox } from './client.ts'

const runId = '00000000-0000-4000-8000-000000000001'
const event = (seq: number) => `id: ${seq}\nevent: run-paused\ndata: ${JSON.stringify({ seq, type: 'run-paused', at: '2026-01-02T03:04:05.000Z', actor: { kind: 'engine', name: 'engine' }, phase: null, payload: {} })}\n\n`
const end = 'event: end\ndata: {"type":"end","status":"completed"}\n\n'

/** A stream of these pieces; it breaks at the end where it is told to. */
function stream(pieces: readonly (string | Uint8Array)[], breaks = false): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const piece of pieces) controller.enqueue(typeof piece === 'string' ? new TextEncoder().encode(piece) : piece)
      if (breaks) setTimeout(() => controller.error(new TypeError('terminated')), 5)
      else controller.close()
    },
  })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
}

function clientOver(answers: (() => Response)[]) {
  const asked: string[] = []
  const client = new Signalbox({
    baseUrl: 'http://signalbox.test',
    apiKey: 'sb_key',
    fetch: async (url) => {
      asked.push(new URL(String(url)).search)
      const answer = answers.shift()
      if (answer === undefined) throw new TypeError('fetch failed')
      return answer()
    },
  })
  return { client, asked }
}

async function numbers(client: Signalbox, after?: number): Promise<number[]> {
  const seen: number[] = []
  for await (const one of client.agentic.events(runId, after === undefined ? {} : { after })) if ('seq' in one) seen.push(one.seq)
  return seen
}

describe('the events of a run', () => {
  it('come once each and in order, over connections that break or end', async () => {
    const { client, asked } = clientOver([() => stream([': hello\n\n', event(1), event(2)], true), () => stream([event(3)]), () => stream([event(4), end])])
    expect(await numbers(client)).toEqual([1, 2, 3, 4])
    expect(asked).toEqual(['?after=0', '?after=2', '?after=3'])
  })

  it('are read however the bytes are cut, and an event that is cut off by the end is asked for again', async () => {
    const bytes = new TextEncoder().encode(`${event(1)}${event(2)}`.replaceAll('engine"}', 'ä💥"}'))
    const pieces = Array.from(bytes, (byte) => new Uint8Array([byte]))
    const { client } = clientOver([() => stream([...pieces.slice(0, -10)]), () => stream([event(2).replaceAll('\n', '\r\n'), end])])
    expect(await numbers(client)).toEqual([1, 2])
  })

  it('begin after a number, pass over frames of a kind that is not known, and stop with the signal', async () => {
    const { client, asked } = clientOver([() => stream(['event: new\ndata: {"type":"new"}\n\n', event(8), end])])
    expect(await numbers(client, 7)).toEqual([8])
    expect(asked).toEqual(['?after=7'])
    const stopped = clientOver([() => stream([event(1)], true)])
    const controller = new AbortController()
    const reading = (async () => {
      for await (const _ of stopped.client.agentic.events(runId, { signal: controller.signal })) controller.abort(new Error('enough'))
    })()
    await expect(reading).rejects.toThrow('enough')
  })

  it('fail at once where the run is not there', async () => {
    const error = { code: 'NOT_FOUND', message: 'There is no such run.', suggestion: 'Look.', source: 'signalbox' }
    const { client } = clientOver([() => new Response(JSON.stringify({ detail: 'x', error }), { status: 404 })])
    await expect(numbers(client)).rejects.toMatchObject({ status: 404, code: 'NOT_FOUND' })
  })
})
