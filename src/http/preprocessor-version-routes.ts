import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import {
  checkSignatureBodySchema,
  deleteVersionAnswerSchema,
  fitAnswerSchema,
  linkPreprocessorAnswerSchema,
  linkPreprocessorBodySchema,
  preprocessorVersionAnswerSchema,
  sampleBodySchema,
  signatureAnswerSchema,
} from '#wire/preprocessor'
import { previewSampleAnswerSchema } from '#wire/preprocessor-preview'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { specRefusals } from './preprocessor-routes.ts'

const params = idParametersSchema

/** Versions of preprocessors: looked at, fitted, tried, put before a model, gone. */
export function preprocessorVersionRoutes(context: RouteContext): void {
  versionRoutes(context)
  rowRoutes(context)
  modelRoutes(context)
}

function versionRoutes({ app, signalbox: { preprocessors } }: RouteContext): void {
  app.get(
    '/v1/preprocessors/versions/:id',
    {
      schema: describeRoute({
        operationId: 'getPreprocessorVersion',
        summary: 'The spec of a version, and what it was fitted on',
        request: { params },
        answer: preprocessorVersionAnswerSchema,
      }),
    },
    async (request) => orThrow(await preprocessors.version(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/preprocessors/versions/:id',
    {
      schema: describeRoute({
        operationId: 'deletePreprocessorVersion',
        summary: 'Delete one version of a preprocessor',
        request: { params },
        answer: deleteVersionAnswerSchema,
        refusals: ['PREPROCESSOR_LINKED'],
      }),
    },
    async (request) => orThrow(await preprocessors.deleteVersion(callerOf(request), request.params.id)),
  )
}

function rowRoutes({ app, signalbox: { preprocessors } }: RouteContext): void {
  app.post(
    '/v1/preprocessors/versions/:id/fit',
    {
      schema: describeRoute({
        operationId: 'fitPreprocessorVersion',
        summary: 'Fit a version on rows',
        request: { params, body: sampleBodySchema },
        answer: fitAnswerSchema,
        refusals: [...specRefusals, 'PREPROCESSOR_LINKED'],
      }),
    },
    async (request) => orThrow(await preprocessors.fit(callerOf(request), request.params.id, request.body)),
  )

  app.post(
    '/v1/preprocessors/versions/:id/preview',
    {
      schema: describeRoute({
        operationId: 'previewPreprocessorVersion',
        summary: 'Take rows through a version, step by step, and keep nothing',
        request: { params, body: sampleBodySchema },
        answer: previewSampleAnswerSchema,
        refusals: specRefusals,
      }),
    },
    async (request) => orThrow(await preprocessors.preview(callerOf(request), request.params.id, request.body)),
  )
}

function modelRoutes({ app, signalbox: { preprocessors } }: RouteContext): void {
  app.post(
    '/v1/preprocessors/check-signature',
    {
      schema: describeRoute({
        operationId: 'checkSignature',
        summary: 'Whether a preprocessor version gives what a model version reads',
        request: { body: checkSignatureBodySchema },
        answer: signatureAnswerSchema,
        refusals: ['PREPROCESSOR_NOT_FITTED', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await preprocessors.checkSignature(callerOf(request), request.body)),
  )

  app.put(
    '/v1/preprocessors/link-preprocessor',
    {
      schema: describeRoute({
        operationId: 'linkPreprocessor',
        summary: 'Have rows for a model version go through a preprocessor version first',
        request: { body: linkPreprocessorBodySchema },
        answer: linkPreprocessorAnswerSchema,
        refusals: ['PREPROCESSOR_NOT_FITTED', 'SIGNATURES_DIFFER', 'STEP_REFUSED', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await preprocessors.link(callerOf(request), request.body)),
  )
}
