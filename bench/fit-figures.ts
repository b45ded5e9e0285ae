/** What one fit of one fold came to. */
export interface Figures {
  /** Seconds of a warm fit: with the process, and for ours its threads, used before. */
  readonly fit_s?: number
  /** Seconds of the first fit of a new process; ours only. */
  readonly fit_cold_s?: number
  readonly predict_ns_row?: number
  readonly peak_mb?: number
  readonly pairs?: number
  readonly auc?: number | null
  readonly accuracy?: number
  readonly r2?: number
  readonly rmse?: number
  readonly logloss?: number
  /** Why there are none. */
  readonly error?: string
}

export type FigureName = Exclude<keyof Figures, 'error'>

/** Mean of a figure over folds; undefined where a fold has none. */
export function meanOf(folds: readonly Figures[], name: FigureName): number | undefined {
  const values = folds.map((fold) => fold[name])
  if (values.length === 0 || !values.every((value) => typeof value === 'number')) return undefined
  return values.reduce((sum: number, value) => sum + Number(value), 0) / values.length
}
