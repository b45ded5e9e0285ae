import { useMemo } from 'react'
import { Finding } from '#studio/components/finding.tsx'
import { Note } from '#studio/components/note.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import type { OptionGroup } from '#studio/components/options/option-verdict.ts'
import { Tag } from '#studio/components/tag.tsx'
import { useAct } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { ChecksPanel } from './checks-panel.tsx'
import { deploymentAct } from './deployment-act.ts'
import { deploymentContextOf, evidencesOf, findingOf } from './deployment-card.ts'
import { FairnessPanel } from './fairness-panel.tsx'
import { MetricsPanel } from './metrics-panel.tsx'
import { ThresholdPanel } from './threshold-panel.tsx'

/** Deployment: may this model answer? The three ways left with what was checked, metrics, threshold and groups right. */
export function DeploymentDecision({ card }: DecisionProps) {
  const context = useMemo(() => deploymentContextOf(card), [card])
  const { metrics, threshold: evidence, fairness } = useMemo(() => evidencesOf(card.options), [card.options])
  const proposed = context.model?.threshold ?? null
  const [taken, setTaken] = useDraft<number | null>(draftKey(card, 'taken'), card.recommended_index)
  const [threshold, setThreshold] = useDraft<number | null>(draftKey(card, 'threshold'), proposed)
  const desk = useAct(deploymentAct(card.options, { taken, threshold, proposed }))
  // Gains are not what these options are told apart by, so the list shows none.
  const groups = useMemo((): OptionGroup[] => [{ group: 'offered', words: { title: 'Ways to go on', text: 'one of three' }, options: card.options.map((option) => ({ ...option, evidence: [], summary: option.summary.split(' Recommended: ')[0] ?? '' })) }], [card.options])
  const take = (index: number) => (desk.open ? setTaken(index) : undefined)
  const shown = card.options.find(({ index }) => index === taken)
  return (
    <div className="cols">
      <Finding>{findingOf(context, metrics)}</Finding>
      <div className="stack loose">
        <OptionList groups={groups} many={false} taken={taken === null ? [] : [taken]} selected={taken} disabled={!desk.open} onSelect={({ index }) => take(index)} onToggle={({ index }) => take(index)} verdictOf={(option) => (option.recommended ? <Tag tone="clear" glyph="clear">recommended</Tag> : null)} />
        {shown?.id === 'none' ? shown.risks.map((risk) => <Note key={risk} tone="held">{risk}</Note>) : null}
        <ChecksPanel context={context} {...(context.model?.task === 'regression' ? { calibrationTitle: 'Neither too high nor too low on average' } : {})} />
        <FairnessPanel columns={fairness} />
      </div>
      <div className="stack loose">
        {proposed === null ? null : <ThresholdPanel proposed={proposed} evidence={evidence} value={threshold ?? proposed} disabled={!desk.open || shown?.id === 'none'} onChange={setThreshold} />}
        <MetricsPanel metrics={metrics} />
      </div>
    </div>
  )
}
