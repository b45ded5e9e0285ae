/** A signal that is aborted by the caller's, or when time is up. `clear` ends the clock and nothing else. */
export interface Deadline {
  readonly signal: AbortSignal
  passed(): boolean
  clear(): void
}

export function startDeadline(milliseconds: number, signal: AbortSignal | undefined): Deadline {
  const clock = new AbortController()
  const timer = setTimeout(() => clock.abort(new Error('time is up')), milliseconds)
  return {
    signal: signal === undefined ? clock.signal : AbortSignal.any([signal, clock.signal]),
    passed: () => clock.signal.aborted,
    clear: () => clearTimeout(timer),
  }
}
