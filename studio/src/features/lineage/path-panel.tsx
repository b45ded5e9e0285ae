import { Link } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { ColumnLineageAnswer, LineageColumn } from '#sdk/client'
import { Panel } from '#studio/components/panel.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { share, signed } from '#studio/lib/numbers.ts'
import { valueText } from './graph-model.ts'
import type { Path } from './paths.ts'
import { StepStop } from './step-stop.tsx'
import styles from './lineage.module.css'

interface PathPanelProps {
  readonly runId: string
  /** All ways of one raw column. */
  readonly paths: readonly Path[]
  readonly lineage: ColumnLineageAnswer
  /** The focus goes to the heading, where the panel stands far from what was chosen. */
  readonly focused: boolean
}

/** The selected column from raw to what it adds, stop by stop. */
export function PathPanel({ runId, paths, lineage, focused }: PathPanelProps) {
  const heading = useRef<HTMLSpanElement>(null)
  const name = paths[0]?.raw.name ?? ''
  // biome-ignore lint/correctness/useExhaustiveDependencies: again with each column.
  useEffect(() => {
    if (!focused) return
    heading.current?.focus({ preventScroll: true })
    heading.current?.scrollIntoView({ block: 'center' })
  }, [name, focused])
  return (
    <Panel level={2} title={<span ref={heading} tabIndex={-1}>Path of <code>{name}</code></span>} aside={paths.length > 1 ? `${paths.length} ways` : undefined}>
      <div className="stack loose">
        {paths.map((path) => <OnePath key={path.prepared?.id ?? 'dropped'} runId={runId} path={path} lineage={lineage} />)}
      </div>
    </Panel>
  )
}

function OnePath({ runId, path, lineage: { prediction } }: { readonly runId: string; readonly path: Path; readonly lineage: ColumnLineageAnswer }) {
  const { raw, steps, prepared, partners, terms, end, reason } = path
  const renamed = prepared !== null && (prepared.name !== raw.name || partners.length > 0)
  return (
    <ol className={styles.chain}>
      <li><Glyph name="box" /><div><code>{raw.name}</code><span className="sub">column of the table</span><Value column={raw} /></div></li>
      {steps.map((step, index) => <StepStop key={`${step.id} ${index.toString()}`} runId={runId} step={step} number={index + 1} goal={prepared?.name ?? 'its end'} />)}
      {prepared !== null && (renamed || steps.length > 0) ? <li><Glyph name="box" /><div><code>{prepared.name}</code><span className="sub">{partners.length > 0 ? <>made also of {partners.map((one) => <code key={one}> {one}</code>)}</> : 'after the steps'}</span><Value column={prepared} /></div></li> : null}
      {terms.map((term) => (
        <li key={term.id}><Glyph name="way" /><div><span><b className="strong">Term</b> <code>{term.name}</code></span>{term.contribution === undefined ? <span className="sub">read by the model</span> : <span className="sub">{placeOf(term, terms)}adds <b className="strong">{signed(term.contribution, 2)}</b> to the score</span>}<Link className="go-to" to="/runs/$runId" params={{ runId }} search={{ stop: 'model_training' }}>Open the training decision</Link></div></li>
      ))}
      {reason === null ? null : <li><Glyph name={end === 'label' ? 'clear' : 'skip'} /><div><b className="strong">{end === 'label' ? 'The label' : end === 'unused' ? 'Not used' : 'Left out'}</b><span className="sub">{reason}</span>{end === 'label' ? <Link className="go-to" to="/runs/$runId" params={{ runId }} search={{ stop: 'label_selection' }}>Open the decision</Link> : null}</div></li>}
      {end === 'open' ? <li><Glyph name="idle" /><div><span className="sub">No model is trained yet.</span></div></li> : null}
      {prediction === null || terms.length === 0 ? null : <Predicted prediction={prediction} terms={terms} />}
    </ol>
  )
}

function placeOf(term: LineageColumn, terms: readonly LineageColumn[]): string {
  return terms.length > 1 ? `term ${terms.indexOf(term) + 1} of ${terms.length}, ` : ''
}

function Value({ column }: { readonly column: LineageColumn }) {
  const value = valueText(column)
  return value === '' ? null : <span className={styles.value}>this row <b className="strong">{value}</b></span>
}

function Predicted({ prediction, terms }: { readonly prediction: NonNullable<ColumnLineageAnswer['prediction']>; readonly terms: readonly LineageColumn[] }) {
  const { probability, total, start, explained } = prediction
  const adds = terms.reduce((sum, { contribution = 0 }) => sum + contribution, 0)
  return (
    <li>
      <Glyph name={adds >= 0 ? 'up' : 'down'} />
      <div>
        <b className="strong">Prediction {prediction.prediction}</b>
        <span className="sub">score{explained === null ? '' : ` of ${explained}`}: from {signed(start, 2)} to {signed(total, 2)}; without this column {signed(total - adds, 2)}</span>
        {probability === null ? null : <span className={styles.value}>probability <b className="strong">{share(probability)}</b></span>}
      </div>
    </li>
  )
}
