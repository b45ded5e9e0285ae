import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openPostgres } from '#store/postgres/open-postgres'
import { codeOf } from './house.testkit.ts'
import { openDeployHouse, type DeployHouse } from './deployments.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: DeployHouse
let deploymentId: string
let versionId: string
let deployKey: string
beforeAll(async () => {
  at = await openDeployHouse()
  const run = await at.deployed(crashTable(), 'label')
  deploymentId = run.results.deployment_id ?? ''
  versionId = run.results.version_id ?? ''
  deployKey = (await at.client.deployments.createDeployKey({ deployment_id: deploymentId })).deploy_key
})
afterAll(() => at.close())

const row = { amount: '50', visits: 3, colour: 'blue' }
const statusAt = async (url: string) => (await fetch(`${url}/v1/predict`, { method: 'POST', headers: { api_key: deployKey, 'content-type': 'application/json' }, body: JSON.stringify([row]) })).status

describe('a stop button', () => {
  test('of one deployment refuses predictions in every process, or answers the fallback that was set', async () => {
    const { deployments } = at.client
    const other = await at.another()
    const both = async () => [await statusAt(at.url), await statusAt(other.url)]
    const [before] = await at.client.predict([row], { deployKey })
    expect(await both()).toEqual([200, 200])
    expect(await deployments.stop(deploymentId, 'scores look wrong')).toMatchObject({ status: 'stopped' })
    await expect.poll(both, { timeout: 5_000, interval: 20 }).toEqual([409, 409])
    expect(await codeOf(at.client.predict([row], { deployKey }))).toBe('DEPLOYMENT_STOPPED')
    expect(await codeOf(at.client.predictFile(versionId, new TextEncoder().encode('visits\n1\n')))).toBe('DEPLOYMENT_STOPPED')
    expect(await codeOf(at.client.scoring.startFile(new TextEncoder().encode('visits\n1\n'), { deploymentId }))).toBe('DEPLOYMENT_STOPPED')
    expect(await codeOf(deployments.setFallback(deploymentId, 'maybe'))).toBe('VALIDATION_FAILED')
    expect(await codeOf(deployments.setFallback(deploymentId, 0))).toBe('VALIDATION_FAILED')
    await deployments.setFallback(deploymentId, 'no')
    await expect.poll(both, { timeout: 5_000, interval: 20 }).toEqual([200, 200])
    expect(await at.client.predict([row, 3 as never], { deployKey })).toEqual([0, 1].map((index) => ({ index, partition: '__dataset__', score: null, pred: 'no', fallback: true })))
    expect(await at.client.predictFile(versionId, new TextEncoder().encode('visits\n1\n'))).toEqual([{ index: 0, partition: '__dataset__', score: null, pred: 'no', fallback: true }])
    expect((await deployments.list(at.teamId)).find(({ deployment_id }) => deployment_id === deploymentId)).toMatchObject({ active: true, stopped_by: 'owner', fallback: 'no' })
    expect(await deployments.activate(deploymentId)).toMatchObject({ status: 'stopped' })
    expect(await deployments.resume(deploymentId, 'fixed upstream')).toMatchObject({ status: 'active' })
    await expect.poll(async () => (await at.client.predict([row], { deployKey }))[0], { timeout: 5_000, interval: 20 }).toEqual(before)
  })

  test('of everything is told apart from that of one, and every press is kept with its actor and reason', async () => {
    const { deployments } = at.client
    await deployments.setFallback(deploymentId, null)
    expect(await deployments.stopAll('audit')).toMatchObject({ stopped: true, stopped_by: 'owner' })
    expect(await deployments.stopAll('again')).toMatchObject({ stopped: true })
    await expect.poll(() => statusAt(at.url), { timeout: 5_000, interval: 20 }).toBe(409)
    await deployments.resume(deploymentId)
    expect(await codeOf(at.client.predict([row], { deployKey }))).toBe('DEPLOYMENT_STOPPED')
    expect(await deployments.resumeAll()).toMatchObject({ stopped: false })
    await expect.poll(() => statusAt(at.url), { timeout: 5_000, interval: 20 }).toBe(200)
    const { presses } = await deployments.stops()
    expect(presses.map(({ action, deployment_id, actor, reason }) => [action, deployment_id, actor, reason])).toEqual([
      ['resume', null, 'owner', null],
      ['stop', null, 'owner', 'audit'],
      ['resume', deploymentId, 'owner', 'fixed upstream'],
      ['stop', deploymentId, 'owner', 'scores look wrong'],
    ])
    expect((await at.house.verify()).faults).toEqual([])
  })
})

describe('a file that is scored in the background', () => {
  const lines = Array.from({ length: 1_200 }, (_, i) => [`=id${i}`, i % 90, i % 7, i % 3 === 0 ? 'blue' : 'red'].join(','))
  const csv = ['who,amount,visits,colour', ...lines, '"a ""quoted"", one",1,many,blue'].join('\n')
  const textOf = async (stream: ReadableStream<Uint8Array>) => new Response(stream).text()

  test('gives what predict gives, as CSV and as Parquet, with the columns that are kept', async () => {
    const seen: number[] = []
    const { job_id } = await at.client.scoring.startFile(new Blob([csv]), { deploymentId, fileName: 'new rows.csv', keep: ['who'], showBreakdown: true })
    const job = await at.client.scoring.wait(job_id, { onProgress: ({ progress }) => void seen.push(progress) })
    expect(job).toMatchObject({ status: 'done', rows: 1_201, rows_done: 1_201, progress: 1, version_id: versionId, error: null })
    const result = await textOf(await at.client.scoring.result(job_id))
    const written = result.trimEnd().split('\n')
    expect(written).toHaveLength(1_202)
    expect(written[0]).toMatch(/^"row","who","prediction","probability","score","contribution_base_value",.*"warnings","error"$/)
    const [said] = await at.client.predict([{ amount: 5, visits: 5, colour: 'red' }], { deployKey, showBreakdown: true })
    expect(written[6]).toBe(`5,"=id5","${said?.pred}",${said?.proba},${said?.score},${Object.values(said?.breakdown ?? {}).join(',')},,`)
    expect(job.rows_failed).toBe(1)
    expect(written.at(-1)).toMatch(/^1200,"a ""quoted"", one",,,,.*"column ""visits"": expected a number, received ""many""\."$/)
    const escaped = await textOf(await at.client.scoring.result(job_id, { escapeFormulas: true }))
    expect(escaped.replaceAll(`"'=id`, '"=id')).toBe(result)
    expect(escaped).toContain(`5,"'=id5",`)
    const parquet = new Blob([await new Response(await at.client.scoring.result(job_id, { format: 'parquet' })).arrayBuffer()])
    const { dataset_id } = await at.client.datasets.upload(parquet, { name: 'scored', fileName: 'scored.parquet' })
    const [sixth] = await at.client.datasets.preview(dataset_id, { rows: 1, offset: 5, sample: false })
    expect(sixth).toMatchObject({ row: 5, who: '=id5', prediction: said?.pred, probability: said?.proba, score: said?.score, error: null })
    expect(await at.client.scoring.delete(job_id)).toMatchObject({ status: 'deleted' })
    expect(await codeOf(at.client.scoring.get(job_id))).toBe('NOT_FOUND')
  })

  test('is refused where it cannot be, and ends where it is cancelled', async () => {
    const { dataset_id } = await at.client.datasets.upload(new Blob([csv]), { name: 'rows', fileName: 'rows.csv' })
    const { scoring } = at.client
    expect(await codeOf(scoring.start({ deployment_id: crypto.randomUUID(), dataset_id }))).toBe('NOT_FOUND')
    expect(await codeOf(scoring.start({ deployment_id: deploymentId, dataset_id: crypto.randomUUID() }))).toBe('DATASET_NOT_FOUND')
    expect(await codeOf(scoring.start({ deployment_id: deploymentId, dataset_id, keep: ['nowhere'] }))).toBe('VALIDATION_FAILED')
    const { job_id } = await scoring.start({ deployment_id: deploymentId, dataset_id })
    const cancelled = await scoring.cancel(job_id)
    expect(['cancelled', 'done']).toContain(cancelled.status)
    const ended = await scoring.wait(job_id)
    expect(ended.status).toBe(cancelled.status)
    if (ended.status === 'cancelled') expect(await codeOf(scoring.result(job_id))).toBe('SCORING_JOB_NOT_DONE')
    expect((await scoring.list()).map((job) => job.job_id)).toContain(job_id)
  })
})

test('a job that a process left behind is taken up by the next one, and given up after three beginnings', async () => {
  const { dataset_id } = await at.client.datasets.upload(new Blob(['amount,visits,colour\n1,2,blue\n3,4,red\n']), { name: 'left', fileName: 'left.csv' })
  const { job_id } = await at.client.scoring.start({ deployment_id: deploymentId, dataset_id })
  expect((await at.client.scoring.wait(job_id)).status).toBe('done')
  const postgres = await openPostgres({ dataDir: at.dataDir, fast: true })
  const connection = new pg.Client({ ...postgres.config })
  await connection.connect()
  const left = async (attempts: number) => {
    const id = crypto.randomUUID()
    await connection.query(
      'insert into signalbox.scoring_job (job_id, team_id, deployment_id, version_id, dataset_id, request, status, rows, attempts, created_by, created_at, started_at) select $1, team_id, deployment_id, version_id, dataset_id, request, $2, rows, $3, created_by, now(), now() from signalbox.scoring_job where job_id = $4',
      [id, 'running', attempts, job_id],
    )
    return id
  }
  try {
    const [taken, givenUp] = [await left(1), await left(3)]
    await at.another()
    expect(await at.client.scoring.wait(taken)).toMatchObject({ status: 'done', rows_done: 2 })
    expect(await at.client.scoring.wait(givenUp)).toMatchObject({ status: 'failed', error: { code: 'INTERNAL', message: expect.stringContaining('begun 3 times') } })
  } finally {
    await connection.end()
    await postgres.close()
  }
})

test('the metrics say what was answered, and are for those with a key', async () => {
  await at.client.predict([row, { visits: 'many' }], { deployKey })
  expect((await fetch(`${at.url}/metrics`)).status).toBe(401)
  const answer = await fetch(`${at.url}/metrics`, { headers: { authorization: `Bearer ${at.apiKey}` } })
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await answer.text()
  for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(?:# (?:HELP|TYPE) [a-z_0-9]+ .+|[a-z_0-9]+(?:\{(?:[a-z_]+="(?:[^"\\]|\\.)*",?)+\})? -?[0-9.e+-]+)$/)
  const value = (start: string) => Number(text.split('\n').find((line) => line.startsWith(start))?.split(' ').at(-1))
  expect(value(`signalbox_predictions_total{deployment_id="${deploymentId}",outcome="unreadable"}`)).toBeGreaterThanOrEqual(1)
  expect(value('signalbox_runs{status="completed"}')).toBe(1)
  expect(value('signalbox_deployments{state="active"}')).toBe(1)
  const all = 'signalbox_http_request_duration_seconds_bucket{method="POST",route="/v1/predict",status="200",le="+Inf"}'
  expect(value(all)).toBe(value('signalbox_http_request_duration_seconds_count{method="POST",route="/v1/predict",status="200"}'))
  for (const name of ['process_resident_memory_bytes', 'nodejs_eventloop_lag_p99_seconds', 'signalbox_queue_depth{state="waiting"}', 'signalbox_jobs_open{kind="scoring"}']) expect(value(name)).toBeGreaterThanOrEqual(0)
  expect(text).not.toContain(at.apiKey)
  expect(await (await fetch(`${at.url}/readyz`)).json()).toEqual({ status: 'ok', checks: { database: true, queue: true, disk: true } })
})
