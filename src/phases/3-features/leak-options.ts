import type { Evidence } from '#core/decision'
import { countText, numberText } from '#core/number-text'
import type { LeftOut } from '#core/outcomes'
import { type DraftOption, fact, leavesOut } from './draft-option.ts'
import type { Reconstruction } from '#findings/find-reconstructions'
import { formulaText } from '#findings/formula-text'
import { isCertainFormula, type NearProof } from './near-proofs.ts'
import { listNames, percentText } from './number-text.ts'

/** What every leak's option may add to its evidence. */
export interface LeakWords {
  readonly label: string
  /** What all recommended leaks together are worth to the score; null where it was not measured. */
  readonly worth: Evidence | null
  /** Whether something is left to learn from without them. */
  readonly leavesSome: boolean
}

const empty = 'Leaving out all that is told here would leave nothing to learn from, so it is not recommended.'

/** The option that leaves out every column of a formula that rebuilds the label. */
export function reconstructionOption({ proved, parts }: Reconstruction, strengths: ReadonlyMap<string, number>, { label, worth, leavesSome }: LeakWords): DraftOption {
  const names = parts.map(({ column }) => column.name)
  const formula = formulaText(label, proved)
  const text = sentenceOf({ proved, parts }, formula)
  const recommended = leavesSome && isCertainFormula({ proved, parts })
  const left_out = parts.map(({ column }): LeftOut => ({ column: column.id, name: column.name, reason: 'reconstruction', text: `"${column.name}" takes part in a formula that rebuilds "${label}": ${text}` }))
  return {
    id: `out:rebuild:${parts.map(({ column }) => column.id).join('+')}`,
    title: `Leave out ${listNames(names)}: ${names.length === 1 ? 'it rebuilds' : 'together they rebuild'} "${label}"`,
    summary: `${text} What stands in the formula is recorded together with "${label}", so a model would only learn this formula. ${allParts(names)}${recommended ? ' Recommended on this evidence, whatever the score does.' : ''}`,
    recommended,
    score: proved.share,
    evidence: [
      { label: 'formula', text, value: proved.share, interval: null, data: { formula, rows: proved.rows, holds: proved.holds, amounts: [...proved.amounts] } },
      fact('explained', `The straight fit of these parts explains ${percentText(proved.explained)} of the variance of "${label}" in the training rows.`, proved.explained),
      ...aloneEvidence(parts, strengths, label),
      ...(worth === null || !isCertainFormula({ proved, parts }) ? [] : [worth]),
    ],
    risks: [
      `If ${names.length === 1 ? 'it is' : 'all of these are'} known before "${label}" is, keep ${names.length === 1 ? 'it' : 'them'}; but then the formula gives "${label}" without a model.`,
      ...(leavesSome ? [] : [empty]),
    ],
    effect: leavesOut(left_out),
  }
}

function allParts(names: readonly string[]): string {
  if (names.length < 2) return ''
  return `${names.length === 2 ? 'Both' : `All ${names.length}`} parts go, not just enough to break the formula: each that stays would still carry its share of the label.`
}

function sentenceOf({ proved }: Reconstruction, formula: string): string {
  const rows = `${proved.holds.toLocaleString('en-US')} of ${countText(proved.rows, 'training row')}`
  return proved.kind === 'near' ? `${formula} explains ${percentText(proved.explained)} of its variance on ${countText(proved.rows, 'training row')}.` : `On ${rows}, ${formula}.`
}

/** How much the strongest part says by itself: why taking out one of the others would not be enough. */
function aloneEvidence(parts: Reconstruction['parts'], strengths: ReadonlyMap<string, number>, label: string): Evidence[] {
  const [best] = parts.flatMap(({ column }) => ({ column, value: strengths.get(column.id) ?? 0 })).sort((a, b) => b.value - a.value)
  if (best === undefined || parts.length < 2) return []
  return [fact('strongest part', `"${best.column.name}" alone predicts "${label}" with an R² of ${numberText(best.value)} on rows it was not learnt from.`, best.value)]
}

/** The option that leaves out a column that alone nearly says the label. */
export function nearProofOption({ column: { column }, strength, onLine, certain }: NearProof, { label, worth, leavesSome }: LeakWords): DraftOption {
  const metric = strength.metric === 'auc' ? 'an area under the curve' : 'an R²'
  const text = `"${column.name}" alone predicts "${label}" with ${metric} of ${strength.value.toFixed(4)} ${onLine ? 'on a straight line through the training rows' : 'on rows it was not learnt from'}.`
  const recommended = certain && leavesSome
  return {
    id: `out:near:${column.id}`,
    title: `Leave out "${column.name}": it nearly says "${label}"`,
    summary: `${text} ${recommended ? 'Recommended on this evidence, whatever the score does: hardly any honest column is that near.' : 'Is it known before the label? If not, leave it out.'}`,
    recommended,
    score: strength.value,
    evidence: [fact('alone', text, strength.value), ...(worth === null || !certain ? [] : [worth])],
    risks: [`If it is known before "${label}" is, it is no leak: keep it.`, ...(certain && !leavesSome ? [empty] : [])],
    effect: leavesOut([{ column: column.id, name: column.name, reason: 'proxy', text }]),
  }
}
