import { orThrow } from '#core/errors'
import { versionParametersSchema } from '#wire/prediction'
import { whatIfAnswerSchema, whatIfBodySchema, whatIfBudgetAnswerSchema, whatIfBudgetBodySchema } from '#wire/what-if'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import type { RouteContext } from './http-app.ts'

const params = versionParametersSchema

/** What a change of a row would do, and where a budget for changes does most. */
export function whatIfRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/models/what-if/:version_id',
    {
      schema: describeRoute({
        operationId: 'whatIf',
        summary: 'The cheapest changes of a raw row that reach a target',
        request: { params, body: whatIfBodySchema },
        answer: whatIfAnswerSchema,
        refusals: ['WHAT_IF_UNAVAILABLE', 'ROW_UNREADABLE'],
      }),
    },
    async (request) => orThrow(await signalbox.whatIf.ask(callerOf(request), request.params.version_id, request.body)),
  )

  app.post(
    '/v1/models/what-if/:version_id/budget',
    {
      schema: describeRoute({
        operationId: 'spendBudget',
        summary: 'Spend a budget for changes over many rows where it gains most',
        request: { params, body: whatIfBudgetBodySchema },
        answer: whatIfBudgetAnswerSchema,
        refusals: ['WHAT_IF_UNAVAILABLE', 'ROW_UNREADABLE', 'DATASET_NOT_FOUND'],
      }),
    },
    async (request) => orThrow(await signalbox.whatIf.spend(callerOf(request), request.params.version_id, request.body)),
  )
}
