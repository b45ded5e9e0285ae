import { Panel } from '#studio/components/panel.tsx'
import { CumulativeGainCurve } from '#studio/components/plots/gain-curve.tsx'
import type { FeaturesContext } from './features-card.ts'

/** What adding one feature after another gains; nothing where none was tried. */
export function GainPanel({ context }: { readonly context: FeaturesContext }) {
  const points = context.curve?.points ?? []
  if (points.length === 0) return null
  const unit = `${context.metric?.title ?? 'metric'} × 0.001`
  return (
    <Panel title="Cumulative gain" aside={`${unit}, 95 % band`}>
      <CumulativeGainCurve label="Gain of adding one feature after another" steps={points} knee={context.curve?.knee ?? null} unit={unit} />
    </Panel>
  )
}
