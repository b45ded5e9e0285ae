import { Panel } from '#studio/components/panel.tsx'
import type { ReportSection } from './report-card.ts'
import styles from './report.module.css'

interface ChaptersPanelProps {
  readonly chapters: readonly ReportSection[]
  readonly taken: readonly string[]
  readonly usual: readonly string[]
  readonly disabled: boolean
  /** Null goes back to those of the chosen report. */
  readonly onChange: (sections: readonly string[] | null) => void
}

/** The chapters in their order, each to be had or not. */
export function ChaptersPanel({ chapters, taken, usual, disabled, onChange }: ChaptersPanelProps) {
  const changed = taken.length !== usual.length || usual.some((id) => !taken.includes(id))
  const toggle = (id: string) => onChange(chapters.map((one) => one.id).filter((one) => (one === id ? !taken.includes(id) : taken.includes(one))))
  return (
    <Panel title="Chapters" aside={changed ? <button type="button" className="go-to" onClick={() => onChange(null)}>as offered</button> : `${taken.length} of ${chapters.length}`}>
      <ul className={styles.chapters}>
        {chapters.map(({ id, title }) => (
          <li key={id}><label><input type="checkbox" checked={taken.includes(id)} disabled={disabled} onChange={() => toggle(id)} /> {title}</label></li>
        ))}
      </ul>
    </Panel>
  )
}
