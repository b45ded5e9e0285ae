import { type ReactNode, useMemo, useState } from 'react'
import type { ModelEvidenceAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { ImportanceBars } from '#studio/components/plots/importance-bars.tsx'
import { Segments } from '#studio/components/segments.tsx'
import { digits } from '#studio/lib/numbers.ts'
import { type AnyShape, domainOfModel, isCurve, scaleOfLink } from '#studio/components/plots/model-shapes.ts'
import { ShapeLegend, TermView } from './term-view.tsx'
import styles from './training.module.css'

interface ShapesPanelProps {
  readonly model: Pick<ModelEvidenceAnswer, 'title' | 'shapes' | 'link' | 'classes' | 'shapes_are'>
  /** The shapes that are drawn dashed behind, by name; in words what they are. */
  readonly before?: { readonly shapes: readonly AnyShape[]; readonly words: string } | null
  /** Switches and buttons of a term. */
  readonly controls?: (shape: AnyShape, output: number) => ReactNode
  /** Above the terms: what is measured, the editor. */
  readonly children?: ReactNode
}

const firstShown = 15

/** What a model learned: every term on one range of scores, the most important first. */
export function ShapesPanel({ model, before = null, controls, children }: ShapesPanelProps) {
  const [search, setSearch] = useState('')
  const [all, setAll] = useState(false)
  const [output, setOutput] = useState(0)
  const domain = useMemo(() => domainOfModel(model.shapes, output), [model.shapes, output])
  if (model.shapes.length === 0) return null
  const scale = scaleOfLink(model)
  const found = model.shapes.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()))
  const shown = all ? found : found.slice(0, firstShown)
  const earlier = new Map((before?.shapes ?? []).map((shape) => [shape.name, shape]))
  const differs = (shape: AnyShape) => { const old = earlier.get(shape.name); return old !== undefined && JSON.stringify(scoresOf(old)) !== JSON.stringify(scoresOf(shape)) ? old : undefined }
  const multiclass = model.link === 'softmax' && model.classes !== null
  return (
    <Panel title={`What “${model.title}” learned`} aside={`${shown.length} of ${model.shapes.length} terms`} footer={model.shapes_are === 'terms' ? 'Every prediction is the sum of what these say, so they can be read one by one.' : 'Trees act together: these are averages over the training rows, and do not add up to a prediction.'}>
      <div className="stack loose">
        {children}
        <details><summary>Which terms matter most</summary><ImportanceBars label="Terms by mean contribution" terms={model.shapes.map(({ name, importance, importance_interval, share }) => ({ name, value: importance, interval: importance_interval, share }))} /></details>
        <div className={styles.fields}>
          <label className={styles.field}>Find a term<input type="search" value={search} onChange={(event) => setSearch(event.currentTarget.value)} /></label>
        </div>
        {multiclass ? <Segments label="Class" value={String(output)} onChange={(value) => setOutput(Number(value))} options={(model.classes ?? []).map((name, index) => ({ value: String(index), label: name }))} /> : null}
        <ShapeLegend scale={scale} compares={before?.words ?? null} />
        <div className={styles.shapes}>
          {shown.map((shape) => (
            <article key={shape.name} className={styles.term}>
              <h4><code className="strong grow">{shape.name}</code><span className="sub">{kindWords(shape)} · {Math.abs(shape.importance) < 10 ? shape.importance.toPrecision(2) : digits(shape.importance, 2)}</span></h4>
              <TermView shape={shape} before={differs(shape)} output={output} domain={domain} scale={scale} />
              {controls?.(shape, output)}
            </article>
          ))}
        </div>
        {found.length === 0 ? <p className="soft">No term has this in its name.</p> : null}
        {found.length > shown.length ? <div><Button onClick={() => setAll(true)}>Show all {found.length}</Button></div> : null}
      </div>
    </Panel>
  )
}

function scoresOf(shape: AnyShape): unknown {
  return isCurve(shape) ? [shape.steps.map(({ scores }) => scores), shape.line, shape.missing.scores] : shape.scores
}

function kindWords(shape: AnyShape): string {
  if (!isCurve(shape)) return 'pair'
  if (shape.kind === 'category') return `${shape.ordered ? 'ordered' : 'text'}, ${shape.steps.reduce((sum, { levels }) => sum + levels.length, 0)} levels`
  return shape.kind === 'slope' ? 'straight line' : shape.monotone === null ? 'number' : `number, ${shape.monotone}`
}
