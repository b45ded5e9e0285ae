import { z } from 'zod'
import { errorCatalogue, type ErrorCode } from '#core/errors'
import { errorBodySchema } from '#wire/error-body'
import { errorStatus } from './error-status.ts'

interface RouteInput {
  readonly params?: z.ZodType
  readonly querystring?: z.ZodType
  readonly body?: z.ZodType
}

interface RouteNeeds {
  readonly request: RouteInput
  /** Codes that this route can answer besides those that every route of its kind can. */
  readonly refusals?: readonly ErrorCode[]
  /** A route that asks for no key. */
  readonly keyless?: boolean
  /** The text fields beside the part "file" of a multipart body. */
  readonly form?: z.ZodType
}

interface RouteDescription<Request extends RouteInput, Answer extends z.ZodType> extends RouteNeeds {
  readonly operationId: string
  readonly summary: string
  readonly request: Request
  readonly answer: Answer
  /** Content type of an answer that is a file. */
  readonly fileType?: string
}

const everyRoute: readonly ErrorCode[] = ['INTERNAL', 'SHUTTING_DOWN']
const everyKeyedRoute: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'DATABASE_UNAVAILABLE']
const everySending: readonly ErrorCode[] = [
  'UNSUPPORTED_MEDIA_TYPE',
  'BODY_TOO_LARGE',
  'VALIDATION_FAILED',
  'IDEMPOTENCY_KEY_REUSED',
  'WRITE_CONFLICT',
]
const everyBody: readonly ErrorCode[] = [...everySending, 'BODY_NOT_JSON']
const everyForm: readonly ErrorCode[] = [...everySending, 'FILE_REQUIRED', 'FILE_TOO_LARGE']

/**
 * The schema of a route: what it reads, what it answers, and every status it can refuse with. The `x-` members are read
 * again when the OpenAPI document is finished.
 */
export function describeRoute<const Request extends RouteInput, Answer extends z.ZodType>(
  route: RouteDescription<Request, Answer>,
) {
  const codes = codesOf(route)
  const errors: Record<number, typeof errorBodySchema> = {}
  for (const code of codes) errors[errorStatus[code]] = errorBodySchema
  return {
    ...route.request,
    operationId: route.operationId,
    summary: route.summary,
    response: { ...errors, 200: route.answer },
    'x-error-codes': codes,
    ...(route.keyless ? { security: [] } : {}),
    ...(route.form === undefined ? {} : { 'x-form': z.toJSONSchema(route.form, { io: 'input' }) }),
    ...(route.fileType === undefined ? {} : { 'x-file-type': route.fileType }),
  }
}

function codesOf(route: RouteNeeds): ErrorCode[] {
  const codes = new Set<ErrorCode>([...everyRoute, ...(route.refusals ?? [])])
  if (!route.keyless) for (const code of everyKeyedRoute) codes.add(code)
  if (route.request.params !== undefined) codes.add('NOT_FOUND')
  if (route.request.querystring !== undefined) codes.add('VALIDATION_FAILED')
  if (route.request.body !== undefined) for (const code of everyBody) codes.add(code)
  if (route.form !== undefined) for (const code of everyForm) codes.add(code)
  const inOrder = Object.keys(errorCatalogue)
  return [...codes].sort((left, right) => inOrder.indexOf(left) - inOrder.indexOf(right))
}
