import { countText } from '#core/number-text'
import { type DraftOption, fact, gainEvidence, leavesOut } from './draft-option.ts'
import type { Identifier } from './find-identifiers.ts'
import type { Redundant } from './find-redundant.ts'
import { gainSentence, isDistinguishable, type JudgedGain } from './gain.ts'
import type { LoadedColumn } from './load-rows.ts'
import { listNames } from './number-text.ts'

const unmeasured = 'What leaving it out does to the score was not measured, to keep the work bounded.'

/** The option that leaves out a column that says what another says. */
export function redundantOption({ column: { column }, kept, how, value, rows }: Redundant, gain: JudgedGain | null): DraftOption {
  const other = kept.column.name
  const text =
    how === 'same values'
      ? `On all ${countText(rows, 'training row')}, each of the ${countText(value, 'value')} of "${column.name}" goes with one of "${other}", and back.`
      : `"${column.name}" lies on a straight line with "${other}": their correlation is ${Math.trunc(value * 1e6) / 1e6} on ${countText(rows, 'training row')}.`
  return {
    id: `out:same:${column.id}`,
    title: `Leave out "${column.name}": it says the same as "${other}"`,
    summary: `${text} "${other}" stays, which predicts the label at least as well alone. ${gain === null ? unmeasured : gainSentence(gain)} One column fewer is easier to read, and no curve is split between two.`,
    recommended: gain !== null && isDistinguishable(gain),
    score: gain?.difference ?? null,
    evidence: [fact('same', text, value), ...(gain === null ? [] : [gainEvidence('gain of leaving it out', gain)])],
    risks: [`Where "${other}" is missing or wrong in a row to predict, "${column.name}" can no longer stand in.`],
    effect: leavesOut([{ column: column.id, name: column.name, reason: 'duplicate_column', text }]),
  }
}

/** The option that leaves out all columns that say nothing alone. */
export function noiseOption(columns: readonly LoadedColumn[], gain: JudgedGain | null, label: string): DraftOption {
  const names = columns.map(({ column }) => column.name)
  const who = names.length === 1 ? `${listNames(names)} does no` : `none of ${listNames(names)} does`
  const text = `Alone, ${who} better than chance on rows it was not learnt from.`
  return {
    id: 'out:noise',
    title: `Leave out ${names.length === 1 ? listNames(names) : countText(names.length, 'column')}: no sign that ${names.length === 1 ? 'it says' : 'they say'} anything of "${label}" alone`,
    summary: `${text} ${gain === null ? unmeasured : gainSentence(gain)} A column may still matter beside others.`,
    recommended: gain !== null && isDistinguishable(gain),
    score: gain?.difference ?? null,
    evidence: [fact('alone', text, names.length), ...(gain === null ? [] : [gainEvidence('gain of leaving them out', gain)])],
    risks: [],
    effect: leavesOut(columns.map(({ column }) => ({ column: column.id, name: column.name, reason: 'noise' as const, text: `"${column.name}" alone does no better than chance.` }))),
  }
}

/** The option that leaves out a column that names the row. */
export function identifierOption({ column: { column }, reason, distinct, text }: Identifier): DraftOption {
  return {
    id: `out:identifier:${column.id}`,
    title: `Leave out "${column.name}": ${reason === 'free_text' ? 'texts that hardly recur' : 'an identifier'}`,
    summary: `${text} The model does without, the table keeps it.`,
    recommended: true,
    score: null,
    evidence: [fact('different values', text, distinct)],
    risks: [],
    effect: leavesOut([{ column: column.id, name: column.name, reason, text }]),
  }
}
