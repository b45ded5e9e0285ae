import { numberText } from '#core/number-text'
import type { AskedColumn } from './asked-columns.ts'
import { type DraftOption, fact, leavesOut } from './draft-option.ts'
import type { Strength } from './strengths.ts'

/** The option that leaves out a column that the request asks not to use, where an earlier decision kept it. */
export function askedOption(asked: AskedColumn): DraftOption {
  const { column } = asked
  const text = `The request asks not to use "${column.name}".`
  return {
    id: `out:asked:${column.id}`,
    title: `Leave out "${column.name}", as asked`,
    summary: `${text} It goes with everything that is made of it; the table keeps it. ${tellersText(asked)}`,
    recommended: true,
    score: null,
    evidence: [fact('request', text, null), fact('what else tells it', tellersText(asked), asked.together?.value ?? null)],
    risks: [],
    effect: leavesOut([{ column: column.id, name: column.name, reason: 'asked', text }]),
  }
}

/** What else predicts a column that is not to be used. */
export function tellersText({ column: { name }, told, together }: AskedColumn): string {
  if (told === null) return `How well other columns tell "${name}" was not measured.`
  const all = together === null ? '' : ` All columns together tell it with ${strengthText(together)}.`
  if (told.length === 0) return `No other column alone tells "${name}" well.${all}`
  const list = told.map((one) => `"${one.column.name}" (${strengthText(one.strength)})`)
  const words = list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`
  return `Leaving "${name}" out does not hide it from a model: it is predicted by ${words}, each alone, on rows not learnt from.${all}`
}

function strengthText({ metric, value }: Strength): string {
  return `${metric === 'auc' ? 'an area under the curve' : 'an R²'} of ${numberText(Math.max(0, value))}`
}

/** What the card carries of it. */
export function askedJson({ column, kept, told, together }: AskedColumn) {
  const plain = ({ metric, value }: Strength) => ({ metric, value })
  return {
    name: column.name,
    left_out: !kept,
    told_by: told === null ? null : told.map((one) => ({ name: one.column.name, ...plain(one.strength) })),
    told_together: together === null ? null : plain(together),
  }
}
