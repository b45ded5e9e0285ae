import { orThrow } from '#core/errors'
import { idParametersSchema } from '#wire/identifier'
import {
  deleteReportAnswerSchema,
  reportJobAnswerSchema,
  reportJobParametersSchema,
  reportQuerySchema,
  reportSignaturesAnswerSchema,
  reportWizardAnswerSchema,
  reportWizardBodySchema,
  signReportBodySchema,
} from '#wire/report'
import { callerOf } from './authentication.ts'
import { describeRoute } from './describe-route.ts'
import { fileAnswerSchema, inlineFile } from './file-answer.ts'
import type { RouteContext } from './http-app.ts'
import { answerOnce } from './repeatable.ts'

const params = idParametersSchema

/** The page may use its own styles, run the one script that it names itself, and load nothing; a browser gives it no origin. */
export function reportPolicy(html: string): string {
  // The page says it first of all, before anything that a user named.
  const [, source] = /^<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="[^"]*?script-src &#39;(sha256-[A-Za-z0-9+/]{43}=)&#39;/.exec(html) ?? []
  const scripts = source === undefined ? '' : `script-src '${source}'; `
  return `default-src 'none'; ${scripts}style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox${source === undefined ? '' : ' allow-scripts'}`
}

/** Reports: read, deleted, and made anew of a completed run. */
export function reportRoutes(context: RouteContext): void {
  storedReportRoutes(context)
  signatureRoutes(context)
  wizardRoutes(context)
}

function storedReportRoutes({ app, signalbox }: RouteContext): void {
  app.get(
    '/v1/reports/:id',
    {
      schema: describeRoute({
        operationId: 'getReport',
        summary: 'A report as one HTML file, Markdown or JSON',
        request: { params, querystring: reportQuerySchema },
        answer: fileAnswerSchema,
        fileType: 'text/html',
        refusals: ['BLOB_MISSING', 'CHAIN_BROKEN'],
      }),
    },
    async (request, reply) => {
      const report = orThrow(await signalbox.reports.read(callerOf(request), request.params.id, request.query.format))
      if (request.query.format === 'html') reply.header('content-security-policy', reportPolicy(report.text))
      return inlineFile(reply, report)
    },
  )

  app.delete(
    '/v1/reports/:id',
    {
      schema: describeRoute({
        operationId: 'deleteReport',
        summary: 'Delete a report',
        request: { params },
        answer: deleteReportAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.reports.delete(callerOf(request), request.params.id)),
  )
}

function signatureRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/reports/:id/sign',
    {
      schema: describeRoute({
        operationId: 'signReport',
        summary: 'Sign a report off, with the words that are signed',
        request: { params, body: signReportBodySchema },
        answer: reportSignaturesAnswerSchema,
        refusals: ['BLOB_MISSING', 'CHAIN_BROKEN', 'WRITE_CONFLICT'],
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: reportSignaturesAnswerSchema }, () =>
        signalbox.reports.sign(callerOf(request), request.params.id, request.body),
      ),
  )

  app.get(
    '/v1/reports/:id/signatures',
    {
      schema: describeRoute({
        operationId: 'listReportSignatures',
        summary: 'The SHA-256 of the files of a report, and who signed it',
        request: { params },
        answer: reportSignaturesAnswerSchema,
        refusals: ['BLOB_MISSING', 'CHAIN_BROKEN'],
      }),
    },
    async (request) => orThrow(await signalbox.reports.signatures(callerOf(request), request.params.id)),
  )
}

function wizardRoutes({ app, signalbox }: RouteContext): void {
  app.post(
    '/v1/reports/wizard',
    {
      schema: describeRoute({
        operationId: 'makeReport',
        summary: 'Make a further report of a completed run, in the background',
        request: { body: reportWizardBodySchema },
        answer: reportWizardAnswerSchema,
        refusals: ['NOT_FOUND', 'RUN_NOT_COMPLETED', 'RUN_WITHOUT_MODEL'],
      }),
    },
    async (request) =>
      answerOnce(signalbox, { request, answer: reportWizardAnswerSchema }, () =>
        signalbox.reports.make(callerOf(request), request.body),
      ),
  )

  app.get(
    '/v1/reports/wizard/jobs/:job_id',
    {
      schema: describeRoute({
        operationId: 'getReportJob',
        summary: 'How far a further report is',
        request: { params: reportJobParametersSchema },
        answer: reportJobAnswerSchema,
      }),
    },
    async (request) => orThrow(await signalbox.reports.job(callerOf(request), request.params.job_id)),
  )
}
