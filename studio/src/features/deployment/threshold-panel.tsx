import { NumberInput } from '@mantine/core'
import type { EvidenceAnswer } from '#sdk/client'
import { Panel } from '#studio/components/panel.tsx'

interface ThresholdPanelProps {
  readonly proposed: number
  readonly evidence: EvidenceAnswer | null
  readonly value: number
  readonly disabled: boolean
  readonly onChange: (value: number) => void
}

/** From which probability on a row is flagged: as training chose it, or another. */
export function ThresholdPanel({ proposed, evidence, value, disabled, onChange }: ThresholdPanelProps) {
  const changed = value !== proposed
  return (
    <Panel title="Threshold" aside={changed ? <button type="button" className="go-to" onClick={() => onChange(proposed)}>as chosen in training</button> : 'as chosen in training'}>
      <div className="stack">
        <NumberInput label="Flag from a probability of, in percent" min={0} max={100} step={1} decimalScale={2} suffix=" %" disabled={disabled} clampBehavior="blur" value={Number((value * 100).toFixed(2))} onChange={(next) => (typeof next === 'number' && next >= 0 && next <= 100 ? onChange(next / 100 === proposed ? proposed : Number((next / 100).toFixed(6))) : undefined)} />
        {evidence === null ? null : <p className="soft">{changed ? `These counts hold for the threshold of training. ${evidence.text}` : evidence.text}</p>}
      </div>
    </Panel>
  )
}
