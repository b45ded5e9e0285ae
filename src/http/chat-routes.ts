import { orThrow } from '#core/errors'
import { chatHistoryAnswerSchema, sendChatAnswerSchema, sendChatBodySchema } from '#wire/chat'
import { idParametersSchema } from '#wire/identifier'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema

/** The chat of a run. */
export function chatRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/agentic/runs/:id/chat',
    {
      schema: describeRoute({
        operationId: 'sendChat',
        summary: 'Ask about a run, or give it context; changes nothing else',
        request: { params, body: sendChatBodySchema },
        answer: sendChatAnswerSchema,
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: sendChatAnswerSchema }, () =>
        signalbox.chat.send(callerOf(request), request.params.id, request.body),
      ),
  )

  app.get(
    '/v1/agentic/runs/:id/chat/history',
    {
      schema: describeRoute({
        operationId: 'getChatHistory',
        summary: 'Everything that was said in the chat of a run, oldest first',
        request: { params },
        answer: chatHistoryAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.chat.history(callerOf(request), request.params.id)),
  )
}
