import { NumberInput, SegmentedControl, Select } from '@mantine/core'
import { Panel } from '#studio/components/panel.tsx'
import type { LabelEffect } from './label-card.ts'
import type { SplitChoice } from './label-choice.ts'

interface SplitPanelProps {
  readonly effect: LabelEffect | null
  readonly columns: readonly string[]
  readonly value: SplitChoice | null
  readonly disabled: boolean
  readonly onChange: (split: SplitChoice | null) => void
}

const words = {
  random: 'At random, alike in every class or tenth of the label. Copies of a row stay together.',
  group: 'All rows of one value stay on one side, so that the model is tested on those that it never met.',
  time: 'The latest rows are sealed, so that the model is tested on what came after what it learnt from.',
} as const

/** Which rows are sealed until the model is chosen. As proposed, or as the person says. */
export function SplitPanel({ effect, columns, value, disabled, onChange }: SplitPanelProps) {
  if (effect?.split.kind === 'index') return <Panel title="Rows that are sealed for the test"><p className="soft">The run was started with rows of its own for the test; they stay sealed.</p></Panel>
  const proposed = effect?.split.kind ?? 'random'
  const kind = value?.kind ?? proposed
  const share = value?.share ?? shareOf(effect)
  const set = (change: Partial<SplitChoice>) => onChange({ kind, column: value?.column ?? null, share, ...change })
  return (
    <Panel title="Rows that are sealed for the test" aside={value === null ? 'as proposed' : <button type="button" className="go-to" onClick={() => onChange(null)}>as proposed</button>} footer="Sealed rows are never seen by anything that learns. Each look at them is counted.">
      <div className="stack">
        <SegmentedControl aria-label="How test rows are chosen" fullWidth disabled={disabled} value={kind} onChange={(next) => set({ kind: next, column: null })} data={[{ value: 'random', label: 'At random' }, { value: 'group', label: 'By group' }, { value: 'time', label: 'By time' }]} />
        <p className="soft">{words[kind]}</p>
        {kind === 'random' || value === null ? null : (
          <Select label={kind === 'group' ? 'Rows of one value stay together' : 'Latest by'} placeholder="Column" searchable disabled={disabled} data={[...columns]} value={value.column} onChange={(column) => set({ column })} error={value.column === null ? 'Choose the column.' : undefined} />
        )}
        <NumberInput label="Share of the rows, in percent" min={5} max={50} step={5} clampBehavior="blur" disabled={disabled} value={Math.round(share * 100)} onChange={(next) => (typeof next === 'number' && next >= 5 && next <= 50 ? set({ share: next / 100 }) : undefined)} suffix=" %" />
      </div>
    </Panel>
  )
}

function shareOf(effect: LabelEffect | null): number {
  const test = effect?.split.test
  return typeof test === 'object' && test !== null && 'share' in test && typeof test.share === 'number' ? test.share : 0.2
}
