import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { emptyBodySchema } from '#wire/run-commands'
import { deleteScoringAnswerSchema, keptColumnsSchema, scoringJobListSchema, scoringJobSchema, scoringResultQuerySchema, startScoringBodySchema, startScoringFormSchema } from '#wire/scoring-job'
import { callerOf } from './authentication.ts'
import { fileRefusals } from './dataset-routes.ts'
import { describeRoute } from './describe-route.ts'
import { fileAnswer, fileAnswerSchema } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'
import { invalidField } from './invalid-request.ts'
import { answerOnce } from './repeatable.ts'
import { readFields } from './request-validator.ts'

/** Files that are scored in the background: begun, watched, cancelled, fetched. */
export function scoringRoutes(context: RouteContext): void {
  startRoutes(context)
  jobRoutes(context)
  resultRoutes(context)
}

function startRoutes({ app, signalbox, receiveFile }: RouteContext): void {
  app.post(
    '/v1/scoring/jobs',
    {
      schema: describeRoute({
        operationId: 'startScoring',
        summary: 'Score the rows of a dataset with a deployment, in the background',
        request: { body: startScoringBodySchema },
        answer: scoringJobSchema,
        refusals: ['DATASET_NOT_FOUND', 'DEPLOYMENT_INACTIVE', 'DEPLOYMENT_STOPPED'],
      }),
    },
    async (request) => answerOnce(signalbox, { request, answer: scoringJobSchema }, () => signalbox.scoring.start(callerOf(request), request.body)),
  )
  app.post(
    '/v1/scoring/jobs/file',
    {
      schema: describeRoute({
        operationId: 'startScoringFile',
        summary: 'Store a CSV, TSV, JSON, XLSX or Parquet file as a dataset and score its rows, in the background',
        request: {},
        form: startScoringFormSchema,
        answer: scoringJobSchema,
        refusals: ['DEPLOYMENT_INACTIVE', 'DEPLOYMENT_STOPPED', ...fileRefusals],
      }),
    },
    async (request) =>
      receiveFile(request, async ({ path, fileName, fields, hash }) => {
        const { deployment_id, threshold = null, show_breakdown, keep } = readFields(startScoringFormSchema, fields)
        const file = { path, file_name: fileName, name: fileName, description: null }
        const body = { deployment_id, threshold, show_breakdown, keep: keptColumns(keep), file }
        return answerOnce(signalbox, { request, answer: scoringJobSchema, bodyHash: hash }, () => signalbox.scoring.startFile(callerOf(request), body))
      }),
  )
}

function keptColumns(text: string | undefined): string[] {
  if (text === undefined || text === '') return []
  try {
    return readFields(keptColumnsSchema, JSON.parse(text))
  } catch {
    throw invalidField({ field: 'keep', expected: 'a JSON list of up to 100 names of columns', received: 'something else' })
  }
}

function jobRoutes({ app, signalbox: { scoring } }: RouteContext): void {
  const params = idParametersSchema
  app.get(
    '/v1/scoring/jobs',
    { schema: describeRoute({ operationId: 'listScoringJobs', summary: 'The scoring jobs of the team, newest first', request: {}, answer: scoringJobListSchema }) },
    async (request) => orThrow(await scoring.list(callerOf(request))),
  )
  app.get(
    '/v1/scoring/jobs/:id',
    { schema: describeRoute({ operationId: 'getScoringJob', summary: 'How far a scoring job is', request: { params }, answer: scoringJobSchema }) },
    async (request) => orThrow(await scoring.read(callerOf(request), request.params.id)),
  )
  app.post(
    '/v1/scoring/jobs/:id/cancel',
    { schema: describeRoute({ operationId: 'cancelScoringJob', summary: 'End a scoring job; one that has ended stays as it is', request: { params, body: emptyBodySchema }, answer: scoringJobSchema }) },
    async (request) => orThrow(await scoring.cancel(callerOf(request), request.params.id)),
  )
}

function resultRoutes({ app, signalbox: { scoring } }: RouteContext): void {
  const params = idParametersSchema
  app.get(
    '/v1/scoring/jobs/:id/result',
    {
      schema: describeRoute({
        operationId: 'getScoringResult',
        summary: 'The scored rows, as CSV or Parquet',
        request: { params, querystring: scoringResultQuerySchema },
        answer: fileAnswerSchema,
        fileType: 'text/csv',
        refusals: ['SCORING_JOB_NOT_DONE', 'BLOB_MISSING'],
      }),
    },
    async (request, reply) => fileAnswer(reply, orThrow(await scoring.result(callerOf(request), request.params.id, request.query))),
  )
  app.delete(
    '/v1/scoring/jobs/:id',
    {
      schema: describeRoute({
        operationId: 'deleteScoringJob',
        summary: 'Delete an ended scoring job and its result',
        request: { params },
        answer: deleteScoringAnswerSchema,
        refusals: ['SCORING_JOB_NOT_DONE'],
      }),
    },
    async (request) => orThrow(await scoring.delete(callerOf(request), request.params.id)),
  )
}
