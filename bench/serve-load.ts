import { createRequire } from 'node:module'

/** What a server answers of one request again and again. */
export interface Target {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface Load {
  /** Mean over the seconds of the run. */
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Answers that were no 200, and requests without an answer. */
  readonly failed: number
}

interface Result {
  readonly requests: { readonly average: number }
  readonly latency: { readonly p50: number; readonly p99: number }
  readonly non2xx: number
  readonly errors: number
}

type Autocannon = (options: Readonly<Record<string, unknown>>) => Promise<Result>
const autocannon = createRequire(import.meta.url)('autocannon') as Autocannon

/** Puts a server under load; with a rate, so many requests a second and no more. */
export async function load({ url, headers, body }: Target, { seconds, connections, rate }: { seconds: number; connections: number; rate?: number }): Promise<Load> {
  const limit = rate === undefined ? {} : { overallRate: rate }
  const { requests, latency, non2xx, errors } = await autocannon({ url, method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body, connections, duration: seconds, ...limit })
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99, failed: non2xx + errors }
}

/** Milliseconds of the fastest of some requests with a large body. */
export async function fastestRequest({ url, headers, body }: Target, repeats: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let i = 0; i < repeats; i++) {
    const began = performance.now()
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })
    if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`)
    await answer.arrayBuffer()
    best = Math.min(best, performance.now() - began)
  }
  return best
}
