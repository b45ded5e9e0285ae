import type { StartedRun } from './run.ts'

/** When a decision that opens now must be answered, or null without a limit. */
export function deadline(run: StartedRun, now: string): string | null {
  const seconds = run.settings.decision_timeout_seconds
  return seconds === null ? null : new Date(Date.parse(now) + seconds * 1000).toISOString()
}
