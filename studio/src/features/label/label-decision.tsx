import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Finding } from '#studio/components/finding.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import { groupedOptions } from '#studio/components/options/option-verdict.ts'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import { useAct } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { labelAct, labelFinding, type LabelChoice } from './label-choice.ts'
import { labelEffectOf } from './label-card.ts'
import { LabelDetail } from './label-detail.tsx'
import { SplitPanel } from './split-panel.tsx'

/** The label: candidates left, what the chosen one looks like right, what says it in other words, and which rows are sealed. */
export function LabelDecision({ run, card }: DecisionProps) {
  const initial = useMemo<LabelChoice>(() => ({ index: card.recommended_index, other: null, positive: null, keep: [], split: null }), [card.recommended_index])
  const [choice, setChoice] = useDraft(draftKey(card, 'label'), initial)
  const [selected, setSelected] = useState<number | null>(null)
  const groups = useMemo(() => groupedOptions(card.options), [card.options])
  const chosen = choice.other === null ? card.options.find(({ index }) => index === choice.index) : undefined
  const effect = chosen === undefined ? null : labelEffectOf(chosen)
  const desk = useAct(labelAct(choice, chosen, { effect, recommended: card.recommended_index }))
  const shown = card.options.find(({ index }) => index === selected) ?? chosen ?? card.options[0]
  const columns = useColumns(run.dataset_id)
  const own = shown !== undefined && shown.index === chosen?.index
  const toggleKeep = (name: string) => setChoice((before) => ({ ...before, keep: before.keep.includes(name) ? before.keep.filter((one) => one !== name) : [...before.keep, name] }))
  return (
    <div className="cols">
      <Finding>{labelFinding(card)}</Finding>
      <div className="stack loose">
        {card.options.length === 0 ? null : (
          <OptionList groups={groups} many={false} taken={choice.other === null && choice.index !== null ? [choice.index] : []} selected={shown?.index ?? null} disabled={!desk.open} onSelect={({ index }) => setSelected(index)} onToggle={({ index }) => (desk.open ? setChoice({ ...initial, index }) : undefined)} />
        )}
        <Panel title="Another column">
          <Select aria-label="Another column to predict" placeholder="Any column of the table" searchable clearable disabled={!desk.open} data={columns} value={choice.other} onChange={(other) => setChoice({ ...initial, other })} nothingFoundMessage="No column has this name" />
        </Panel>
        <SplitPanel key={chosen?.index ?? 'other'} effect={effect} columns={columns} value={choice.split} disabled={!desk.open} onChange={(split) => setChoice((before) => ({ ...before, split }))} />
      </div>
      {shown === undefined ? null : (
        <LabelDetail option={shown} positive={own ? choice.positive : null} keep={own ? choice.keep : []} disabled={!desk.open || !own} onKeep={toggleKeep} onPositive={(positive) => setChoice((before) => ({ ...before, positive }))} />
      )}
    </div>
  )
}

/** Names of the columns, out of the stored table. */
function useColumns(datasetId: string | null): string[] {
  const rows = useQuery({ queryKey: ['preview', datasetId, 1], queryFn: ({ signal }) => client.datasets.preview(datasetId ?? '', { rows: 1 }, { signal }), enabled: datasetId !== null, staleTime: Number.POSITIVE_INFINITY }).data
  return Object.keys(rows?.[0] ?? {})
}
