import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ErrorCode } from '#core/errors'
import { errorStatus } from './error-status.ts'
import { ask, errorOf, startServer, type TestServer } from './http-server.testkit.ts'

interface Operation {
  readonly parameters?: readonly { readonly in: string }[]
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

const unknown = '00000000-0000-4000-8000-000000000001'

/** Every route of the protocol, as the Python client's script calls them. */
const routes = readFileSync(resolve('tests/python-client/routes.txt'), 'utf8').trim().split('\n')

/** Refusals that the protocol names for a route, besides those that every route of its kind has. */
const named: Readonly<Record<string, readonly ErrorCode[]>> = {
  'POST /v1/agentic/runs': ['DATASET_REQUIRED', 'RUN_ALREADY_STARTED', 'PHASE_PLAN_ORDER', 'PHASE_PLAN_NEEDS', 'VALIDATION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  'POST /v1/agentic/runs/{}/decisions': ['DECISION_NOT_OPEN', 'DECISION_ALREADY_MADE', 'DECISION_STALE', 'DECISION_INVALID', 'CHOICE_OUT_OF_RANGE', 'VALIDATION_FAILED'],
  'POST /v1/agentic/runs/{}/cancel': ['RUN_ENDED'],
  'POST /v1/agentic/runs/{}/skip-phase': ['NOTHING_TO_SKIP'],
  'POST /v1/agentic/runs/{}/resume': ['NOT_PAUSED'],
  'POST /v1/agentic/runs/{}/retrain': ['RUN_NOT_COMPLETED', 'VALIDATION_FAILED'],
  'DELETE /v1/agentic/runs/{}': ['RUN_NOT_ENDED'],
  'POST /v1/datasets/upload': ['FILE_REQUIRED', 'FILE_EMPTY', 'FILE_TOO_LARGE'],
  'POST /v1/autotrain/summarize': ['FILE_REQUIRED', 'FILE_EMPTY', 'FILE_TOO_LARGE'],
  'POST /v1/autotrain/summarize-dataset': ['DATASET_NOT_FOUND'],
  'DELETE /v1/datasets/{}': ['DATASET_IN_USE'],
  'POST /v1/preprocessors/create': ['PREPROCESSOR_NAME_TAKEN', 'custom_steps_disabled', 'client_pipeline_binaries_retired', 'STEP_REFUSED'],
  'POST /v1/preprocessors/add': ['custom_steps_disabled', 'client_pipeline_binaries_retired', 'STEP_REFUSED'],
  'POST /v1/preprocessors/update-version': ['custom_steps_disabled', 'client_pipeline_binaries_retired', 'STEP_REFUSED'],
  'PATCH /v1/deployments/{}/version': ['VERSION_OF_OTHER_MODEL'],
  'POST /v1/predict': ['UNAUTHENTICATED', 'DEPLOYMENT_INACTIVE', 'DEPLOYMENT_STOPPED', 'TOO_MANY_ROWS', 'BODY_TOO_LARGE'],
  'POST /v1/inference/predict/{}': ['VERSION_NOT_DEPLOYED', 'DEPLOYMENT_INACTIVE', 'FILE_REQUIRED'],
  'POST /v1/reports/wizard': ['RUN_NOT_COMPLETED', 'VALIDATION_FAILED'],
  'POST /v1/webhooks': ['WEBHOOK_URL_REFUSED', 'WEBHOOK_ADDRESS_BLOCKED'],
}

const shapeOf = (route: string): string => route.replaceAll(/\{\w+\}/g, '{}')

let server: TestServer
const documented = new Map<string, Operation>()
beforeAll(async () => {
  server = await startServer()
  const document = (await ask(server, 'GET /openapi.json')).body as { paths: Record<string, Record<string, Operation>> }
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) documented.set(shapeOf(`${method.toUpperCase()} ${path}`), operation)
  }
})
afterAll(() => server.close())

describe('the protocol', () => {
  it('has each of its routes in the OpenAPI document, with the statuses that every route can answer', () => {
    const missing = routes.filter((route) => !documented.has(shapeOf(route)))
    expect(missing).toEqual([])
    for (const route of routes) {
      const statuses = Object.keys(documented.get(shapeOf(route))?.responses ?? {})
      expect([route, ...statuses]).toEqual(expect.arrayContaining(['200', '401', '404', '500', '503']))
    }
  })

  it('says at each route which of the refusals that it names the route can answer, under their status', () => {
    for (const [route, codes] of Object.entries(named)) {
      const responses = documented.get(route)?.responses ?? {}
      for (const code of codes) expect([route, code, responses[errorStatus[code]]?.description.includes(`\`${code}\``)]).toEqual([route, code, true])
    }
  })
})

describe('an id of another shape', () => {
  it('is 404 in every path', async () => {
    for (const [route, { parameters }] of documented) {
      if (parameters?.some((parameter) => parameter.in === 'path') !== true) continue
      const answer = await ask(server, route.replaceAll('{}', 'abc'))
      expect([route, answer.status]).toEqual([route, 404])
    }
  })

  it.each([
    ['PATCH /v1/monitors/edit/name', { monitor_id: 'abc', name: 'n' }],
    ['PUT /v1/monitors/monitor-items/add', { monitor_id: 'abc', monitor_items: [] }],
    ['POST /v1/preprocessors/add', { preprocessor_id: 'abc', spec: { version: '2.0', steps: [] } }],
    ['PUT /v1/preprocessors/link-preprocessor', { version_id: 'abc', preprocessor_version_id: 'abc' }],
    ['POST /v1/deployments/create', { model_version_id: 'abc' }],
  ])('is 404 in the body of %s', async (route, json) => {
    expect((await ask(server, route, { json })).status).toBe(404)
  })

  it('is told from a step of a spec, which has a name of its own', async () => {
    const spec = { version: '2.0', steps: [{ id: '', type: 'DropColumnsTransformer', params: {} }] }
    const answer = await ask(server, `POST /v1/agentic/runs/${unknown}/retrain`, { json: { spec } })
    expect([answer.status, errorOf(answer).code]).toEqual([422, 'VALIDATION_FAILED'])
  })
})

describe('a route of the original that is not offered', () => {
  it.each([
    ['POST /v1/autotrain/generate_labels', 'label_selection'],
    ['POST /v1/autotrain/insights', 'pending-decision'],
    ['GET /v1/autotrain/check_training_status', 'GET /v1/agentic/runs/{id}'],
    [`GET /v1/datasets/${unknown}/relationships`, 'monotonic'],
    [`POST /v1/datasets/${unknown}/relationships/infer`, 'monotonic'],
    ['POST /v1/models/create', 'POST /v1/models/v2/train'],
    ['POST /v1/models/v2/add-version', 'POST /v1/models/v2/train'],
    ['POST /v1/models/explain', 'POST /v1/reports/wizard'],
    [`GET /v1/models/${unknown}/versions/${unknown}/full`, 'GET /v1/models/export/{version_id}'],
    [`POST /v1/models/versions/${unknown}/refit`, 'retrain'],
    [`GET /v1/optimisers/models/${unknown}`, 'what-if'],
    [`DELETE /v1/optimisers/${unknown}`, 'what-if'],
    ['POST /v1/portfolio', 'budget'],
    [`GET /v1/preprocessors/versions/${unknown}/pipeline`, 'spec'],
    ['POST /v1/health', 'GET /readyz'],
    ['GET /v1/public-datasets', 'POST /v1/datasets/upload'],
    ['GET /v1/never/heard/of', 'GET /openapi.json'],
  ])('%s is 404 and says what to call instead', async (request, instead) => {
    const answer = await ask(server, request)
    const { code, suggestion } = errorOf(answer)
    expect([answer.status, code]).toEqual([404, 'NOT_OFFERED'])
    expect(suggestion).toContain(instead)
  })

  it('names only routes that are there', () => {
    const source = readFileSync(resolve('src/http/original-routes.ts'), 'utf8')
    const suggested = [...source.matchAll(/(?:instead: '|return ')([^']+)'/g)].flatMap(([, text]) => [...(text ?? '').matchAll(/\b(GET|POST|PUT|PATCH|DELETE) (\/[\w/{}-]+)/g)])
    expect(suggested.length).toBeGreaterThan(20)
    for (const [route] of suggested) expect([route, route === 'GET /readyz' || documented.has(shapeOf(route))]).toEqual([route, true])
  })
})
