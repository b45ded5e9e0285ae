import type { ReactNode } from 'react'
import type { DecisionRecord, OptionAnswer } from '#sdk/client'
import { OptionList } from './option-list.tsx'
import type { OptionGroup } from './option-verdict.ts'

interface TakenListProps {
  readonly decision: DecisionRecord
  readonly groups: readonly OptionGroup[]
  readonly many: boolean
  readonly selected: number | null
  readonly onSelect: (index: number) => void
  readonly gains?: { readonly head: string; readonly write: (value: number, bounds: readonly [number, number]) => string; readonly tick?: (value: number, ticks: readonly number[]) => string }
  readonly verdictOf?: (option: OptionAnswer) => ReactNode
}

/** The options of a decision that is made, with the ticks as they were sent; looked at, not changed. */
export function TakenList({ decision, onSelect, ...list }: TakenListProps) {
  return <OptionList {...list} taken={takenIndices(decision)} disabled onSelect={({ index }) => onSelect(index)} onToggle={() => undefined} />
}

/** Indices of the options that were taken. */
export function takenIndices({ options, taken }: Pick<DecisionRecord, 'options' | 'taken'>): number[] {
  return options.filter(({ title }) => taken.includes(title)).map(({ index }) => index)
}
