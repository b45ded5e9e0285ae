import { readFile, stat } from 'node:fs/promises'
import { orThrow, SignalboxError } from '#core/errors'
import { predictFormSchema, versionParametersSchema } from '#wire/prediction'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { predictionAnswer, streamedPredictionsSchema } from './prediction-answer.ts'
import { readFields } from './request-validator.ts'

/** A file of as many rows as one request may carry. */
const largestFileMb = 128

/** Prediction of a file with the caller's own key. */
export function inferenceRoutes({ app, signalbox, receiveFile, metrics }: RouteContext): void {
  app.post(
    '/v1/inference/predict/:version_id',
    {
      schema: describeRoute({
        operationId: 'predictFile',
        summary: 'Predict the rows of a CSV file with a deployed model version',
        request: { params: versionParametersSchema },
        form: predictFormSchema,
        answer: streamedPredictionsSchema,
        refusals: ['VERSION_NOT_DEPLOYED', 'DEPLOYMENT_INACTIVE', 'DEPLOYMENT_STOPPED', 'TOO_MANY_ROWS', 'ROW_UNREADABLE', 'FILE_EMPTY', 'FILE_HEADER_ONLY', 'FILE_UNREADABLE'],
      }),
    },
    async (request, reply) =>
      receiveFile(request, async ({ path, fields }) => {
        const { threshold = null, show_breakdown } = readFields(predictFormSchema, fields)
        const asked = { csv: await readText(path), threshold, show_breakdown }
        const { version_id } = request.params
        const { deployment_id, answers } = orThrow(await signalbox.predictions.predictCsv(callerOf(request), version_id, asked))
        return predictionAnswer(reply, { answers, rows: Number.POSITIVE_INFINITY, seen: (part) => metrics.predicted(deployment_id, part) })
      }),
  )
}

/** The text of a received file, which must be UTF-8. */
export async function readText(path: string): Promise<string> {
  const { size } = await stat(path)
  if (size > largestFileMb * 2 ** 20) {
    const message = `A file of rows to predict may have up to ${largestFileMb} MB; this one has ${Math.ceil(size / 2 ** 20)}.`
    throw new SignalboxError({ code: 'FILE_TOO_LARGE', message, suggestion: 'Send the rows in several files.' })
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path))
  } catch (cause) {
    throw new SignalboxError({ code: 'FILE_UNREADABLE', message: 'The file is not text in UTF-8.', suggestion: 'Save it as CSV in UTF-8 and send it again.', cause })
  }
}
