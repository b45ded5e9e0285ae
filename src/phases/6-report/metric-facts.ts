/** What a measure is called, which way is better, and what it says in one sentence. */
export interface MetricFacts {
  readonly title: string
  /** Null where it is not known here. */
  readonly better: 'higher' | 'lower' | null
  readonly text: string
}

const facts: Readonly<Record<string, MetricFacts>> = {
  auc: { title: 'AUC', better: 'higher', text: 'How often a row of the class is scored above one that is not; 0.5 is chance.' },
  logloss: { title: 'Log loss', better: 'lower', text: 'The mean surprise at the truth, given the probability that was said.' },
  accuracy: { title: 'Accuracy', better: 'higher', text: 'The share of rows that are called right.' },
  f1: { title: 'F1', better: 'higher', text: 'The harmonic mean of precision and recall.' },
  brier: { title: 'Brier score', better: 'lower', text: 'The mean squared distance of probability and truth.' },
  r2: { title: 'R²', better: 'higher', text: 'The share of the spread of the label that is explained.' },
  rmse: { title: 'RMSE', better: 'lower', text: 'The root of the mean squared error, in units of the label.' },
  mae: { title: 'MAE', better: 'lower', text: 'The mean absolute error, in units of the label.' },
}

/** The facts of a measure by its name on the wire; an unknown one is shown by that name. */
export function metricFacts(name: string): MetricFacts {
  return facts[name] ?? { title: name, better: null, text: '' }
}

const order = Object.keys(facts)

/** The names of measures in the order in which they are shown. */
export function inMetricOrder(names: readonly string[]): string[] {
  const place = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length)
  return [...names].sort((a, b) => place(a) - place(b) || (a < b ? -1 : 1))
}
