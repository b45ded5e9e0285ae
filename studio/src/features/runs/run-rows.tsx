import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { Link } from '@tanstack/react-router'
import { memo, useLayoutEffect, useState } from 'react'
import type { RunListEntry } from '#sdk/client'
import { MiniWay } from '#studio/components/mini-way.tsx'
import { Tick } from '#studio/components/tick.tsx'
import { statusWords } from '#studio/components/signal.tsx'
import { exactTime, age } from '#studio/lib/times.ts'
import { phaseTitles } from '#studio/lib/phases.ts'
import { useListKeys } from '#studio/lib/use-list-keys.ts'
import { useNow } from '#studio/lib/use-now.ts'
import styles from './run-rows.module.css'

interface RunRowsProps {
  readonly runs: readonly RunListEntry[]
  readonly more: boolean
  readonly onMore: () => void
  /** Runs that are picked to be compared. */
  readonly picked: readonly string[]
  readonly onPick: (runId: string) => void
}

const rowHeight = 47
const phoneRowHeight = 102

/** Only the rows near the window are in the page, so that ten thousand runs scroll as ten do. */
export function RunRows({ runs, more, onMore, picked, onPick }: RunRowsProps) {
  const list = useListKeys<HTMLUListElement>()
  const [top, setTop] = useState(0)
  const now = useNow()
  const narrow = useIsNarrow()
  useLayoutEffect(() => setTop((list.current?.getBoundingClientRect().top ?? 0) + globalThis.scrollY), [list])
  const rows = useWindowVirtualizer({ count: runs.length, estimateSize: () => (narrow ? phoneRowHeight : rowHeight), overscan: 12, scrollMargin: top })
  const shown = rows.getVirtualItems()
  const last = shown.at(-1)?.index ?? 0
  useLayoutEffect(() => {
    if (more && last >= runs.length - 20) onMore()
  }, [more, last, runs.length, onMore])
  return (
    <>
      <div className={`${styles.row} ${styles.head}`} aria-hidden="true">
        {['', 'Run', 'Line', 'Status', 'Owner', 'Age'].map((title) => <span key={title}>{title}</span>)}
      </div>
      <ul ref={list} aria-label="Runs" className={styles.rows} style={{ height: rows.getTotalSize() }}>
        {shown.map((item) => {
          const run = runs[item.index]
          if (run === undefined) return null
          return (
            <RunRow key={run.run_id} run={run} now={now} place={item.index + 1} of={more ? -1 : runs.length} height={item.size} at={item.start - top} picked={picked.includes(run.run_id)} onPick={onPick} />
          )
        })}
      </ul>
    </>
  )
}

interface RunRowProps {
  readonly run: RunListEntry
  readonly now: number
  readonly place: number
  /** How many there are; -1 where that is not known yet. */
  readonly of: number
  readonly height: number
  readonly at: number
  readonly picked: boolean
  readonly onPick: (runId: string) => void
}

/** Drawn anew only where the run itself changes: scrolling moves past it. */
const RunRow = memo(function RunRow({ run, now, place, of, height, at, picked, onPick }: RunRowProps) {
  return (
    <li aria-posinset={place} aria-setsize={of} data-row className={`${styles.row} ${styles.run}`} style={{ height, transform: `translateY(${at}px)` }} onKeyDown={(event) => { if (event.key === 'x' && !event.ctrlKey && !event.metaKey) onPick(run.run_id) }}>
      <span className={styles.pick}><Tick kind="checkbox" checked={picked} label={`Pick ${run.name} to compare`} onChange={() => onPick(run.run_id)} /></span>
      <RunCells run={run} now={now} />
    </li>
  )
})

function RunCells({ run, now }: { readonly run: RunListEntry; readonly now: number }) {
  return (
    <>
      <span className={styles.name}>
        <Link to="/runs/$runId" params={{ runId: run.run_id }} search={{}} className="strong cut">{run.name}</Link>
        <span className="sub cut">{run.label === null ? 'no target yet' : <>target <code>{run.label}</code></>}</span>
      </span>
      <span className={styles.line}>{run.phases.length === 0 ? <span className="sub">not started</span> : <MiniWay phases={run.phases} />}</span>
      <span className={`cut ${styles.status} ${styles[run.status] ?? ''}`} title={run.message ?? undefined}>{statusText(run)}</span>
      <span className={`cut ${styles.owner}`}>{run.owner}</span>
      <span className={`num sub ${styles.age}`} title={exactTime(run.created_at)}>{age(run.created_at, now)}</span>
    </>
  )
}

function statusText({ status, current_phase, message }: RunListEntry): string {
  const phase = current_phase === null ? '' : phaseTitles[current_phase]
  if (status === 'waiting_input') return `Waiting: ${phase}`
  if (status === 'running') return message === null ? phase : `${phase}, ${message}`
  const word = statusWords[status]
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}${status === 'failed' || status === 'paused' ? `: ${phase}` : ''}`
}

const narrowQuery = '(max-width: 640px)'

function useIsNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => globalThis.matchMedia(narrowQuery).matches)
  useLayoutEffect(() => {
    const query = globalThis.matchMedia(narrowQuery)
    const hear = () => setNarrow(query.matches)
    query.addEventListener('change', hear)
    return () => query.removeEventListener('change', hear)
  }, [])
  return narrow
}
