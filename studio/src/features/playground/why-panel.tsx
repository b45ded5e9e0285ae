import type { DeploymentFormAnswer, PredictionAnswer } from '#sdk/client'
import { Panel } from '#studio/components/panel.tsx'
import { Legend } from '#studio/components/plots/legend.tsx'
import { Waterfall } from '#studio/components/plots/waterfall.tsx'
import type { RawRow } from './playground-queries.ts'
import { partsOf, probabilityOf, unitOf } from './said.ts'

interface WhyPanelProps {
  readonly form: DeploymentFormAnswer
  readonly prediction: PredictionAnswer | null
  readonly row: RawRow
}

/** What each column adds to the score of this row. */
export function WhyPanel({ form, prediction, row }: WhyPanelProps) {
  const parts = prediction === null ? null : partsOf(prediction, row)
  if (prediction === null || parts === null) return null
  const probability = probabilityOf(form)
  return (
    <Panel title="Why" aside={<Legend items={[{ mark: 'orange-bar', text: 'raises' }, { mark: 'blue-bar', text: 'lowers' }]} />} footer="Contributions add up exactly to the score.">
      <Waterfall label="What each column adds" base={parts.base} contributions={parts.contributions} total="This row" unit={unitOf(form, prediction)} {...(probability === undefined ? {} : { probability })} />
    </Panel>
  )
}
