import { useCallback, useMemo, useState } from 'react'
import { Finding } from '#studio/components/finding.tsx'
import { OptionDetail } from '#studio/components/options/option-detail.tsx'
import { OptionList } from '#studio/components/options/option-list.tsx'
import { groupedOptions } from '#studio/components/options/option-verdict.ts'
import { useAct } from '#studio/lib/desk.ts'
import type { DecisionProps } from '#studio/lib/phase-feature.ts'
import { draftKey, useDraft } from '#studio/lib/use-draft.ts'
import { ColumnDetail } from './column-detail.tsx'
import { ColumnsPanel } from './columns-panel.tsx'
import { FoundPanel } from './found-panel.tsx'
import { MissingPanel } from './missing-panel.tsx'
import { OwnStepsPanel } from './own-steps-panel.tsx'
import { readOwnSteps } from './own-steps.ts'
import { preparationAct, preparationFinding } from './preparation-act.ts'
import { columnsOf, contextOf } from './profile.ts'
import { StepDetail } from './step-detail.tsx'
import styles from './preparation.module.css'

type Shown = { readonly kind: 'option'; readonly index: number } | { readonly kind: 'column'; readonly name: string }

/** Preparation: the table's columns left, the steps that were found in the middle, rows before and after right. */
export function PreparationDecision({ run, card }: DecisionProps) {
  const context = useMemo(() => contextOf(card), [card])
  const recommended = useMemo(() => card.options.filter((option) => option.recommended).map(({ index }) => index), [card.options])
  const [taken, setTaken] = useDraft<readonly number[]>(draftKey(card, 'taken'), recommended)
  const [ownText, setOwnText] = useDraft(draftKey(card, 'own'), '')
  const own = useMemo(() => readOwnSteps(ownText), [ownText])
  const groups = useMemo(() => groupedOptions(card.options), [card.options])
  const first = groups[0]?.options[0]
  const [picked, setPicked] = useState<Shown | null>(null)
  const shown = picked ?? (first === undefined ? (context?.profile.columns[0] === undefined ? null : { kind: 'column' as const, name: context.profile.columns[0].name }) : { kind: 'option' as const, index: first.index })
  const desk = useAct(preparationAct(card.options, taken, own))
  const touched = useMemo(() => new Set(card.options.filter(({ index }) => taken.includes(index)).flatMap(({ effect }) => columnsOf(effect))), [card.options, taken])
  const pickColumn = useCallback((name: string) => setPicked({ kind: 'column', name }), [])
  const option = shown?.kind === 'option' ? card.options.find(({ index }) => index === shown.index) : undefined
  const toggle = (index: number) => setTaken((before) => (before.includes(index) ? before.filter((other) => other !== index) : [...before, index].sort((left, right) => left - right)))
  return (
    <div className={context === null ? 'cols' : styles.three}>
      <Finding>{preparationFinding(card.options, context)}</Finding>
      <div className={`stack loose ${styles.middle}`}>
        {card.options.length === 0 ? null : (
          <OptionList groups={groups} many taken={taken} selected={option?.index ?? null} disabled={!desk.open} onSelect={({ index }) => setPicked({ kind: 'option', index })} onToggle={({ index }) => (desk.open ? toggle(index) : undefined)} />
        )}
        {context === null ? null : <FoundPanel context={context} options={card.options.length} />}
        {run.dataset_id === null ? null : <MissingPanel datasetId={run.dataset_id} />}
        <OwnStepsPanel datasetId={run.dataset_id} text={ownText} disabled={!desk.open} onText={setOwnText} />
      </div>
      {context === null ? null : (
        <div className={styles.left}>
          <ColumnsPanel columns={context.profile.columns} rows={context.profile.rows} touched={touched} selected={shown?.kind === 'column' ? shown.name : null} onSelect={pickColumn} />
        </div>
      )}
      <div className={styles.right}>
        {option === undefined ? null : context === null ? <OptionDetail option={option} /> : <StepDetail option={option} datasetId={run.dataset_id} />}
        <ShownColumn context={context} names={option === undefined ? (shown?.kind === 'column' ? [shown.name] : []) : columnsOf(option.effect)} />
      </div>
    </div>
  )
}

/** The columns that are looked at: the one that was picked, or those of the selected step. */
function ShownColumn({ context, names }: { readonly context: ReturnType<typeof contextOf>; readonly names: readonly string[] }) {
  if (context === null) return null
  return context.profile.columns
    .filter(({ name }) => names.includes(name))
    .slice(0, 3)
    .map((column) => <ColumnDetail key={column.name} column={column} rows={context.profile.rows} notes={(context.told ?? []).filter((one) => one.column === column.name).map(({ detail }) => detail)} />)
}
