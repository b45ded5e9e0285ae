import { Select } from '@mantine/core'
import type { OptionAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { LevelBars } from '#studio/components/plots/level-bars.tsx'
import { NumberSpread } from '#studio/components/plots/number-spread.tsx'
import { labelEffectOf, labelEvidence } from './label-card.ts'
import { LeftOutPanel } from './left-out-panel.tsx'
import { StrongestPanel } from './strongest-panel.tsx'

interface LabelDetailProps {
  readonly option: OptionAnswer
  readonly positive: string | null
  readonly keep: readonly string[]
  /** True where this is not the column that is chosen. */
  readonly disabled: boolean
  readonly onKeep: (column: string) => void
  readonly onPositive: (positive: string | null) => void
}

/** One candidate: how it lies, which class is the positive one, what predicts it alone, and what says it in other words. */
export function LabelDetail({ option, positive, keep, disabled, onKeep, onPositive }: LabelDetailProps) {
  const effect = labelEffectOf(option)
  const found = labelEvidence(option)
  const name = effect?.name ?? option.title
  return (
    <div className="stack loose">
      <Panel title={option.title}>
        <div className="stack loose">
          <p className="soft">{option.summary}</p>
          {option.risks.map((risk) => <Note key={risk} tone="held">{risk}</Note>)}
          {found.balance === null ? null : <Balance name={name} levels={found.balance} />}
          {found.numbers === null ? null : <NumberSpread name={name} numbers={found.numbers} />}
          {found.spread === null ? null : <p className="soft">{found.spread}</p>}
          {found.texts.map((text) => <p key={text} className="soft">{text}</p>)}
          {effect?.task === 'binary' && effect.classes !== null ? (
            <Select label="Positive class: what the score says how likely" data={[...effect.classes]} value={positive ?? effect.positive} allowDeselect={false} disabled={disabled} onChange={(next) => onPositive(next === effect.positive ? null : next)} />
          ) : null}
        </div>
      </Panel>
      <LeftOutPanel leftOut={effect?.left_out ?? []} proofs={found.proofs} leaks={found.leaks} keep={keep} disabled={disabled} onKeep={onKeep} />
      {found.strongest === null ? null : <StrongestPanel strongest={found.strongest} text={found.strongestText} label={name} />}
      {found.split === null ? null : <Panel title="Proposed test rows"><div className="stack"><p className="soft">{found.split}</p>{found.otherSplits.map((other) => <p key={other} className="sub">{other}</p>)}</div></Panel>}
    </div>
  )
}

const mostLevels = 12

function Balance({ name, levels }: { readonly name: string; readonly levels: readonly { readonly value: string; readonly rows: number }[] }) {
  const rows = levels.reduce((sum, level) => sum + level.rows, 0)
  const rest = levels.slice(mostLevels)
  return <LevelBars label={`Rows by ${name}`} rows={rows} levels={levels.slice(0, mostLevels).map(({ value, rows: own }) => ({ level: value, rows: own }))} {...(rest.length === 0 ? {} : { others: { levels: rest.length, rows: rest.reduce((sum, level) => sum + level.rows, 0) } })} />
}
