import type { FastifyRequest } from 'fastify'
import { orThrow, SignalboxError } from '#core/errors'
import type { OpenedDeployment } from '#service/signalbox'
import { predictBodySchema, predictQuerySchema } from '#wire/prediction'
import { secretOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { HttpApp, RouteContext } from './http-app.ts'
import { parseJsonRows } from './json-rows.ts'
import { predictionAnswer, streamedPredictionsSchema } from './prediction-answer.ts'
import { jsonType } from './request-body.ts'

/** A hundred thousand wide rows. */
const largestBodyBytes = 256 * 2 ** 20

function refusePacked({ headers }: FastifyRequest): void {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding.toLowerCase() === 'identity') return
  throw new SignalboxError({ code: 'UNSUPPORTED_MEDIA_TYPE', message: `The content-encoding ${JSON.stringify(encoding.slice(0, 100))} is not read here.`, suggestion: 'Send the body unpacked, or a packed file to POST /v1/scoring/jobs/file.' })
}

/** Prediction with a deploy key, which is checked before anything of the body is read. */
export function predictRoutes({ app, signalbox, metrics }: RouteContext): void {
  app.register(async (routes: HttpApp) => {
    const opened = new WeakMap<FastifyRequest, OpenedDeployment>()
    routes.removeContentTypeParser(jsonType)
    routes.addContentTypeParser<string>(jsonType, { parseAs: 'string', bodyLimit: largestBodyBytes }, async (_request: FastifyRequest, text: string) =>
      parseJsonRows(text),
    )
    routes.addHook('onRequest', async (request) => {
      refusePacked(request)
      opened.set(request, orThrow(await signalbox.predictions.open(secretOf(request))))
    })
    routes.post(
      '/v1/predict',
      {
        config: { takesRows: true },
        schema: describeRoute({
          operationId: 'predict',
          summary: 'Predict raw rows with a deploy key',
          request: { querystring: predictQuerySchema, body: predictBodySchema },
          answer: streamedPredictionsSchema,
          refusals: ['DEPLOYMENT_INACTIVE', 'DEPLOYMENT_STOPPED', 'TOO_MANY_ROWS'],
        }),
      },
      async (request, reply) => {
        const deployment = opened.get(request)
        if (deployment === undefined) throw new Error('a prediction without its deployment')
        const { threshold = null, show_breakdown } = request.query
        const answers = orThrow(await deployment.predict({ rows: request.body, threshold, show_breakdown }))
        return predictionAnswer(reply, { answers, rows: request.body.length, seen: (part) => metrics.predicted(deployment.deployment_id, part) })
      },
    )
  })
}
