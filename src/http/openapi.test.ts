import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ask, startServer, type TestServer } from './http-server.testkit.ts'

const schemaSchema = z.union([z.record(z.string(), z.unknown()), z.boolean()])
const mediaSchema = z.strictObject({ schema: schemaSchema.optional() })
const operationSchema = z.strictObject({
  operationId: z.string(),
  summary: z.string(),
  parameters: z
    .array(
      z.strictObject({
        name: z.string(),
        in: z.enum(['path', 'query', 'header']),
        required: z.boolean().optional(),
        schema: schemaSchema,
      }),
    )
    .optional(),
  requestBody: z
    .strictObject({
      required: z.boolean().optional(),
      content: z.record(z.string(), mediaSchema),
      description: z.string().optional(),
    })
    .optional(),
  responses: z.record(
    z.string().regex(/^[2-5]\d\d$/),
    z.strictObject({ description: z.string().min(1), content: z.record(z.string(), mediaSchema) }),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  'x-error-codes': z.array(z.string()),
})
/** The parts of an OpenAPI 3.1 document that this server uses, closed, so that a misspelt member is seen. */
const documentSchema = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({ title: z.string(), version: z.string(), description: z.string(), license: z.unknown() }),
  servers: z.array(z.strictObject({ url: z.string() })),
  components: z.strictObject({
    schemas: z.record(z.string().regex(/^[\w.-]+$/), schemaSchema),
    securitySchemes: z.record(z.string(), z.unknown()),
  }),
  paths: z.record(
    z.string().startsWith('/'),
    z.partialRecord(z.enum(['get', 'post', 'put', 'patch', 'delete']), operationSchema),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))),
})
type Document = z.infer<typeof documentSchema>

let server: TestServer
let raw: unknown
let document: Document
beforeAll(async () => {
  server = await startServer()
  raw = (await ask(server, 'GET /openapi.json', { headers: { api_key: '' } })).body
  document = documentSchema.parse(raw)
})
afterAll(() => server.close())

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, name: `${method} ${path}`, operation })),
  )

describe('the OpenAPI document', () => {
  it('has every route of the protocol that is built, each under a name of its own', () => {
    const names = operations().map(({ name }) => name)
    for (const name of [
      'post /v1/agentic/runs',
      'get /v1/agentic/runs/{id}/pending-decision',
      'post /v1/datasets/upload',
      'get /v1/runs/teams/{team_id}',
    ])
      expect(names).toContain(name)
    expect(new Set(operations().map(({ operation }) => operation.operationId)).size).toBe(names.length)
  })

  it('says of every status what it means, with the one form of an error', () => {
    for (const { name, operation } of operations()) {
      const statuses = Object.keys(operation.responses)
      const wanted =
        name.includes(' /v1/') && !name.includes('presigned/') && !name.includes('/v1/session')
          ? ['200', '401', '404', '500', '503']
          : ['200', '500', '503']
      expect([name, ...statuses]).toEqual(expect.arrayContaining(wanted))
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status !== '200')
          expect(response.content['application/json']?.schema).toEqual({ $ref: '#/components/schemas/Error' })
        expect([name, status, response.description]).not.toContain('Default Response')
      }
      if (operation.requestBody !== undefined) expect(statuses).toEqual(expect.arrayContaining(['413', '415', '422']))
    }
  })

  it('names the parameters of each path, and no others', () => {
    for (const { path, operation } of operations()) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path')
      expect(inPath.map((parameter) => parameter.name)).toEqual(named)
      expect(inPath.every((parameter) => parameter.required)).toBe(true)
    }
  })

  it('refers only to what it holds, and holds nothing that it does not refer to', () => {
    const text = JSON.stringify(raw)
    const referred = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
    const held = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`)
    expect([...new Set(referred)].sort()).toEqual(held.sort())
    expect(text).not.toContain('"additionalProperties":false')
    expect(text).not.toContain('$defs')
  })

  it('describes forms, files and bodies that may be left out', () => {
    const form = document.paths['/v1/datasets/upload']?.post?.requestBody?.content['multipart/form-data']?.schema
    expect(form).toMatchObject({ required: ['file', 'name'] })
    expect(Object.keys(document.paths['/v1/datasets/{id}/download']?.get?.responses[200]?.content ?? {})).toEqual([
      'text/csv',
    ])
    expect(document.paths['/v1/agentic/runs/{id}/cancel']?.post?.requestBody?.required).toBe(false)
    expect(document.paths['/v1/agentic/runs']?.post?.requestBody?.required).toBe(true)
    expect(document.paths['/healthz']?.get?.security).toEqual([])
  })
})
