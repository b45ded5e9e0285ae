import type { Evidence } from '#core/decision'
import { countText, percentText } from '#core/number-text'
import { plainJson } from '#core/plain-json'
import type { Trained } from '#core/outcomes'
import { FEWEST_GROUP_ROWS } from '#ml/fairness-groups'
import type { ColumnFairness } from './fairness.ts'
import { numberText } from './number-text.ts'
import type { SealedRows } from './sealed-rows.ts'

const titles: Readonly<Record<string, string>> = {
  auc: 'AUC',
  logloss: 'Log loss',
  accuracy: 'Accuracy',
  f1: 'F1',
  brier: 'Brier score',
  r2: 'R²',
  rmse: 'RMSE',
  mae: 'MAE',
}

/** The test metrics as they were measured when the model was trained. */
export function metricEvidence({ test_metrics, rows }: Trained): Evidence[] {
  return Object.entries(test_metrics).map(([metric, { value, low, high }]) => {
    const title = titles[metric] ?? metric
    const interval: [number, number] | null = low === null || high === null ? null : [low, high]
    const range = interval === null ? '' : ` (95 % interval ${numberText(interval[0])} to ${numberText(interval[1])})`
    return { label: title, text: `${title} ${numberText(value)} on ${countText(rows.test, 'sealed row')}${range}.`, value, interval, data: { metric } }
  })
}

/** What the threshold means on the sealed rows; null where there is none. */
export function thresholdEvidence({ threshold, positive }: Trained, { rows, target, prediction }: SealedRows): Evidence | null {
  if (threshold === null || target.task === 'regression' || prediction.task !== 'binary') return null
  let called = 0
  let hits = 0
  let positives = 0
  for (let row = 0; row < rows; row++) {
    const is = target.codes[row] === 1
    const calls = (prediction.probability[row] ?? 0) >= threshold
    positives += is ? 1 : 0
    called += calls ? 1 : 0
    hits += is && calls ? 1 : 0
  }
  const right = called === 0 ? 'none' : `${countText(hits, 'call')} right (${percentText(hits / called)})`
  const found = positives === 0 ? '' : `, and ${percentText(hits / positives)} of those that are are found`
  const rule = `From a probability of ${numberText(threshold)} on, a row is called "${positive ?? 'positive'}"`
  const text = `${rule}: ${called.toLocaleString('en-US')} of ${countText(rows, 'sealed row')} are, ${right}${found}.`
  return { label: 'Threshold', text, value: threshold, interval: null, data: { rows, called, hits, positives } }
}

/** One line a column, with the table of its groups. */
export function fairnessEvidence(columns: readonly ColumnFairness[]): Evidence[] {
  return columns.map((fairness) => {
    const { column, input, groups, compared } = fairness
    const measured = groups.filter(({ verdict }) => verdict === 'measured')
    const few = groups.length - measured.length
    const apart = measured.filter((group) => group.apart)
    const small = few === 0 ? '' : ` ${countText(few, 'group')} of fewer than ${FEWEST_GROUP_ROWS} sealed rows: too few to tell.`
    const what = compared.replaceAll('_', ' ')
    const told =
      measured.length < 2
        ? 'Only one group is large enough to be measured.'
        : apart.length === 0
          ? `No group differs from the largest in ${what} by more than chance.`
          : `${countText(apart.length, 'group differs', 'groups differ')} from the largest ("${fairness.largest}") in ${what} by more than chance.`
    const reads = input ? '' : ' The model does not read this column.'
    return { label: `By group: ${column}`, text: `${told}${small}${reads}`, value: apart.length, interval: null, data: plainJson(fairness) }
  })
}
