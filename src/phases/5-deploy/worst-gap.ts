import { countText, percentText } from '#core/number-text'
import type { Estimate } from '#ml/mean-interval'
import type { ColumnFairness, ComparedGroup } from './fairness.ts'
import { numberText } from './number-text.ts'

interface Gap {
  readonly column: ColumnFairness
  readonly group: ComparedGroup
  readonly reference: ComparedGroup
  /** Comparable within one task. */
  readonly size: number
}

/** The widest gap between two groups that is more than chance, as a sentence; null where there is none. */
export function worstGap(columns: readonly ColumnFairness[], positive: string | null): string | null {
  const gaps = columns.flatMap(gapsOf)
  const [first, ...rest] = gaps
  if (first === undefined) return null
  const worst = rest.reduce((widest, gap) => (gap.size > widest.size ? gap : widest), first)
  return sentenceOf(worst, positive)
}

function gapsOf(column: ColumnFairness): Gap[] {
  const reference = column.groups.find(({ group }) => group === column.largest)
  if (reference === undefined) return []
  return column.groups.filter(({ apart }) => apart).map((group) => ({ column, group, reference, size: sizeOf(column, group, reference) }))
}

/** How far apart the two are at least, from the nearer ends of their intervals: a small group does not win by chance. */
function sizeOf({ compared }: ColumnFairness, group: ComparedGroup, reference: ComparedGroup): number {
  const own = group.measures[compared] ?? null
  const other = reference.measures[compared] ?? null
  if (own === null || other === null) return 0
  const [smaller, larger] = own.value < other.value ? [own, other] : [other, own]
  if (compared !== 'selection_rate') return larger.low - smaller.high
  return larger.low / Math.max(smaller.high, Number.MIN_VALUE)
}

function sentenceOf({ column, group, reference }: Gap, positive: string | null): string {
  const own = group.measures[column.compared] ?? null
  const other = reference.measures[column.compared] ?? null
  if (own === null || other === null) return ''
  const who = `${quoted(group.group)} (${countText(group.rows, 'sealed row')})`
  const whom = quoted(reference.group)
  const where = `Widest gap between groups, by ${quoted(column.column)}${column.input ? '' : ', which the model does not read'}:`
  if (column.compared === 'accuracy') return `${where} right on ${share(own)} of ${who}, on ${share(other)} of ${whom}.`
  if (column.compared === 'mean_error') {
    return `${where} predictions for ${who} are ${numberText(own.value)} off on average (${rangeOf(own)}), for ${whom} ${numberText(other.value)}.`
  }
  const line = group.four_fifths === null || group.four_fifths === 'within' ? '' : `, ${group.four_fifths === 'below' ? 'below' : 'above the inverse of'} the four-fifths line`
  const ratio = group.ratio === null ? '' : ` (ratio ${numberText(group.ratio)}${line})`
  const truth = [group, reference].map(({ measures }) => percentText(measures.observed_rate?.value ?? 0))
  return `${where} ${share(own)} of ${who} are called ${quoted(positive ?? 'positive')}, ${share(other)} of ${whom}${ratio}; in truth they are ${truth[0]} and ${truth[1]}.`
}

function quoted(text: string): string {
  return `"${text.length > 60 ? `${text.slice(0, 60)}…` : text}"`
}

function share(measured: Estimate): string {
  return percentText(measured.value)
}

function rangeOf({ low, high }: Estimate): string {
  return `95 % interval ${numberText(low)} to ${numberText(high)}`
}
