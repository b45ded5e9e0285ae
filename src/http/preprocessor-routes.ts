import { type ErrorCode, orThrow } from '#core/errors'
import { idParametersSchema, teamParametersSchema } from '#wire/identifier'
import {
  addVersionBodySchema,
  createPreprocessorAnswerSchema,
  createPreprocessorBodySchema,
  deletePreprocessorAnswerSchema,
  preprocessorAnswerSchema,
  preprocessorListAnswerSchema,
  updateVersionBodySchema,
  versionIdAnswerSchema,
} from '#wire/preprocessor'
import { previewSpecAnswerSchema, previewSpecBodySchema } from '#wire/preprocessor-preview'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema

/** Why a spec is not kept. */
export const specRefusals: readonly ErrorCode[] = ['STEP_REFUSED', 'STEP_COLUMN_COLLISION', 'STEP_CHANGES_ROWS', 'ROW_UNREADABLE', 'custom_steps_disabled']
const sentRefusals: readonly ErrorCode[] = [...specRefusals, 'client_pipeline_binaries_retired']

/** Preprocessors: made, added to, tried, looked at, gone. */
export function preprocessorRoutes(context: RouteContext): void {
  makingRoutes(context)
  lookingRoutes(context)
}

function makingRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/preprocessors/create',
    {
      schema: describeRoute({
        operationId: 'createPreprocessor',
        summary: 'Keep a pipeline spec under a name; with rows, it is fitted on them',
        request: { body: createPreprocessorBodySchema },
        answer: createPreprocessorAnswerSchema,
        refusals: ['PREPROCESSOR_NAME_TAKEN', ...sentRefusals],
      }),
    },
    async (request) => answerOnce(signalbox, { request, answer: createPreprocessorAnswerSchema }, () => signalbox.preprocessors.create(callerOf(request), request.body)),
  )

  app.post(
    '/v1/preprocessors/add',
    {
      schema: describeRoute({
        operationId: 'addPreprocessorVersion',
        summary: 'Add a version to a preprocessor',
        request: { body: addVersionBodySchema },
        answer: versionIdAnswerSchema,
        refusals: sentRefusals,
      }),
    },
    async (request) => answerOnce(signalbox, { request, answer: versionIdAnswerSchema }, () => signalbox.preprocessors.addVersion(callerOf(request), request.body)),
  )

  app.post(
    '/v1/preprocessors/update-version',
    {
      schema: describeRoute({
        operationId: 'updatePreprocessorVersion',
        summary: 'Make a version out of another, which stays as it is; the answer has the new id',
        request: { body: updateVersionBodySchema },
        answer: versionIdAnswerSchema,
        refusals: sentRefusals,
      }),
    },
    async (request) => answerOnce(signalbox, { request, answer: versionIdAnswerSchema }, () => signalbox.preprocessors.updateVersion(callerOf(request), request.body)),
  )

  app.post(
    '/v1/preprocessors/preview-spec',
    {
      schema: describeRoute({
        operationId: 'previewSpec',
        summary: 'Take a spec over rows of a dataset, with what is unsafe in it, and keep nothing',
        request: { body: previewSpecBodySchema },
        answer: previewSpecAnswerSchema,
        refusals: ['DATASET_NOT_FOUND', 'LABEL_UNKNOWN_COLUMN', 'SPEC_STEP_UNKNOWN', 'RUN_WITHOUT_MODEL', 'BLOB_MISSING'],
      }),
    },
    async (request) => orThrow(await signalbox.preprocessors.previewSpec(callerOf(request), request.body)),
  )
}

function lookingRoutes({ app, signalbox: { preprocessors } }: RouteContext): void {
  app.get(
    '/v1/preprocessors/teams/:team_id',
    {
      schema: describeRoute({
        operationId: 'listPreprocessors',
        summary: 'The preprocessors of a team, newest first',
        request: { params: teamParametersSchema },
        answer: preprocessorListAnswerSchema,
      }),
    },
    async (request) => orThrow(await preprocessors.list(callerOf(request), request.params.team_id)),
  )

  app.get(
    '/v1/preprocessors/:id',
    {
      schema: describeRoute({
        operationId: 'getPreprocessor',
        summary: 'A preprocessor by its id',
        request: { params },
        answer: preprocessorAnswerSchema,
      }),
    },
    async (request) => orThrow(await preprocessors.read(callerOf(request), request.params.id)),
  )

  app.delete(
    '/v1/preprocessors/:id',
    {
      schema: describeRoute({
        operationId: 'deletePreprocessor',
        summary: 'Delete a preprocessor with all its versions',
        request: { params },
        answer: deletePreprocessorAnswerSchema,
        refusals: ['PREPROCESSOR_LINKED'],
      }),
    },
    async (request) => orThrow(await preprocessors.delete(callerOf(request), request.params.id)),
  )
}
