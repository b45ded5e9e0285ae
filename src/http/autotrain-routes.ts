import { datasetSummaryAnswerSchema, summarizeDatasetBodySchema, summarizeFieldsSchema } from '#wire/dataset-summary'
import { callerOf, checkTeam } from './authentication.ts'
import { fileRefusals } from './dataset-routes.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'
import { readFields } from './request-validator.ts'

/** Takes a table in, sums it up, and opens a run on it. */
export function autotrainRoutes({ app, signalbox, receiveFile }: RouteContext): void {
  app.post(
    '/v1/autotrain/summarize',
    {
      schema: describeRoute({
        operationId: 'summarizeFile',
        summary: 'Store a file, sum it up, and open a run on it',
        request: {},
        form: summarizeFieldsSchema,
        answer: datasetSummaryAnswerSchema,
        refusals: fileRefusals,
      }),
    },
    async (request) =>
      receiveFile(request, async ({ path, fileName, fields, hash }) => {
        const { team_id } = readFields(summarizeFieldsSchema, fields)
        const caller = callerOf(request)
        checkTeam(caller, team_id)
        const file = { path, file_name: fileName, name: fileName === '' ? 'table' : fileName, description: null }
        const once = { request, answer: datasetSummaryAnswerSchema, bodyHash: hash }
        return answerOnce(signalbox, once, () => signalbox.datasets.summarizeFile(caller, file))
      }),
  )

  app.post(
    '/v1/autotrain/summarize-dataset',
    {
      schema: describeRoute({
        operationId: 'summarizeDataset',
        summary: 'Sum up a stored dataset, and open a run on it',
        request: { body: summarizeDatasetBodySchema },
        answer: datasetSummaryAnswerSchema,
        refusals: ['DATASET_NOT_FOUND'],
      }),
    },
    async (request) => {
      const caller = callerOf(request)
      checkTeam(caller, request.body.team_id)
      return answerOnce(signalbox, { request, answer: datasetSummaryAnswerSchema }, () =>
        signalbox.datasets.summarize(caller, request.body),
      )
    },
  )
}
