import { numberText } from '#core/number-text'
import { type Candidate, columnsAdded } from './candidate.ts'
import { type DraftOption, fact, gainEvidence } from './draft-option.ts'
import { gainSentence, isDistinguishable, metricTitle } from './gain.ts'
import type { GainCurve } from './gain-curve.ts'
import type { LoadedColumn } from './load-rows.ts'
import { listNames, percentText } from './number-text.ts'
import type { Tested } from './test-candidates.ts'

interface Told {
  readonly columns: readonly LoadedColumn[]
  /** Candidates that say the label by themselves. */
  readonly proofs: ReadonlySet<string>
  readonly curve: GainCurve
}

/** The option that adds a tested feature. */
export function addedOption(tested: Tested, told: Told): DraftOption {
  const { candidate, made } = tested.made
  const missing = missingShare(made)
  const before = Math.max(0, ...candidate.from.map((parent) => missingOf(told.columns, parent.id)))
  const names = candidate.from.map((column) => column.name)
  const place = placeOf(tested, told.curve)
  const beside = told.curve.beside.get(candidate.id)
  return {
    id: candidate.id,
    title: candidate.title,
    summary: `${candidate.formula}. ${lineageText(candidate)} ${verdict(tested, told.curve)} The score is its gain in ${metricTitle(tested.gain.metric)} per added column, turned so that more is better.`,
    recommended: place !== null,
    score: tested.perColumn,
    evidence: [
      gainEvidence('gain', tested.gain),
      ...(tested.ranking === null ? [] : [gainEvidence('gain in AUC, for comparison', tested.ranking)]),
      ...(beside === undefined ? [] : [gainEvidence(`gain beside ${listNames(beside.names)}`, beside.gain)]),
      fact('formula', candidate.formula, null),
      fact('proposed', `Proposed since ${candidate.why}.`, candidate.kind),
      fact('added columns', costText(candidate), columnsAdded(candidate)),
      fact('missing', `Missing on ${percentText(missing)} of the training rows; its parents on up to ${percentText(before)}.`, missing),
      ...(candidate.kind === 'ordinal_map' ? [] : [fact('errors', errorText(tested.screened), tested.screened)]),
    ],
    risks: [
      ...(missing > before + 0.02 ? [`It is missing on ${percentText(missing)} of the rows, its parents on up to ${percentText(before)} only.`] : []),
      ...(told.proofs.has(candidate.id) ? ['It predicts the label nearly perfectly by itself: is all of it known before the label?'] : []),
      ...(candidate.kind === 'deviation' ? ['The means are those of the training rows: they stand in the formula as numbers, and grow old with it.'] : []),
    ],
    effect: {
      steps: candidate.steps.map((step, i, all) => ({ ...step, description: all.length === 1 ? candidate.formula : `${candidate.formula} (${i + 1} of ${all.length})` })),
      left_out: [],
      added: [{ name: candidate.name, from: names, kind: candidate.kind, text: candidate.formula }],
      safe: missing <= before + 0.2,
    },
  }
}

function lineageText(candidate: Candidate): string {
  const names = listNames(candidate.from.map((column) => column.name))
  return `${candidate.replaces === null ? `A new column "${candidate.name}"` : 'In place'}, made of ${names} row by row.`
}

function costText(candidate: Candidate): string {
  return columnsAdded(candidate) === 0 ? 'It changes a column in place, so that the model has no more than before.' : 'The model has one column more, to be worked out for every row to predict.'
}

/** The place among the recommended features, from 0; null where it is not recommended. */
function placeOf({ made }: Tested, { points, knee }: GainCurve): number | null {
  const place = points.slice(0, knee).findIndex(({ tested }) => tested.made === made)
  return place < 0 ? null : place
}

function verdict(tested: Tested, curve: GainCurve): string {
  const beside = curve.beside.get(tested.made.candidate.id)
  if (beside === undefined || !isDistinguishable(tested.gain)) return gainSentence(tested.gain)
  const text = gainSentence(beside.gain)
  if (placeOf(tested, curve) !== null) return `Beside ${listNames(beside.names)}: ${lowered(text)}`
  return `It gains by itself, but beside ${listNames(beside.names)}: ${lowered(text)}`
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}

function errorText(share: number): string {
  return share <= 0
    ? 'Alone it says nothing about what the model gets wrong without it.'
    : `Alone it explains ${share < 0.001 ? 'under 0.1 %' : `${numberText(share * 100)} %`} of what the model gets wrong without it.`
}

function missingShare({ values }: LoadedColumn): number {
  const cells = values.kind === 'numeric' ? values.values : values.codes
  let missing = 0
  for (const cell of cells) if (Number.isNaN(cell) || (values.kind === 'category' && cell < 0)) missing++
  return cells.length === 0 ? 0 : missing / cells.length
}

function missingOf(columns: readonly LoadedColumn[], id: string): number {
  const found = columns.find(({ column }) => column.id === id)
  return found === undefined ? 0 : missingShare(found)
}
