import { useMemo } from 'react'
import { Finding } from '#studio/components/finding.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import type { OptionGroup } from '#studio/components/options/option-verdict.ts'
import { Tag } from '#studio/components/tag.tsx'
import { useAct } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { InputsPanel } from './inputs-panel.tsx'
import { MeasuredPanel } from './measured-panel.tsx'
import { monitoringAct } from './monitoring-act.ts'
import { findingOf, monitoringContextOf, settingsOf, type MonitorSettings } from './monitoring-card.ts'
import { SettingsPanel } from './settings-panel.tsx'

/** Monitoring: the ways to watch left with what is watched, measured false alarms and settings right. */
export function MonitoringDecision({ card }: DecisionProps) {
  const context = useMemo(() => monitoringContextOf(card), [card])
  const [taken, setTaken] = useDraft<number | null>(draftKey(card, 'taken'), card.recommended_index)
  const option = card.options.find(({ index }) => index === taken)
  const offered = useMemo(() => (option === undefined ? null : settingsOf(option)), [option])
  const [changes, setChanges] = useDraft<Partial<MonitorSettings>>(draftKey(card, 'settings'), noChanges)
  const wish = offered === null ? null : { ...offered, ...changes }
  const desk = useAct(monitoringAct(card.options, taken, wish))
  const groups = useMemo((): OptionGroup[] => [{ group: 'offered', words: { title: 'Ways to watch', text: 'each measured on batches of the training rows' }, options: card.options.map((one) => ({ ...one, evidence: [] })) }], [card.options])
  const take = (index: number) => {
    if (!desk.open || index === taken) return
    setTaken(index)
    setChanges(noChanges)
  }
  const change = (next: Partial<MonitorSettings>) => setChanges((before) => ({ ...before, ...next }))
  return (
    <div className="cols">
      <Finding>{findingOf(card, context)}</Finding>
      <div className="stack loose">
        <OptionList groups={groups} many={false} taken={taken === null ? [] : [taken]} selected={taken} disabled={!desk.open} onSelect={({ index }) => take(index)} onToggle={({ index }) => take(index)} verdictOf={(one) => (one.recommended ? <Tag tone="clear" glyph="clear">recommended</Tag> : null)} />
        {wish === null ? null : <InputsPanel inputs={context.inputs ?? []} settings={wish} disabled={!desk.open} onChange={change} />}
      </div>
      <div className="stack loose">
        {option === undefined ? null : <MeasuredPanel option={option} context={context} />}
        {wish === null ? null : <SettingsPanel settings={wish} disabled={!desk.open} onChange={change} />}
      </div>
    </div>
  )
}

const noChanges: Partial<MonitorSettings> = {}
