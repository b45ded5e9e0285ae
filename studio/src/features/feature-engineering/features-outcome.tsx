import { useMemo, useState } from 'react'
import { TakenList, takenIndices } from '#studio/components/options/taken-list.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { thousandths } from '#studio/lib/numbers.ts'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { thousandthTick } from '#studio/lib/scales.ts'
import { ColumnsOfModel } from './columns-of-model.tsx'
import { FeatureDetail } from './feature-detail.tsx'
import { featureGroups, featuresContextOf, featuresOutcomeOf, rowOf } from './features-card.ts'
import { GainPanel } from './gain-panel.tsx'
import { VerdictTag } from './verdict-tag.tsx'

/** What was added and left out, on the gains that were measured, and the columns that went to training. */
export function FeaturesOutcome({ decision }: OutcomeProps) {
  const context = useMemo(() => featuresContextOf(decision), [decision])
  const outcome = useMemo(() => featuresOutcomeOf(decision.outcome), [decision])
  const groups = useMemo(() => featureGroups(decision.options).map((group) => ({ ...group, options: group.options.map(rowOf) })), [decision.options])
  const [picked, setPicked] = useState<number | null>(null)
  const index = picked ?? takenIndices(decision)[0] ?? groups[0]?.options[0]?.index ?? null
  const shown = decision.options.find((option) => option.index === index)
  return (
    <div className="cols">
      <div className="stack loose">
        {decision.options.length === 0 ? <Panel><p className="soft">There was nothing to add and nothing to leave out.</p></Panel> : (
          <TakenList decision={decision} groups={groups} many selected={index} onSelect={setPicked} gains={{ head: `gain, ${context.metric?.title ?? 'metric'} × 0.001 [95 %]`, write: thousandths, tick: thousandthTick }} verdictOf={(option) => <VerdictTag option={option} />} />
        )}
        <ColumnsOfModel context={{ ...context, ...(outcome === null ? {} : { features: outcome.features, left_out: outcome.left_out }) }} went={outcome !== null} />
      </div>
      <div className="stack loose">
        <GainPanel context={context} />
        {shown === undefined ? null : <FeatureDetail option={shown} />}
      </div>
    </div>
  )
}
