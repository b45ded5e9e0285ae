import { randomUUID } from 'node:crypto'
import multipart from '@fastify/multipart'
import fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { serializerCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Logger } from 'pino'
import type { Signalbox } from '#service/signalbox'
import { accessRoutes } from './access-routes.ts'
import { agenticCommandRoutes } from './agentic-command-routes.ts'
import { agenticDecisionRoutes } from './agentic-decision-routes.ts'
import { agenticLineageRoutes } from './agentic-lineage-routes.ts'
import { compareRoutes } from './compare-routes.ts'
import { agenticRetrainRoute } from './agentic-retrain-route.ts'
import { agenticRunRoutes } from './agentic-run-routes.ts'
import { setAnswerHeaders } from './answer-headers.ts'
import { requireKey } from './authentication.ts'
import { autotrainRoutes } from './autotrain-routes.ts'
import { answerBadPath, answerBrokenRequest } from './broken-request.ts'
import { chatRoutes } from './chat-routes.ts'
import { datasetRoutes } from './dataset-routes.ts'
import { deployKeyRoutes } from './deploy-key-routes.ts'
import { deploymentRoutes } from './deployment-routes.ts'
import { answerErrors } from './error-answer.ts'
import { eventRoutes } from './event-routes.ts'
import { closeGracefully } from './graceful-close.ts'
import { healthRoutes } from './health-routes.ts'
import type { HttpApp, RouteContext } from './http-app.ts'
import { inferenceRoutes } from './inference-routes.ts'
import type { MetricsAccess } from './metrics-access.ts'
import { metricsRoute } from './metrics-route.ts'
import { modelExportRoutes } from './model-export-routes.ts'
import { modelRoutes } from './model-routes.ts'
import { describeApi, serveDocument } from './openapi.ts'
import { predictRoutes } from './predict-routes.ts'
import { captureRoutes } from './capture-routes.ts'
import { monitorCheckReadRoutes, monitorCheckRoutes } from './monitor-check-routes.ts'
import { monitorFollowRoutes } from './monitor-follow-routes.ts'
import { monitorProposalRoutes } from './monitor-proposal-routes.ts'
import { monitorItemRoutes } from './monitor-item-routes.ts'
import { monitorRoutes } from './monitor-routes.ts'
import { preprocessorRoutes } from './preprocessor-routes.ts'
import { preprocessorVersionRoutes } from './preprocessor-version-routes.ts'
import { presignedRoute } from './presigned-route.ts'
import { queryValues } from './query-values.ts'
import { readRequestBodies } from './request-body.ts'
import { logRequests, noRequestLog } from './request-log.ts'
import { countRequests, type RequestMetrics } from './request-metrics.ts'
import { requestValidator } from './request-validator.ts'
import { registryRoutes } from './registry-routes.ts'
import { reportPreviewRoute } from './report-preview-route.ts'
import { reportRoutes } from './report-routes.ts'
import { runRecordRoutes } from './run-record-routes.ts'
import { sessionRoutes } from './session-routes.ts'
import { studioPage } from './studio-page.ts'
import { studioRoutes } from './studio-routes.ts'
import { scoringRoutes } from './scoring-routes.ts'
import { stopRoutes } from './stop-routes.ts'
import { trialRoutes } from './trial-routes.ts'
import { answerUnknownRoutes } from './unknown-route.ts'
import { fileReceiver } from './upload.ts'
import { trainingRoutes } from './training-routes.ts'
import { whatIfRoutes } from './what-if-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'

export interface HttpSettings {
  readonly signalbox: Signalbox
  readonly maxUploadMb: number
  /** Where uploads lie until the service has taken them. */
  readonly temporaryFolder: string
  readonly logger: Logger
  readonly version: string
  readonly metricsAccess?: MetricsAccess
  /** Where a proxy stands before the server: the address that clients use, for the addresses in answers. */
  readonly publicUrl?: string
  /** The built pages of the studio; where it is left out, `/` says that there are none. */
  readonly studioFolder?: string
}

const requestTimeoutMs = 15 * 60_000

/** The HTTP server over the façade, ready to listen. */
export function buildHttp(settings: HttpSettings): FastifyInstance {
  const app = newApp(settings.logger)
  app.setValidatorCompiler(requestValidator)
  app.setSerializerCompiler(serializerCompiler)
  setAnswerHeaders(app)
  closeGracefully(app)
  logRequests(app, settings.logger)
  const metrics = countRequests(app)
  answerErrors(app)
  const page = studioPage(settings.studioFolder)
  answerUnknownRoutes(app, page)
  describeApi(app, settings.version)
  readRequestBodies(app)
  app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: settings.maxUploadMb * 2 ** 20, files: 1, fields: 20, fieldSize: 200_000, parts: 25 },
  })
  app.register(async (routes: HttpApp) => {
    studioRoutes(routes, page, settings.studioFolder)
    registerRoutes(routes, settings, metrics)
  })
  return app
}

function newApp(logger: FastifyBaseLogger): HttpApp {
  return fastify({
    loggerInstance: logger,
    logController: noRequestLog,
    // Every line names its request itself, so that none needs a logger of its own.
    childLoggerFactory: (parent) => parent,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    return503OnClosing: false,
    requestTimeout: requestTimeoutMs,
    clientErrorHandler: answerBrokenRequest,
    frameworkErrors: answerBadPath,
    routerOptions: { maxParamLength: 2_000, querystringParser: queryValues },
  }).withTypeProvider<ZodTypeProvider>()
}

function registerRoutes(app: HttpApp, settings: HttpSettings, metrics: RequestMetrics): void {
  const receiveFile = fileReceiver(settings)
  const context: RouteContext = { app, signalbox: settings.signalbox, receiveFile, publicUrl: settings.publicUrl, metrics, metricsAccess: settings.metricsAccess ?? 'key', version: settings.version }
  serveDocument(app)
  healthRoutes(context)
  metricsRoute(context)
  presignedRoute(context)
  predictRoutes(context)
  sessionRoutes(context)
  app.register(async (keyed: HttpApp) => {
    requireKey(keyed, settings.signalbox.access, settings.publicUrl)
    for (const routes of [
      accessRoutes,
      datasetRoutes,
      autotrainRoutes,
      runRecordRoutes,
      reportRoutes,
      reportPreviewRoute,
      modelRoutes,
      modelExportRoutes,
      registryRoutes,
      whatIfRoutes,
      deploymentRoutes,
      deployKeyRoutes,
      stopRoutes,
      trialRoutes,
      scoringRoutes,
      inferenceRoutes,
      monitorRoutes,
      monitorItemRoutes,
      captureRoutes,
      monitorCheckRoutes,
      monitorCheckReadRoutes,
      monitorFollowRoutes,
      monitorProposalRoutes,
      preprocessorRoutes,
      preprocessorVersionRoutes,
      agenticRunRoutes,
      agenticLineageRoutes,
      compareRoutes,
      agenticDecisionRoutes,
      agenticCommandRoutes,
      agenticRetrainRoute,
      trainingRoutes,
      chatRoutes,
      eventRoutes,
      webhookRoutes,
    ]) {
      routes({ ...context, app: keyed })
    }
  })
}
