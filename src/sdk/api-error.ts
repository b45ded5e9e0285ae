import { errorBodySchema } from '#wire/error-body'

interface ApiErrorInput {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly suggestion?: string
  readonly detail?: unknown
  readonly cause?: unknown
}

/**
 * Everything that a call can fail with, besides the reason of an aborted signal. `code` is the server's, or one of
 * NETWORK_FAILED, TIMEOUT and ANSWER_UNREADABLE, whose `status` is 0 where no answer came.
 */
export class SignalboxApiError extends Error {
  readonly status: number
  readonly code: string
  readonly suggestion: string
  readonly detail: unknown

  constructor(input: ApiErrorInput) {
    super(input.message, input.cause === undefined ? undefined : { cause: input.cause })
    this.name = 'SignalboxApiError'
    this.status = input.status
    this.code = input.code
    this.suggestion = input.suggestion ?? ''
    this.detail = input.detail
  }
}

/** The error that an answer says, or that it is none of Signalbox. */
export function errorOfAnswer(status: number, body: unknown): SignalboxApiError {
  const read = errorBodySchema.safeParse(body)
  if (read.success) return new SignalboxApiError({ status, ...read.data.error })
  return new SignalboxApiError({
    status,
    code: 'ANSWER_UNREADABLE',
    message: `The server answered ${status} without an error that Signalbox writes.`,
    suggestion: 'Check that the base URL is the address of a Signalbox server, and what stands between.',
    detail: body,
  })
}
