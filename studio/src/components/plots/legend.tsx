import styles from './plots.module.css'

/** What a mark of a plot stands for. The shapes are those of the plots themselves. */
export type LegendMark = 'line' | 'dashed' | 'other' | 'orange' | 'ink' | 'band' | 'density' | 'hatch' | 'blue-bar' | 'orange-bar' | 'grey-bar' | 'blue-wash' | 'orange-wash' | 'grey-outline'

export function Legend({ items }: { readonly items: readonly { readonly mark: LegendMark; readonly text: string }[] }) {
  return (
    <ul className={styles.keys}>
      {items.map(({ mark, text }) => (
        <li key={text}>
          <svg width="16" height="10" aria-hidden="true"><Mark mark={mark} /></svg>
          {text}
        </li>
      ))}
    </ul>
  )
}

const lines: Readonly<Partial<Record<LegendMark, string | undefined>>> = { line: styles.line, dashed: styles.dashed, other: styles.other, orange: styles.lineOrange, ink: styles.lineInk, 'grey-outline': styles.outline }
const areas: Readonly<Partial<Record<LegendMark, string | undefined>>> = {
  band: styles.band,
  density: styles.density,
  hatch: styles.hatch,
  'blue-bar': styles.blue,
  'orange-bar': styles.orange,
  'grey-bar': styles.grey,
  'blue-wash': styles.blueWash,
  'orange-wash': styles.orangeWash,
}

function Mark({ mark }: { readonly mark: LegendMark }) {
  const line = lines[mark]
  return line === undefined ? <rect className={areas[mark]} width="16" height="10" /> : <path className={line} d="M0 5h16" />
}
