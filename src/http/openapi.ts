import swagger from '@fastify/swagger'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { HttpApp } from './http-app.ts'
import { finishDocument } from './openapi-document.ts'

const description = [
  'Human-in-the-loop machine-learning pipelines on tabular data.',
  'Every success is 200. Every refusal is an Error with a stable code.',
  'Which codes a status means is said at each route.',
].join(' ')

/** Collects the routes that are registered after it. */
export function describeApi(app: HttpApp, version: string): void {
  app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Signalbox', version, description, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'api_key' },
          bearer: { type: 'http', scheme: 'bearer' },
          xApiKey: { type: 'apiKey', in: 'header', name: 'x-api-key' },
        },
      },
      security: [{ apiKey: [] }, { bearer: [] }, { xApiKey: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
}

/** Serves the finished document; it is made once, on the first request. */
export function serveDocument(app: HttpApp): void {
  let document: unknown
  app.get('/openapi.json', { schema: { hide: true } }, async () => {
    document ??= finishDocument({ ...app.swagger() })
    return document
  })
}
