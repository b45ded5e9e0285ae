import { type DraftOption, fact, gainEvidence } from './draft-option.ts'
import { type Gain, gainSentence, metricTitle } from './gain.ts'
import type { LoadedColumn } from './load-rows.ts'
import { listNames, numberText, percentText } from './number-text.ts'
import type { Tested } from './test-candidates.ts'

interface Told {
  /** Candidates that were tried, over which chance is shared out. */
  readonly tried: number
  readonly columns: readonly LoadedColumn[]
  /** Candidates that say the label by themselves. */
  readonly proofs: ReadonlySet<string>
}

/** The option that adds a tested feature. */
export function addedOption(tested: Tested, told: Told): DraftOption {
  const { candidate, made } = tested.made
  const missing = missingShare(made)
  const before = Math.max(0, ...candidate.from.map((parent) => missingOf(told.columns, parent.id)))
  const proof = told.proofs.has(candidate.id)
  const names = candidate.from.map((column) => column.name)
  const lineage = `${candidate.kind === 'ordinal_map' ? 'In place' : `A new column "${candidate.name}"`}, made of ${listNames(names)} row by row.`
  return {
    id: candidate.id,
    title: candidate.title,
    summary: `${candidate.formula}. ${lineage} ${verdict(tested, told.tried)} The score is its gain in ${metricTitle(tested.gain.metric)}, turned so that more is better.`,
    recommended: tested.recommended,
    score: tested.gain.difference,
    evidence: [
      gainEvidence('gain', tested.gain, told.tried),
      ...(tested.ranking === null ? [] : [gainEvidence('gain in AUC, for comparison', tested.ranking, told.tried)]),
      ...(tested.further === null ? [] : [gainEvidence(`gain beside ${listNames(tested.further.beside)}`, tested.further.gain, told.tried)]),
      fact('formula', candidate.formula, null),
      fact('missing', `Missing on ${percentText(missing)} of the training rows; its parents on up to ${percentText(before)}.`, missing),
      ...(candidate.kind === 'ordinal_map' ? [] : [fact('errors', errorText(tested.screened), tested.screened)]),
    ],
    risks: [
      ...(missing > before + 0.02 ? [`It is missing on ${percentText(missing)} of the rows, its parents on up to ${percentText(before)} only.`] : []),
      ...(proof ? ['It predicts the label nearly perfectly by itself: is all of it known before the label?'] : []),
    ],
    effect: {
      steps: candidate.steps.map((step, i, all) => ({ ...step, description: all.length === 1 ? candidate.formula : `${candidate.formula} (${i + 1} of ${all.length})` })),
      left_out: [],
      added: [{ name: candidate.name, from: names, kind: candidate.kind, text: candidate.formula }],
      safe: missing <= before + 0.2,
    },
  }
}

function verdict({ gain, further, recommended }: Tested, tried: number): string {
  if (recommended) return further === null ? gainSentence(gain, tried) : gainSentence(further.gain, tried)
  if (further === null) return gainSentence(gain, tried)
  return `It gains by itself, but beside ${listNames(further.beside)}: ${lowered(further.gain, tried)}`
}

function lowered(gain: Gain, tried: number): string {
  const text = gainSentence(gain, tried)
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
