import { useRef } from 'react'
import { Glyph } from '#studio/components/signal.tsx'
import { signed } from '#studio/lib/numbers.ts'
import { useKeys } from '#studio/lib/use-keys.ts'
import { valueText } from './graph-model.ts'
import type { Path } from './paths.ts'
import styles from './lineage.module.css'

interface PathListProps {
  readonly paths: readonly Path[]
  readonly selected: string | null
  readonly onSelect: (column: string) => void
}

/** Each way in a row: from the raw column over its steps to its terms, or to where it ends. */
export function PathList({ paths, selected, onSelect }: PathListProps) {
  const list = useRef<HTMLUListElement>(null)
  const move = (by: number) => {
    const rows = [...(list.current?.querySelectorAll<HTMLElement>('button') ?? [])]
    rows[Math.min(rows.length - 1, Math.max(0, rows.indexOf(document.activeElement as HTMLElement) + by))]?.focus()
  }
  useKeys({ j: () => move(1), k: () => move(-1), ArrowDown: () => move(1), ArrowUp: () => move(-1) })
  return (
    <ul ref={list} className={styles.list} aria-label="Ways of the columns">
      {paths.map((path) => (
        <li key={`${path.raw.id} ${path.prepared?.id ?? ''}`}>
          <button type="button" className={styles.way} aria-current={path.raw.name === selected} onClick={() => onSelect(path.raw.name)}>
            <WayWords path={path} />
          </button>
        </li>
      ))}
    </ul>
  )
}

function WayWords({ path }: { readonly path: Path }) {
  const { raw, steps, prepared, terms, reason } = path
  const value = valueText(raw)
  return (
    <>
      <span className={styles.from}><code className="cut">{raw.name}</code>{value === '' ? null : <span className="sub cut">{value}</span>}</span>
      <span className={`${styles.over} soft`}>
        {steps.length === 0 ? <span className="sub">unchanged</span> : steps.map(({ id, text }) => text || id).join('; ')}
        {prepared === null || prepared.name === raw.name ? null : <> → <code>{prepared.name}</code></>}
      </span>
      <span className={styles.to}>
        {terms.length > 0 ? terms.map(({ id, name, contribution }) => <span key={id} className={styles.term}>{name === (prepared ?? raw).name ? <span className="sub">term</span> : <code className="cut">{name}</code>}{contribution === undefined ? null : <b className="num">{signed(contribution, 2)}</b>}</span>) : reason === null ? <span className="sub">no model yet</span> : <span className={`row top sub ${styles.reason}`}><Glyph name={path.end === 'label' ? 'clear' : 'skip'} />{reason}</span>}
      </span>
    </>
  )
}
