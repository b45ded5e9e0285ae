import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { nextLines } from '#cli/next-lines'
import { predictionsAnswerSchema } from '#wire/prediction'
import type { RunStateAnswer } from '#wire/run-state'
import { openDeployHouse, type DeployHouse } from './deployments.testkit.ts'
import { codeOf } from './house.testkit.ts'
import { crashTable } from './long/crash-table.ts'

let at: DeployHouse
let run: RunStateAnswer
let deploymentId: string
let versionId: string
let deployKey: string
beforeAll(async () => {
  at = await openDeployHouse()
  run = await at.deployed(crashTable(), 'label')
  deploymentId = run.results.deployment_id ?? ''
  versionId = run.results.version_id ?? ''
  deployKey = (await at.client.deployments.createDeployKey({ deployment_id: deploymentId, description: 'test' })).deploy_key
})
afterAll(() => at.close())

/** The rows as they stand in the file, every cell as its text. */
function fileRows(): Record<string, string | null>[] {
  const [header = '', ...lines] = crashTable().split('\n')
  const names = header.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell === '' ? null : cell])))
}

const sealed = fileRows().filter((_, row) => row % 5 === 4)
const raw = (path: string, init: RequestInit = {}) => fetch(at.url + path, { method: 'POST', ...init, headers: { api_key: deployKey, 'content-type': 'application/json', ...init.headers } })

describe('predictions over HTTP', () => {
  test('equal those of training on every sealed row, as JSON and as a file', async () => {
    const said = await at.client.predict(sealed, { deployKey })
    const trained = at.sealedProbabilities()
    expect(said).toHaveLength(120)
    expect(trained).toHaveLength(120)
    for (const [row, { proba, index }] of said.entries()) {
      expect(index).toBe(row)
      expect(Math.abs((proba ?? Number.NaN) - (trained[row] ?? 9))).toBeLessThanOrEqual(1e-12)
    }
    const csv = ['amount,visits,colour', ...sealed.map(({ amount, visits, colour }) => [amount, visits, colour ?? ''].join(','))].join('\n')
    expect(await at.client.predictFile(versionId, new TextEncoder().encode(csv))).toEqual(said)
    const right = said.filter(({ pred }, row) => pred === sealed[row]?.label).length
    expect(right / 120).toBeCloseTo(run.results.metrics.accuracy ?? 0, 12)
  })

  test('take the threshold that is asked for, and add up where the parts are asked for', async () => {
    const rows = sealed.slice(0, 20)
    const all = await at.client.predict(rows, { deployKey, threshold: 0 })
    expect(new Set(all.map(({ pred }) => pred))).toEqual(new Set(['yes']))
    for (const { score, breakdown = {} } of await at.client.predict(rows, { deployKey, showBreakdown: true })) {
      expect(Object.keys(breakdown)).toEqual(expect.arrayContaining(['base_value', 'amount', 'visits']))
      expect(Object.values(breakdown).reduce((sum, part) => sum + part, 0)).toBeCloseTo(score ?? Number.NaN, 12)
    }
  })

  test('ignore the label and what the model does not know, forgive case, and miss what is not there', async () => {
    const [plain] = await at.client.predict([{ amount: '50', visits: 3, colour: null }], { deployKey })
    const [odd] = await at.client.predict([{ ' Amount': 50, VISITS: '3', colour: null, label: { not: 'read' }, weight: [1] }], { deployKey })
    expect(odd).toEqual(plain)
  })

  test('answer a row that cannot be read in its place, and the others as if it were not there', async () => {
    const good = { amount: '1', visits: 1, colour: 'blue' }
    const answer = await raw('/v1/predict', { body: JSON.stringify([good, { ...good, visits: 'many' }, 3, { weight: 1 }, [], null, good]) })
    expect(answer.status).toBe(200)
    const said = predictionsAnswerSchema.parse(await answer.json())
    expect(said.map(({ index, error }) => [index, error?.code, error?.column])).toEqual([
      [0, undefined, undefined], [1, 'ROW_UNREADABLE', 'visits'], [2, 'ROW_UNREADABLE', null], [3, 'ROW_UNREADABLE', null], [4, 'ROW_UNREADABLE', null], [5, 'ROW_UNREADABLE', null], [6, undefined, undefined],
    ])
    expect(said[1]).toMatchObject({ score: null, pred: null, error: { message: 'column "visits": expected a number, received "many".' } })
    expect(said[6]).toEqual({ ...said[0], index: 6 })
  })

  test('tell what is odd about a row that is scored all the same', async () => {
    const [odd, range] = await at.client.predict([{ amount: '1', colour: 'octarine' }, { amount: '1', visits: 1e6, colour: 'blue' }], { deployKey })
    expect(odd?.warnings?.map(({ code, column }) => [code, column])).toEqual([['MISSING_COLUMN', 'visits'], ['UNKNOWN_CATEGORY', 'colour']])
    expect(odd?.warnings?.[1]?.message).toContain('"octarine"')
    expect(range?.warnings).toEqual([{ code: 'OUT_OF_RANGE', column: 'visits', message: expect.stringMatching(/^1000000 lies outside the training range of "visits", \d+ to \d+\.$/) }])
    for (const { proba } of [odd, range].flatMap((one) => one ?? [])) expect(proba).toBeGreaterThan(0)
  })

  test('refuse what is no list of rows', async () => {
    const refused = { '{"amount": 1}': 'BODY_NOT_JSON', '[{]': 'BODY_NOT_JSON' }
    for (const [body, code] of Object.entries(refused)) {
      expect(await (await raw('/v1/predict', { body })).json()).toMatchObject({ error: { code } })
    }
    expect(await (await raw('/v1/predict?threshold=2', { body: '[]' })).json()).toMatchObject({ error: { code: 'VALIDATION_FAILED' } })
    expect(await (await raw('/v1/predict', { body: '[]' })).json()).toEqual([])
  })

  test('of many rows come whole, and more than the limit are refused', async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => sealed[i % 120] ?? {})
    const said = await at.client.predict(many, { deployKey })
    expect(said).toHaveLength(20_000)
    expect(said.at(-1)).toEqual({ ...said[19_999 % 120], index: 19_999 })
    const tooMany = await raw('/v1/predict', { body: `[${Array(100_001).fill('{"visits":1}').join(',')}]` })
    expect(tooMany.status).toBe(413)
    expect(await tooMany.json()).toMatchObject({ error: { code: 'TOO_MANY_ROWS', suggestion: expect.stringContaining('/v1/scoring/jobs') } })
  })
})

describe('a deployment that changes', () => {
  test('shows rows that predict accepts as they are', async () => {
    const payload = await at.client.deployments.payload(deploymentId)
    expect(Object.keys(payload[0] ?? {})).toEqual(['amount', 'visits', 'colour'])
    expect(await at.client.predict(payload, { deployKey })).toHaveLength(payload.length)
  })

  test('stops and goes on answering in every process', async () => {
    const other = await at.another()
    const predict = (url: string) => fetch(`${url}/v1/predict`, { method: 'POST', headers: { api_key: deployKey, 'content-type': 'application/json' }, body: '[{"visits": 1}]' })
    const statuses = async () => [(await predict(at.url)).status, (await predict(other.url)).status]
    expect(await statuses()).toEqual([200, 200])
    expect(await at.client.deployments.deactivate(deploymentId)).toEqual({ deployment_id: deploymentId, version_id: versionId, status: 'inactive' })
    await expect.poll(statuses, { timeout: 5_000, interval: 20 }).toEqual([409, 409])
    expect(await codeOf(at.client.predictFile(versionId, new TextEncoder().encode('visits\n1\n')))).toBe('DEPLOYMENT_INACTIVE')
    await at.client.deployments.activate(deploymentId)
    await expect.poll(statuses, { timeout: 5_000, interval: 20 }).toEqual([200, 200])
  })

  test('knows its keys, and a revoked, expired or unknown one is refused', async () => {
    const { deployments } = at.client
    const before = await deployments.activeKeys(at.teamId)
    const made = await deployments.createDeployKey({ deployment_id: deploymentId, description: 'for one', days_until_expiry: 1 })
    expect(made.deploy_key).toMatch(/^[0-9a-f-]{36}$/)
    expect(await deployments.activeKeys(at.teamId)).toBe(before + 1)
    expect(await at.client.predict([{ visits: 1 }], { deployKey: made.deploy_key })).toHaveLength(1)
    await deployments.revokeDeployKey({ deployment_id: deploymentId, key_id: made.key_id })
    await expect.poll(() => codeOf(at.client.predict([{ visits: 1 }], { deployKey: made.deploy_key })), { timeout: 5_000 }).toBe('UNAUTHENTICATED')
    const keys = await deployments.deployKeys(deploymentId)
    expect(keys.find(({ key_id }) => key_id === made.key_id)).toMatchObject({ description: 'for one', revoked: true, created_by: 'owner' })
    expect(JSON.stringify(keys)).not.toContain(made.deploy_key)
    const brief = await deployments.createDeployKey({ deployment_id: deploymentId, days_until_expiry: 1e-9 })
    expect(await codeOf(at.client.predict([{ visits: 1 }], { deployKey: brief.deploy_key }))).toBe('UNAUTHENTICATED')
    expect(await codeOf(at.client.predict([{ visits: 1 }], { deployKey: crypto.randomUUID() }))).toBe('UNAUTHENTICATED')
  })

  test('is made once a version, inactive, and not of what is not there', async () => {
    const { deployments } = at.client
    expect(await deployments.create(versionId)).toEqual({ deployment_id: deploymentId, active: true })
    expect(await codeOf(deployments.create(crypto.randomUUID()))).toBe('NOT_FOUND')
    expect(await codeOf(deployments.create('latest'))).toBe('NOT_FOUND')
    expect(await codeOf(deployments.activate(crypto.randomUUID()))).toBe('NOT_FOUND')
    expect(await deployments.repoint(deploymentId, versionId)).toMatchObject({ status: 'active' })
  })
})

/** The words of a line, as a shell splits them. */
function shellWords(line: string): string[] {
  return execFileSync('sh', ['-c', `for word in ${line}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

test('the lines at the end of a run work as they are printed, also with quotes in the table', async () => {
  const odd = await at.deployed(crashTable().replaceAll('red', "it's $HOME `red`"), 'label')
  const lines = (await nextLines({ client: at.client, ended: odd, url: at.url, host: '127.0.0.1', dataDir: "/tmp/a b's" })).split('\n')
  const serve = lines.find((line) => line.includes('npx')) ?? ''
  expect(shellWords(serve)).toEqual(['npx', 'signalbox', 'serve', '--data-dir', "/tmp/a b's", '--port', new URL(at.url).port])
  const [curl, , url = '', , key = '', , type = '', data, body = ''] = shellWords(lines.find((line) => line.includes('/v1/predict')) ?? '')
  expect([curl, data, type]).toEqual(['curl', '-d', 'content-type: application/json'])
  const answer = await fetch(url, { method: 'POST', headers: { api_key: key.replace('api_key: ', ''), 'content-type': 'application/json' }, body })
  expect([answer.status, await answer.json()]).toEqual([200, [expect.objectContaining({ index: 0 })]])
  expect(body).toContain("it's $HOME `red`")
})

test('a model tells its versions, curves, evaluation and features', async () => {
  const { models } = at.client
  const modelId = run.results.model_id ?? ''
  expect(await models.list(at.teamId)).toContainEqual(
    expect.objectContaining({ model_id: modelId, model_type: 'binary_classification', target_name: 'label', deployment_id: deploymentId, active_version: versionId, deployed: true, number_of_versions: 1 }),
  )
  expect(await models.get(modelId)).toMatchObject({ model_id: modelId, model_name: 'deployed' })
  expect(await models.versions(modelId)).toEqual([
    expect.objectContaining({ version_id: versionId, version_number: 1, status: 'approved', partitions: 1, model_hash: run.results.model_hash, test_metrics: run.results.metrics }),
  ])
  const { partitions } = await models.partitions(versionId)
  expect(partitions).toEqual([{ partition_id: versionId, partition: '__dataset__', train_rows: 480, test_rows: 120 }])
  expect(await models.partitions('latest')).toMatchObject({ partitions: [{ partition: '__dataset__' }] })
  expect(await models.evaluation(versionId)).toMatchObject({ task: 'binary', label: 'label' })
  expect((await models.profile(versionId)).terms.length).toBeGreaterThan(1)
  const info = await models.featureInfo(versionId)
  expect(info.raw_columns.map(({ name }) => name)).toEqual(['amount', 'visits', 'colour'])
  expect(info.features.find(({ name }) => name === 'colour')).toMatchObject({ kind: 'category', levels: expect.arrayContaining(['blue']) })
  expect(await codeOf(models.get(crypto.randomUUID()))).toBe('NOT_FOUND')
})

test('an ungated run without auto_deploy deploys a model that rests; deleted, it is gone and its history stays', async () => {
  const resting = await at.deployed(crashTable().replace('amount', 'sum'), 'label', false)
  const id = resting.results.deployment_id ?? ''
  const { deploy_key } = await at.client.deployments.createDeployKey({ deployment_id: id })
  expect(await codeOf(at.client.predict([{ visits: 1 }], { deployKey: deploy_key }))).toBe('DEPLOYMENT_INACTIVE')
  expect(await at.client.deployments.delete(id)).toMatchObject({ status: 'deleted' })
  expect(await codeOf(at.client.predict([{ visits: 1 }], { deployKey: deploy_key }))).toBe('UNAUTHENTICATED')
  expect(await codeOf(at.client.deployments.payload(id))).toBe('NOT_FOUND')
  expect(await codeOf(at.client.predictFile(resting.results.version_id ?? '', new TextEncoder().encode('visits\n1\n')))).toBe('VERSION_NOT_DEPLOYED')
  expect((await at.client.deployments.list(at.teamId)).map(({ deployment_id }) => deployment_id)).not.toContain(id)
  expect(await codeOf(at.client.agentic.deleteRun(run.run_id))).toBe('DEPLOYMENT_ACTIVE')
  expect((await at.house.verify()).faults).toEqual([])
})

test('rows are scored as the file wrote them: with decimal commas, and days before months', { timeout: 120_000 }, async () => {
  const lines = Array.from({ length: 240 }, (_, i) => {
    const day = `${(i % 28) + 1}.${(i % 12) + 1}.2024`
    return `${i % 40},5;${day};${(i * 7) % 40 < 20 ? 'a' : 'b'};${i % 40 < 20 !== (i % 9 === 0) ? 'yes' : 'no'}`
  })
  const run = await at.deployed(['price;day;kind;label', ...lines].join('\n'), 'label')
  const { deploy_key } = await at.client.deployments.createDeployKey({ deployment_id: run.results.deployment_id ?? '' })
  const scores = async (rows: readonly Record<string, unknown>[]) => (await at.client.predict([...rows], { deployKey: deploy_key })).map(({ proba }) => proba)
  const plain = await scores([{ price: 3.5, day: '2024-02-01', kind: 'a' }, { price: 33.5, day: '2024-01-02', kind: 'b' }])
  expect(await scores([{ price: '3,5', day: '1.2.2024', kind: 'a' }, { price: '33,5', day: '2.1.2024', kind: 'b' }])).toEqual(plain)
  expect(plain[0]).not.toBe(plain[1])
  const csv = new TextEncoder().encode('price;day;kind\n3,5;1.2.2024;a\n33,5;2.1.2024;b\n')
  expect((await at.client.predictFile(run.results.version_id ?? '', csv)).map(({ proba }) => proba)).toEqual(plain)
})
