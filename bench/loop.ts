import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { ownerKey } from '#cli/owner-key'
import { openHouse } from '#main'
import { Signalbox } from '#sdk/client'

interface Measured {
  readonly delays: { readonly p50: number; readonly p99: number; readonly max: number }
  readonly pings: { readonly p50: number; readonly p99: number; readonly max: number }
}

/** How long the HTTP loop waits while runs are computed, beside the same server at rest. */
export async function benchLoop(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'signalbox-bench-'))
  const house = await openHouse({ dataDir })
  try {
    const apiKey = await ownerKey(house, dataDir)
    await house.work(2)
    const { url } = await house.serve({ port: 0, host: '127.0.0.1' })
    const client = new Signalbox({ baseUrl: url, apiKey })
    const rest = await measure(url, new Promise((resolve) => setTimeout(resolve, 3_000)))
    const { dataset_id } = await client.datasets.upload(new Blob([table(50_000)]), { name: 'bench', fileName: 'bench.csv' })
    const began = performance.now()
    const { run_id } = await client.agentic.startRun({ model_name: 'bench', dataset_id, auto_mode: true, target: 'label' })
    const busy = await measure(url, client.agentic.waitForDecision(run_id))
    const ended = await client.agentic.getRunState(run_id)
    print({ rest, busy, seconds: (performance.now() - began) / 1000, status: ended.status })
  } finally {
    await house.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Pings the server all the while the work lasts. */
async function measure(url: string, work: Promise<unknown>): Promise<Measured> {
  const delay = monitorEventLoopDelay({ resolution: 1 })
  delay.enable()
  let over = false
  void work.finally(() => {
    over = true
  })
  const pings: number[] = []
  while (!over) {
    const sent = performance.now()
    await (await fetch(`${url}/v1/ping`)).text()
    pings.push(performance.now() - sent)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await work
  delay.disable()
  const sorted = pings.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  const ms = (nanoseconds: number) => nanoseconds / 1e6
  return {
    delays: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
    pings: { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? 0 },
  }
}

function print({ rest, busy, seconds, status }: { rest: Measured; busy: Measured; seconds: number; status: string }): void {
  process.stdout.write(`\nHTTP loop while a run of 50,000 rows x 8 columns is computed in the same process (${status} in ${seconds.toFixed(1)} s)\n`)
  process.stdout.write('                       at rest    computing     ratio\n')
  for (const kind of ['delays', 'pings'] as const) {
    for (const at of ['p50', 'p99', 'max'] as const) {
      const [before, during] = [rest[kind][at], busy[kind][at]]
      const name = `${kind === 'delays' ? 'loop delay' : 'ping'} ${at} ms`
      process.stdout.write(`${name.padEnd(20)} ${before.toFixed(2).padStart(9)} ${during.toFixed(2).padStart(12)} ${(during / before).toFixed(1).padStart(9)}\n`)
    }
  }
}

/** Rows whose label hangs on some of the columns, from a fixed sequence. */
function table(rows: number): string {
  let state = 1
  const next = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  const lines = ['age,income,visits,region,plan,score,days,label']
  const regions = ['north', 'south', 'east', 'west']
  for (let i = 0; i < rows; i++) {
    const [age, income, visits, region, score, days] = [18 + next() * 60, 1000 + next() * 9000, Math.floor(next() * 30), regions[Math.floor(next() * 4)], next(), Math.floor(next() * 400)]
    const plan = income > 6000 ? 'plus' : 'basic'
    const label = age / 78 + visits / 40 + (region === 'north' ? 0.3 : 0) + next() > 1.6 ? 'yes' : 'no'
    lines.push(`${age.toFixed(1)},${income.toFixed(0)},${visits},${region},${plan},${score.toFixed(3)},${days},${label}`)
  }
  return lines.join('\n')
}
