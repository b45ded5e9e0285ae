/** What a caller gets whose signal ended the computation. */
export function cancelled(signal: AbortSignal): Error {
  return new DOMException('The computation was cancelled.', { name: 'AbortError', cause: signal.reason })
}
