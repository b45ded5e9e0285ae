import type { Proposal } from '#core/decision'
import type { Featured } from '#core/outcomes'
import { higherIsBetter } from '#ml/metrics'
import { comparePaired } from '#ml/paired-difference'
import { outputsOf } from '#ml/table'
import type { Examined } from './examine-columns.ts'
import { mostSearched } from '#findings/find-reconstructions'
import { metricName, metricTitle } from './gain.ts'
import type { Board } from './measure-board.ts'
import { countText, listNames, numberText } from './number-text.ts'

/** What the card shows besides its options: the measure, what was tried, and what was not. */
export function cardContext(featured: Featured, examined: Examined, board: Board | null): Proposal['context'] {
  const { training } = examined
  return {
    rows: training.rows,
    features: featured.features.map(({ name, type }) => ({ name, type })),
    left_out: featured.left_out.map((one) => ({ ...one })),
    added: featured.added.map((one) => ({ ...one })),
    ...(board === null ? {} : { metric: metricOf(board), cross_validation: { folds: board.bench.folds.length, rows: board.bench.rows.length, training_rows: training.rows }, tried: triedOf(board) }),
    notes: [...leakNotes(examined), ...(board === null ? ['Nothing was cross-validated: there are too few training rows, or no column is left to learn from.'] : boardNotes(board, examined))],
    limits: limitsOf(examined, board),
  }
}

function metricOf({ metric, base }: Pick<Board, 'metric' | 'base'>) {
  const pairs = base.flatMap(({ metrics, trainRows, rows }) => (metrics[metric] === undefined ? [] : [{ candidate: metrics[metric], baseline: 0, trainRows, testRows: rows.length }]))
  const value = pairs.length === 0 ? null : comparePaired(pairs, true).difference
  return { name: metricName(metric), title: metricTitle(metric), better: higherIsBetter(metric) ? 'higher' : 'lower', value }
}

/** Every candidate that was tested in full, with its gain. */
function triedOf({ tested }: Board) {
  return tested.map(({ made, gain, screened }) => ({ name: made.candidate.name, kind: made.candidate.kind, formula: made.candidate.formula, gain: gain.difference, errors_explained: screened }))
}

function leakNotes({ reconstructions, nearProofs, training }: Examined): string[] {
  if (training.target.task !== 'regression') return nearProofs.length === 0 ? ['No column alone tells the label nearly perfectly.'] : []
  return reconstructions.length + nearProofs.length === 0 ? ['No column, and no formula of up to three, rebuilds the label.'] : []
}

function boardNotes({ bench, tested, tried, base, metric, candidates }: Board, { training }: Examined): string[] {
  const folds = bench.folds.length === bench.once ? countText(bench.once, 'fold') : `${bench.once} folds, drawn ${bench.folds.length / bench.once} times`
  const { value } = metricOf({ base, metric })
  const notes = [`Gains are measured with the glass box (one curve a column, ${bench.settings.glassbox?.bags ?? 1} models averaged), leaks left out, always on the same ${folds}: ${metricTitle(metric)} ${value === null ? 'is not defined' : numberText(value)} as it stands.`]
  if (bench.rows.length < training.rows) notes.push(`They are measured on ${countText(bench.rows.length, 'row')} drawn from the ${countText(training.rows, 'training row')}, so that small gains may stay unseen.`)
  if (tried > 0) notes.push(`${countText(tried, 'candidate')} ${tried === 1 ? 'was' : 'were'} tried: first on what the model gets wrong, then the ${countText(tested.length, 'most promising one')} in full. A gain is told from chance where its probability times ${tried} stays below 0.05 (Bonferroni).`)
  if (tried === 0 && candidates.list.length === 0) notes.push('No feature suggests itself: there are no dates, no ordered scales and fewer than two amounts.')
  if (tried > 0 && tested.every(({ recommended }) => !recommended)) notes.push('No added feature gains distinguishably, so none is recommended.')
  return notes
}

/** What this depth of the phase does not try; the card says so. */
function limitsOf({ redundant, training, honest }: Examined, board: Board | null): string[] {
  const limits = ['Crosses of categories, lags, counts of words and statistics of groups are not tried.', 'Pairs are made of the six strongest amounts only.']
  if (board !== null && board.candidates.dropped > 0) limits.push(`${countText(board.candidates.dropped, 'further candidate')} ${board.candidates.dropped === 1 ? 'was' : 'were'} not tried, to keep the work bounded.`)
  const unmeasured = redundant.filter(({ column }) => board?.without.get(column.column.id) === undefined)
  if (unmeasured.length > 0) limits.push(`Leaving out ${listNames(unmeasured.map(({ column }) => column.column.name))} was not measured.`)
  if (training.target.task === 'regression') limits.push(`Formulas that rebuild the label are searched among the ${mostSearched} numbers that go with it most: weighted sums of up to three columns, products and ratios of up to three, and sums of two of these.`)
  else limits.push('Several columns that tell a class only together are not looked for.')
  if (outputsOf(training.target) > 1) limits.push('Of several classes, the three most frequent ones decide which candidates look promising.')
  if (honest.length === 0) limits.push('No column is left once leaks and identifiers go.')
  return limits
}
