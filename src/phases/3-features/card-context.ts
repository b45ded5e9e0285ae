import type { Proposal } from '#core/decision'
import { countText, numberText } from '#core/number-text'
import type { Featured } from '#core/outcomes'
import { higherIsBetter } from '#ml/metrics'
import type { MetricName } from '#ml/metrics'
import { outputsOf } from '#ml/table'
import { stepTypes } from '#steps/registry'
import { askedJson, tellersText } from './asked-options.ts'
import type { Examined } from './examine-columns.ts'
import { mostSearched } from '#findings/find-reconstructions'
import { isDistinguishable, metricName, metricTitle } from './gain.ts'
import type { GainCurve } from './gain-curve.ts'
import { curveJson, meanOf } from './curve-json.ts'
import type { Board } from './measure-board.ts'
import { listNames } from './number-text.ts'
import { mostAmounts, mostGroups } from './strong-formulas.ts'

/** What the card shows besides its options: the measure, what was tried, and what was not. */
export function cardContext(featured: Featured, examined: Examined, board: Board | null): Proposal['context'] {
  const { training } = examined
  return {
    rows: training.rows,
    features: featured.features.map(({ name, type }) => ({ name, type })),
    left_out: featured.left_out.map((one) => ({ ...one })),
    added: featured.added.map((one) => ({ ...one })),
    ...(board === null ? {} : { metric: metricOf(board), cross_validation: { folds: board.bench.folds.length, rows: board.bench.rows.length, training_rows: training.rows }, tried: triedOf(board), curve: curveJson(board) }),
    ...(examined.asked.length === 0 ? {} : { asked_to_leave_out: examined.asked.map(askedJson) }),
    notes: [...examined.asked.map(tellersText), ...leakNotes(examined), ...(board === null ? ['Nothing was cross-validated: there are too few training rows, or no column is left to learn from.'] : boardNotes(board, examined))],
    limits: limitsOf(examined, board),
  }
}

function metricOf({ metric, base }: Pick<Board, 'metric' | 'base'>) {
  return { name: metricName(metric), title: metricTitle(metric), better: higherIsBetter(metric) ? 'higher' : 'lower', value: meanOf(base, metric) }
}

/** Every candidate that was tested in full, with its gain. */
function triedOf({ tested }: Board) {
  return tested.map(({ made: { candidate }, gain, perColumn, screened }) => ({ name: candidate.name, kind: candidate.kind, formula: candidate.formula, why: candidate.why, gain: gain.difference, gain_per_column: perColumn, probability: gain.corrected, errors_explained: screened }))
}

function leakNotes({ reconstructions, nearProofs, training }: Examined): string[] {
  if (training.target.task !== 'regression') return nearProofs.length === 0 ? ['No column alone tells the label nearly perfectly.'] : []
  return reconstructions.length + nearProofs.length === 0 ? ['No column, and no formula of up to three, rebuilds the label.'] : []
}

function boardNotes({ bench, tested, tried, base, metric, curve }: Board, { training }: Examined): string[] {
  const folds = bench.folds.length === bench.once ? countText(bench.once, 'fold') : `${bench.once} folds, drawn ${bench.folds.length / bench.once} times`
  const value = meanOf(base, metric)
  const notes = [`Gains are measured with the glass box (one curve a column, ${bench.settings.glassbox?.bags ?? 1} models averaged), leaks left out, always on the same ${folds}: ${metricTitle(metric)} ${value === null ? 'is not defined' : numberText(value)} as it stands.`]
  if (bench.rows.length < training.rows) notes.push(`They are measured on ${countText(bench.rows.length, 'row')} drawn from the ${countText(training.rows, 'training row')}, so that small gains may stay unseen.`)
  if (tried > 0) notes.push(`${countText(tried, 'feature')} ${tried === 1 ? 'was' : 'were'} looked at: first what each says of the errors that the model makes, then the ${countText(tested.length, 'most promising one')} in full, and ranked by gain per added column. A gain is told from chance where its probability, after Holm's correction for all ${tried} (variance widened as in Nadeau and Bengio, for folds share rows), stays below 0.05.`)
  if (tried === 0) notes.push('No feature suggests itself: there are no dates, no ordered scales, no gaps and fewer than two amounts.')
  if (tried > 0 && curve.knee === 0) notes.push('No added feature gains distinguishably, so none is recommended.')
  return [...notes, ...curveNotes(curve, metric)]
}

/** What the recommended features gain together, and where the curve bends. */
function curveNotes({ points, knee }: GainCurve, metric: MetricName): string[] {
  const [last, behind] = [points[knee - 1], points[knee]]
  if (last === undefined) return []
  const together = `${numberText(last.gain.difference)} in ${metricTitle(metric)} (95 % interval ${numberText(last.gain.low)} to ${numberText(last.gain.high)})`
  const names = listNames(points.slice(0, knee).map(({ tested }) => tested.made.candidate.name))
  const gained = knee === 1 ? `${names} gains ${together}.` : `Together, ${names} gain ${together}.`
  if (behind === undefined) return [`${gained} No other tested feature gains anything.`]
  const next = behind.tested.made.candidate.name
  return [`${gained} ${isDistinguishable(behind.further) ? `"${next}" would add more, but no more than ${countText(knee, 'feature')} are recommended at once` : `Here the curve has its knee: "${next}" beside ${knee === 1 ? 'it' : 'them'} shows no further gain that is told from chance`}.`]
}

/** What this depth of the phase does not try; the card says so. */
function limitsOf({ redundant, training, honest }: Examined, board: Board | null): string[] {
  const limits = [
    `All pairs are made of the ${mostAmounts} strongest amounts and the ${mostGroups} strongest groups; others only where their names or small trees over the errors suggest it.`,
    'Logarithms, roots and flags of missing cells of one column are not tried: its curve holds them already. Neither are lags and figures of a group that are worked out of other rows: a row that is scored alone has none beside it.',
    ...(stepTypes.has('CrossCategoriesTransformer') ? [] : ['Crosses of categories are not tried.']),
    ...(stepTypes.has('TextFeaturesTransformer') ? [] : ['Words of texts are not counted.']),
  ]
  if (board !== null && board.candidates.dropped > 0) limits.push(`${countText(board.candidates.dropped, 'further candidate')} ${board.candidates.dropped === 1 ? 'was' : 'were'} not tried, to keep the work bounded.`)
  const unmeasured = redundant.filter(({ column }) => board?.without.get(column.column.id) === undefined)
  if (unmeasured.length > 0) limits.push(`Leaving out ${listNames(unmeasured.map(({ column }) => column.column.name))} was not measured.`)
  if (training.target.task === 'regression') limits.push(`Formulas that rebuild the label are searched among the ${mostSearched} numbers that go with it most: weighted sums of up to three columns, products and ratios of up to three, and sums of two of these.`)
  else limits.push('Several columns that tell a class only together are not looked for.')
  if (outputsOf(training.target) > 1) limits.push('Of several classes, the three most frequent ones decide which candidates look promising.')
  if (honest.length === 0) limits.push('No column is left once leaks and identifiers go.')
  return limits
}
