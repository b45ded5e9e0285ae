import { SignalboxError, type Refusal } from '#core/errors'
import type { ErrorBody } from '#wire/error-body'

/** A refusal as it goes over the wire. */
export function errorBody(refusal: Refusal): ErrorBody {
  const { code, message, suggestion } = refusal
  const error = { code, message, suggestion, source: 'signalbox' as const }
  return {
    detail: `${message} ${suggestion}`,
    error: refusal.detail === undefined ? error : { ...error, detail: plainJson(refusal.detail) },
  }
}

/** What happened inside stays in the log; the client gets the id under which it stands there. */
export function internalRefusal(requestId: string): Refusal {
  return new SignalboxError({
    code: 'INTERNAL',
    message: `Signalbox failed on this request (${requestId}).`,
    detail: { request_id: requestId },
  }).refusal()
}

function plainJson(value: unknown): ErrorBody['error']['detail'] {
  return JSON.parse(JSON.stringify(value) ?? 'null')
}
