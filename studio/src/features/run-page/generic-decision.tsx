import { useMemo, useState } from 'react'
import type { OptionAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { useAct, type Act } from '#studio/lib/desk.ts'
import { counted } from '#studio/lib/numbers.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { manyChoicePhases } from '#studio/lib/phases.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { OptionDetail } from '#studio/components/options/option-detail.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import { groupedOptions } from '#studio/components/options/option-verdict.ts'

/** The decision page of a phase that brings none of its own: options left, the selected one's evidence right. */
export function GenericDecision({ card }: DecisionProps) {
  const many = manyChoicePhases.has(card.phase)
  const initial = useMemo(() => recommendedOf(card), [card])
  const [taken, setTaken] = useDraft<readonly number[]>(draftKey(card, 'taken'), initial)
  const groups = useMemo(() => groupedOptions(card.options), [card.options])
  const [selected, setSelected] = useState<number | null>(null)
  const desk = useAct(many ? manyAct(card.options, taken) : oneAct(card.options, taken[0] ?? null, card.recommended_index))
  const toggle = ({ index }: OptionAnswer) => {
    if (!desk.open) return
    if (many) setTaken((before) => (before.includes(index) ? before.filter((other) => other !== index) : [...before, index].sort((left, right) => left - right)))
    else setTaken([index])
  }
  if (card.options.length === 0) return <Panel><EmptyState title="There is nothing to choose here">Accepting goes on as it is.</EmptyState></Panel>
  const shown = card.options.find(({ index }) => index === (selected ?? groups[0]?.options[0]?.index)) ?? null
  return (
    <div className="cols">
      <OptionList groups={groups} many={many} taken={taken} selected={shown?.index ?? null} disabled={!desk.open} onSelect={({ index }) => setSelected(index)} onToggle={toggle} />
      {shown === null ? null : <OptionDetail option={shown} />}
    </div>
  )
}

function recommendedOf({ phase, options, recommended_index }: DecisionProps['card']): readonly number[] {
  if (manyChoicePhases.has(phase)) return options.filter(({ recommended }) => recommended).map(({ index }) => index)
  return recommended_index === null ? [] : [recommended_index]
}

function manyAct(options: readonly OptionAnswer[], taken: readonly number[]): Act {
  const left = options.length - taken.length
  return {
    answer: { apply_indices: [...taken] },
    button: taken.length === 0 ? 'Take none' : taken.length === options.length ? `Take all ${taken.length}` : `Take ${taken.length}, leave ${left}`,
    title: taken.length === 0 ? 'Nothing is taken.' : `${counted(taken.length, 'option')} taken, ${left} left.`,
    consequence: 'The run goes on with these.',
    differs: options.some(({ index, recommended }) => recommended !== taken.includes(index)),
  }
}

function oneAct(options: readonly OptionAnswer[], choice: number | null, recommended: number | null): Act {
  const option = options.find(({ index }) => index === choice)
  if (option === undefined) return { answer: {}, button: 'Choose one', title: 'Nothing is chosen yet.', differs: false, blocked: 'Choose one of the options first.' }
  return {
    answer: { choice_index: option.index },
    button: `Take ${option.title}`,
    title: option.title,
    consequence: 'The run goes on with it.',
    differs: recommended !== null && recommended !== option.index,
  }
}
