import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import { emptyBodySchema } from '#wire/run-commands'
import {
  addWebhookAnswerSchema,
  addWebhookBodySchema,
  removeWebhookAnswerSchema,
  testWebhookAnswerSchema,
  webhookListAnswerSchema,
} from '#wire/webhook'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema

/** Who is told of decisions that wait and of runs that end. */
export function webhookRoutes(context: RouteContext): void {
  addAndListRoutes(context)
  oneWebhookRoutes(context)
}

function addAndListRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/webhooks',
    {
      schema: describeRoute({
        operationId: 'addWebhook',
        summary: 'Have events sent to an address, signed as Standard Webhooks; the secret is shown this once',
        request: { body: addWebhookBodySchema },
        answer: addWebhookAnswerSchema,
        refusals: ['WEBHOOK_URL_REFUSED', 'WEBHOOK_ADDRESS_BLOCKED'],
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: addWebhookAnswerSchema }, () =>
        signalbox.webhooks.add(callerOf(request), request.body),
      ),
  )

  app.get(
    '/v1/webhooks',
    {
      schema: describeRoute({
        operationId: 'listWebhooks',
        summary: 'The webhooks of the team, oldest first, and how their last message went',
        request: {},
        answer: webhookListAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.webhooks.list(callerOf(request))),
  )
}

function oneWebhookRoutes({ app, signalbox }: RouteContext): void {
  app.delete(
    '/v1/webhooks/:id',
    {
      schema: describeRoute({
        operationId: 'removeWebhook',
        summary: 'Send no more to a webhook',
        request: { params },
        answer: removeWebhookAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.webhooks.remove(callerOf(request), request.params.id)),
  )

  app.post(
    '/v1/webhooks/:id/test',
    {
      schema: describeRoute({
        operationId: 'testWebhook',
        summary: 'Send one test message now, and tell how it went',
        request: { params, body: emptyBodySchema },
        answer: testWebhookAnswerSchema,
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: testWebhookAnswerSchema }, () =>
        signalbox.webhooks.test(callerOf(request), request.params.id),
      ),
  )
}
