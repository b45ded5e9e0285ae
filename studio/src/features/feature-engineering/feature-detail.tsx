import { Fragment } from 'react'
import type { OptionAnswer } from '#sdk/client'
import { Glyph } from '#studio/components/signal.tsx'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { featureEffectOf } from './features-card.ts'
import styles from './features.module.css'

/** The selected option: where it comes from, what was measured, what speaks against it. */
export function FeatureDetail({ option }: { readonly option: OptionAnswer }) {
  const { added, left_out: leftOut, steps } = featureEffectOf(option)
  return (
    <>
      <Panel title={option.title}>
        <div className="stack loose">
          {option.risks.map((risk) => <Note key={risk} tone="held">{risk}</Note>)}
          {leftOut.map(({ name, text }) => <p key={name} className="soft"><code>{name}</code> {text}</p>)}
          <ul className="stack">
            {option.evidence.filter(({ label }) => label !== 'formula').map(({ label, text }) => <li key={`${label}${text}`}><b className="strong">{label}</b> <span className="soft">{text}</span></li>)}
          </ul>
        </div>
      </Panel>
      {added.map((feature) => (
        <Panel key={feature.name} title={<>Lineage of <code>{feature.name}</code></>}>
          <ol className={styles.lineage}>
            {feature.from.map((parent) => <li key={parent}><Glyph name="box" /><div><code>{parent}</code><p className="sub">column of the table</p></div></li>)}
            <li><Glyph name="way" /><div><span>{feature.text}</span><p className="sub">one row at a time; what it learnt stands in the formula</p></div></li>
            <li><Glyph name="clear" /><div><code>{feature.name}</code><p className="sub">a column of the model, with a curve of its own</p></div></li>
          </ol>
          {steps.length === 0 ? null : (
            <details>
              <summary className="sub">As steps of the spec</summary>
              {steps.map((step) => <Fragment key={JSON.stringify(step)}><pre>{JSON.stringify(step, null, 2)}</pre></Fragment>)}
            </details>
          )}
        </Panel>
      ))}
    </>
  )
}
