import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { Signalbox } from '#service/signalbox'
import type { MetricsAccess } from './metrics-access.ts'
import type { RequestMetrics } from './request-metrics.ts'
import type { ReceiveFile } from './upload.ts'

/** Fastify with its types taken from zod schemas. */
export type HttpApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** What the routes of every noun are given. */
export interface RouteContext {
  readonly app: HttpApp
  readonly signalbox: Signalbox
  readonly receiveFile: ReceiveFile
  /** Absolute address under which clients reach this server, where it is not what the Host header says. */
  readonly publicUrl: string | undefined
  readonly metrics: RequestMetrics
  readonly metricsAccess: MetricsAccess
  readonly version: string
}
