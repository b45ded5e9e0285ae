import type { Trained } from '#core/outcomes'
import type { Check } from './check.ts'
import { numberText } from './number-text.ts'

type Measured = Trained['test_metrics'][string]

interface Watched {
  readonly metric: string
  readonly title: string
  readonly higher: boolean
  /** How much worse is of no weight, given the value in cross-validation. */
  readonly slack: (value: number) => number
}

const watched: Readonly<Record<Trained['task'], readonly Watched[]>> = {
  binary: [
    { metric: 'auc', title: 'AUC', higher: true, slack: () => 0.02 },
    { metric: 'logloss', title: 'log loss', higher: false, slack: (value) => 0.1 * value },
  ],
  multiclass: [{ metric: 'logloss', title: 'log loss', higher: false, slack: (value) => 0.1 * value }],
  regression: [
    { metric: 'r2', title: 'R²', higher: true, slack: () => 0.05 },
    { metric: 'rmse', title: 'RMSE', higher: false, slack: (value) => 0.1 * value },
  ],
}

/** Whether the sealed rows confirm what cross-validation promised; null where neither defines the measure. */
export function checkGap({ task, test_metrics, cv_metrics }: Trained): Check | null {
  for (const one of watched[task]) {
    const test = test_metrics[one.metric]
    const promised = cv_metrics[one.metric]
    if (test !== undefined && promised !== undefined) return compare(one, test, promised)
  }
  return null
}

function compare({ title, metric, higher, slack }: Watched, test: Measured, promised: Measured): Check {
  const gap = higher ? promised.value - test.value : test.value - promised.value
  const apart = higher
    ? (test.high ?? test.value) < (promised.low ?? promised.value)
    : (test.low ?? test.value) > (promised.high ?? promised.value)
  const passed = !(apart && gap > slack(promised.value))
  const way = gap > 0 ? `${numberText(gap)} worse` : `${numberText(-gap)} better`
  const range = test.low === null || test.high === null ? '' : `, 95 % interval ${numberText(test.low)} to ${numberText(test.high)}`
  const text = `${title} ${numberText(test.value)} on the sealed rows${range}; ${numberText(promised.value)} in cross-validation on the training rows: ${gap === 0 ? 'no gap' : way}.`
  const data = { metric, sealed: test.value, cross_validation: promised.value, intervals_apart: apart, passed }
  return { id: 'holds_on_sealed_rows', passed, evidence: { label: 'Training against sealed rows', text, value: gap, interval: null, data } }
}
