import { refuse, type Refusal } from '#core/errors'
import { largestJsonBytes } from './request-body.ts'

const tooLarge = `The body is larger than ${largestJsonBytes / 2 ** 20} MB.`

/** What Fastify and its multipart plugin refuse on their own, in our words. */
const refusals: Readonly<Record<string, () => Refusal>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: () =>
    refuse('BODY_TOO_LARGE', tooLarge, {
      suggestion: 'Send a smaller JSON body; files go to POST /v1/datasets/upload.',
    }).refusal,
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: () =>
    refuse('BODY_NOT_JSON', 'The body is shorter or longer than its content-length says.').refusal,
  FST_ERR_CTP_INVALID_JSON_BODY: () => refuse('BODY_NOT_JSON', 'The body is not valid JSON.').refusal,
  FST_ERR_CTP_EMPTY_JSON_BODY: () => refuse('BODY_NOT_JSON', 'The body is empty.').refusal,
  FST_ERR_CTP_INVALID_MEDIA_TYPE: () =>
    refuse('UNSUPPORTED_MEDIA_TYPE', 'The content-type of the body is not read here.').refusal,
  FST_ERR_CTP_EMPTY_TYPE: () => refuse('UNSUPPORTED_MEDIA_TYPE', 'The content-type header is empty.').refusal,
  FST_INVALID_MULTIPART_CONTENT_TYPE: () =>
    refuse('UNSUPPORTED_MEDIA_TYPE', 'The body is not multipart/form-data.').refusal,
  FST_FILES_LIMIT: () => refuse('VALIDATION_FAILED', 'file: expected one file, received several.').refusal,
  FST_FIELDS_LIMIT: () => refuse('VALIDATION_FAILED', 'The form has too many fields.').refusal,
  FST_PARTS_LIMIT: () => refuse('VALIDATION_FAILED', 'The form has too many parts.').refusal,
  FST_PROTO_VIOLATION: () => refuse('VALIDATION_FAILED', 'The form has a field whose name is not allowed.').refusal,
  FST_INVALID_JSON_FIELD_ERROR: () =>
    refuse('VALIDATION_FAILED', 'A field of the form says that it is JSON and is not.').refusal,
  FST_MP_PREMATURE_CLOSE: () => refuse('VALIDATION_FAILED', 'The upload broke off before its end.').refusal,
  FST_ERR_BAD_URL: () => refuse('ROUTE_NOT_FOUND', 'The path is not well-formed.').refusal,
}

/** The refusal behind an error of the framework, or undefined where the error is a fault of ours. */
export function frameworkRefusal(error: unknown): Refusal | undefined {
  if (!(error instanceof Error)) return undefined
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  const known = Object.hasOwn(refusals, code) ? refusals[code] : undefined
  if (known !== undefined) return known()
  const status = 'statusCode' in error ? error.statusCode : undefined
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined
  // The JSON reader says no to a key that would change an object's prototype, and to text that is not JSON.
  return refuse('BODY_NOT_JSON', `The body cannot be read: ${error.message}.`).refusal
}
