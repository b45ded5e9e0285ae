import type { Evidence } from '#core/decision'

/** One thing that was looked at before a model answers. */
export interface Check {
  readonly id: 'same_answers' | 'better_than_baseline' | 'calibration' | 'holds_on_sealed_rows'
  readonly passed: boolean
  readonly evidence: Evidence
}
