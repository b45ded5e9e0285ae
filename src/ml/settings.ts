/** Knobs of the glass box; what is absent is set from rows x columns x classes. */
export interface GlassboxSettings {
  readonly bags?: number
  readonly learningRate?: number
  readonly leaves?: number
  /** Upper bound of boosting rounds in a bag. */
  readonly rounds?: number
  /** First rounds that cut at random places, which smooths the curves. */
  readonly smoothingRounds?: number
  /** Quantile bins of a number with many distinct values. */
  readonly bins?: number
  readonly rowsPerBag?: number
  /** L2 penalty of a leaf's value. */
  readonly lambda?: number
  /** Most pairs of features. */
  readonly pairs?: number
  /** Value slots of each side of a pair, at most 15. */
  readonly pairSlots?: number
  /** Rounds without improvement after which a bag ends. */
  readonly patience?: number
  /** Scale of a regression; without it the better one by out-of-fold error. */
  readonly regressionLink?: 'identity' | 'log'
}

/** Knobs of the linear model. */
export interface LinearSettings {
  /** Penalty on standardised inputs (sum form: scikit-learn's 1/C); without it chosen by cross-validation. */
  readonly lambda?: number
  /** Share of the penalty that is L1, from 0 (ridge, the default) to 1 (lasso). */
  readonly l1Ratio?: number
  /** Penalties that cross-validation tries. */
  readonly pathLength?: number
}

/** Knobs of the boosted trees; what is absent is as LightGBM has it. */
export interface TreesSettings {
  readonly rounds?: number
  /** Most leaves of a tree. */
  readonly leaves?: number
  readonly learningRate?: number
  /** Rows that a leaf must have. */
  readonly rowsPerLeaf?: number
  /** L2 penalty of a leaf's value. */
  readonly lambda?: number
}

/** Knobs of all trainers; each reads its own. */
export interface Settings {
  readonly glassbox?: GlassboxSettings | undefined
  readonly linear?: LinearSettings | undefined
  readonly trees?: TreesSettings | undefined
}
