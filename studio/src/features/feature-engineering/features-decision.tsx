import { useMemo, useState } from 'react'
import type { OptionAnswer } from '#sdk/client'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { Finding } from '#studio/components/finding.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { useAct } from '#studio/lib/desk.ts'
import { thousandths } from '#studio/lib/numbers.ts'
import { thousandthTick } from '#studio/lib/scales.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { ColumnsOfModel } from './columns-of-model.tsx'
import { FeatureDetail } from './feature-detail.tsx'
import { featureGroups, featuresContextOf, rowOf } from './features-card.ts'
import { GainPanel } from './gain-panel.tsx'
import { featuresAct, featuresFinding } from './features-act.ts'
import { VerdictTag } from './verdict-tag.tsx'

/** Features: what to add and what to leave out, on one scale of gain; the curve of taking them one after another; lineage. */
export function FeaturesDecision({ card }: DecisionProps) {
  const context = useMemo(() => featuresContextOf(card), [card])
  const recommended = useMemo(() => card.options.filter((option) => option.recommended).map(({ index }) => index), [card.options])
  const [taken, setTaken] = useDraft<readonly number[]>(draftKey(card, 'taken'), recommended)
  const groups = useMemo(() => featureGroups(card.options).map((group) => ({ ...group, options: group.options.map(rowOf) })), [card.options])
  const [selected, setSelected] = useState<number | null>(null)
  const desk = useAct(featuresAct(card.options, taken, context.features?.length ?? null))
  const shownIndex = selected ?? groups[0]?.options[0]?.index ?? null
  const shown = card.options.find(({ index }) => index === shownIndex)
  const toggle = ({ index }: OptionAnswer) => (desk.open ? setTaken((before) => (before.includes(index) ? before.filter((one) => one !== index) : [...before, index].sort((left, right) => left - right))) : undefined)
  const metric = context.metric?.title ?? 'metric'
  return (
    <div className="cols">
      <Finding>{featuresFinding(card.options, context)}</Finding>
      <div className="stack loose">
        {card.options.length === 0 ? <Panel><EmptyState title="Nothing to add and nothing to leave out">No candidate gained, and no column says the label, repeats another or names the row.</EmptyState></Panel> : (
          <OptionList groups={groups} many taken={taken} selected={shownIndex} disabled={!desk.open} onSelect={({ index }) => setSelected(index)} onToggle={toggle} gains={{ head: `gain, ${metric} × 0.001 [95 %]`, write: thousandths, tick: thousandthTick }} verdictOf={(option) => <VerdictTag option={option} />} />
        )}
        <ColumnsOfModel context={context} />
      </div>
      <div className="stack loose">
        <GainPanel context={context} />
        {shown === undefined ? null : <FeatureDetail option={shown} />}
      </div>
    </div>
  )
}
