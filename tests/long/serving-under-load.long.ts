import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PredictionAnswer } from '#wire/prediction'
import { openDeployHouse, type DeployHouse } from '../deployments.testkit.ts'
import { endOf } from '../house.testkit.ts'
import { crashTable } from './crash-table.ts'

let at: DeployHouse
let deploymentId: string
let versions: [string, string]
let replica: { child: ChildProcess; url: string }
beforeAll(async () => {
  at = await openDeployHouse()
  const first = await at.deployed(crashTable(), 'label')
  deploymentId = first.results.deployment_id ?? ''
  const { run_id } = await at.client.agentic.retrain(first.run_id, { parameters: { max_bins: 8 } }).catch(() => at.client.agentic.retrain(first.run_id, { monotonic_constraints: { visits: 'increasing' } }))
  const second = await endOf(at.client, run_id)
  versions = [first.results.version_id ?? '', second.results.version_id ?? '']
  replica = await startReplica(at.dataDir)
})
afterAll(async () => {
  const gone = new Promise((resolve) => replica.child.once('exit', resolve))
  replica.child.kill('SIGINT')
  await gone
  await at.close()
})

/** A second server process on the same Postgres. */
async function startReplica(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  const command = fileURLToPath(new URL('../../src/cli/signalbox.ts', import.meta.url))
  const child = spawn(process.execPath, [command, 'serve', '--port', '0', '--workers', '0', '--data-dir', dataDir, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
  if (child.stdout === null) throw new Error('the replica has no output')
  for await (const line of createInterface({ input: child.stdout })) return { child, url: JSON.parse(line).url }
  throw new Error('the replica ended before it was ready')
}

const row = { amount: '50', visits: 3, colour: 'blue' }

interface Seen {
  readonly sent: number
  readonly status: number
  readonly answered: number
  readonly score: number | null
  readonly code: string | null
}

/** Asks both processes at a steady rate and keeps what each request came to. */
function underLoad(deployKey: string, perSecond: number): { stop(): Promise<Seen[]> } {
  const seen: Promise<Seen>[] = []
  const urls = [at.url, replica.url]
  async function ask(url: string): Promise<Seen> {
    const sent = performance.now()
    const answer = await fetch(`${url}/v1/predict`, { method: 'POST', headers: { api_key: deployKey, 'content-type': 'application/json' }, body: JSON.stringify([row]) })
    const body = (await answer.json()) as PredictionAnswer[] | { error: { code: string } }
    const score = Array.isArray(body) ? (body[0]?.score ?? null) : null
    return { sent, status: answer.status, answered: performance.now(), score, code: Array.isArray(body) ? null : body.error.code }
  }
  let owed = 0
  const timer = setInterval(() => {
    // As many as the rate owes, however late the timer comes.
    for (owed += perSecond / 100; owed >= 1; owed--) seen.push(ask(urls[seen.length % 2] ?? at.url))
  }, 10)
  return {
    async stop() {
      clearInterval(timer)
      return Promise.all(seen)
    },
  }
}

const settle = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Everywhere, a change holds from a second after it was answered. */
const everywhere = 1_000

interface Change {
  readonly began: number
  readonly done: number
}

async function timed(work: () => Promise<unknown>): Promise<Change> {
  const began = performance.now()
  await work()
  return { began, done: performance.now() }
}

test('repointing under load of 500 requests a second loses none, and each is answered by a version that was in use', async () => {
  const { deploy_key } = await at.client.deployments.createDeployKey({ deployment_id: deploymentId })
  const scoreOf = async (version: string) => {
    await at.client.deployments.repoint(deploymentId, version)
    let score: number | null | undefined
    await expect.poll(async () => (score = (await at.client.predict([row], { deployKey: deploy_key }))[0]?.score), { timeout: 5_000 }).toBeTypeOf('number')
    await settle(everywhere)
    return (await at.client.predict([row], { deployKey: deploy_key }))[0]?.score ?? score
  }
  const scores = [await scoreOf(versions[1]), await scoreOf(versions[0])].toReversed()
  expect(scores[0]).not.toBe(scores[1])
  const load = underLoad(deploy_key, 500)
  const changes: (Change & { score: number | null | undefined })[] = [{ began: 0, done: 0, score: scores[0] }]
  for (const side of [1, 0, 1]) {
    await settle(2_000)
    changes.push({ ...(await timed(() => at.client.deployments.repoint(deploymentId, versions[side] ?? ''))), score: scores[side] })
  }
  await settle(2_000)
  const seen = await load.stop()
  expect(seen.length).toBeGreaterThan(2_500)
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]))
  for (const { sent, answered, score } of seen) {
    const allowed = changes.filter(({ began }, i) => began <= answered && (changes[i + 1]?.done ?? Number.POSITIVE_INFINITY) + everywhere >= sent).map((change) => change.score)
    expect(allowed).toContain(score)
  }
})

test('deactivating and revoking under load: every request is answered, and none is predicted a second after', async () => {
  const made = await at.client.deployments.createDeployKey({ deployment_id: deploymentId })
  const load = underLoad(made.deploy_key, 500)
  await settle(1_500)
  const off = await timed(() => at.client.deployments.deactivate(deploymentId))
  await settle(2_500)
  const on = await timed(() => at.client.deployments.activate(deploymentId))
  await settle(2_500)
  const revoked = await timed(() => at.client.deployments.revokeDeployKey({ deployment_id: deploymentId, key_id: made.key_id }))
  await settle(2_500)
  const seen = await load.stop()
  const within = (from: number, to: number) => new Set(seen.filter(({ sent, answered }) => sent >= from && answered <= to).map(({ status, code }) => `${status} ${code ?? ''}`.trim()))
  expect(within(0, off.began)).toEqual(new Set(['200']))
  expect(within(off.done + everywhere, on.began)).toEqual(new Set(['409 DEPLOYMENT_INACTIVE']))
  expect(within(on.done + everywhere, revoked.began)).toEqual(new Set(['200']))
  expect(within(revoked.done + everywhere, Number.POSITIVE_INFINITY)).toEqual(new Set(['401 UNAUTHENTICATED']))
  expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200, 409, 401]))
})
