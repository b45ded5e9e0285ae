import type { FastifyInstance } from 'fastify'
import { SignalboxError } from '#core/errors'
import { checkJson } from './check-json.ts'

/** JSON bodies: what a decision or a pipeline spec needs, and little enough to be read without holding up others. */
export const largestJsonBytes = 4 * 2 ** 20

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The body is a list of rows. */
    takesRows?: boolean
  }
}

export const jsonType = /^application\/(?:[\w.-]+\+)?json(?:$|;)/i

/**
 * Reads request bodies. None at all is allowed, whatever the content type says, and means `{}`, as `null` does, since
 * existing clients send both.
 */
export function readRequestBodies(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error')
  app.removeAllContentTypeParsers()
  app.addContentTypeParser<string>(
    jsonType,
    { parseAs: 'string', bodyLimit: largestJsonBytes },
    (request, text, done) => {
      if (text.trim().length === 0) done(null, undefined)
      else void parseJson(request, text, done)
    },
  )
  app.addContentTypeParser<string>('*', { parseAs: 'string', bodyLimit: largestJsonBytes }, (request, text, done) => {
    if (text.length === 0) done(null, undefined)
    else done(unsupported(request.headers['content-type']))
  })
  app.addHook('preValidation', async (request) => {
    if (request.isMultipart()) return
    const { config, schema } = request.routeOptions
    // A list of rows is read and checked by its own route.
    if (config.takesRows) return
    if (schema?.body !== undefined) request.body = bodyObject(request.body)
    checkJson(request.query)
  })
}

function bodyObject(body: unknown): object {
  if (body === undefined || body === null) return {}
  if (typeof body !== 'object' || Array.isArray(body)) {
    throw new SignalboxError({
      code: 'BODY_NOT_JSON',
      message: `The body is ${Array.isArray(body) ? 'a list' : `a ${typeof body}`}, not an object.`,
    })
  }
  checkJson(body)
  return body
}

function unsupported(contentType: string | undefined): SignalboxError {
  const message =
    contentType === undefined
      ? 'The body came without a content-type.'
      : `The content-type ${JSON.stringify(contentType.slice(0, 100))} is not read here.`
  return new SignalboxError({ code: 'UNSUPPORTED_MEDIA_TYPE', message })
}
