/** Why a request cannot be served; each code has one meaning. */
export type RefusalCode =
  | 'no-rows'
  | 'row-count-differs'
  | 'target-not-finite'
  | 'class-out-of-range'
  | 'missing-column'
  | 'column-kind-differs'
  | 'monotone-column-unknown'
  | 'monotone-needs-numbers'
  | 'monotone-not-for-multiclass'
  | 'weight-not-valid'
  | 'loss-not-for-task'
  | 'loss-not-for-trainer'
  | 'loss-not-valid'
  | 'term-column-unknown'
  | 'term-not-valid'
  | 'setting-not-valid'
  | 'edit-term-unknown'
  | 'edit-kind-differs'
  | 'edit-not-for-kind'
  | 'edit-not-for-multiclass'
  | 'edit-not-valid'
  | 'edit-class-unknown'
  | 'edit-level-unknown'
  | 'edit-levels-share-bin'
  | 'edit-range-empty'

/** An expected refusal: returned, never thrown. */
export interface Refusal {
  readonly refused: true
  readonly code: RefusalCode
  readonly message: string
}

/** Builds a refusal. */
export function refuse(code: RefusalCode, message: string): Refusal {
  return { refused: true, code, message }
}

/** Tells a refusal from a result. */
export function isRefusal(result: unknown): result is Refusal {
  return typeof result === 'object' && result !== null && 'refused' in result && result.refused === true
}

/** Unwraps a result where a refusal would be a mistake of the caller. */
export function expectAccepted<T>(result: T | Refusal): T {
  if (isRefusal(result)) throw new Error(`${result.code}: ${result.message}`)
  return result
}
