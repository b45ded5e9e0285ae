import { useNavigate } from '@tanstack/react-router'
import type { CitationAnswer, RunStateAnswer } from '#sdk/client'
import { Glyph } from '#studio/components/signal.tsx'
import { focusOnceThere } from './focus-once-there.ts'
import styles from './chat.module.css'

interface CitationsProps {
  readonly run: RunStateAnswer
  readonly citations: readonly CitationAnswer[]
  readonly onLeave: () => void
}

/** What an answer rests on; each leads to the place in the run. */
export function Citations({ run, citations, onLeave }: CitationsProps) {
  const follow = useFollow(run.run_id, onLeave)
  if (citations.length === 0) return null
  return (
    <ul className={styles.cited} aria-label="What this rests on">
      {citations.map((citation) => (
        <li key={`${citation.kind} ${citation.id} ${citation.label}`}>
          <button type="button" className={styles.citation} title={`${citation.kind.replaceAll('_', ' ')} ${citation.id}`} onClick={() => follow(citation)}>
            <Glyph name={citation.column !== undefined ? 'box' : citation.kind === 'message' ? 'talk' : 'way'} />
            {citation.column === undefined ? citation.label : <code>{citation.label}</code>}
          </button>
        </li>
      ))}
    </ul>
  )
}

/** Goes to the stop that is cited, and on it to the option; a column is shown on its way through the run. */
function useFollow(runId: string, onLeave: () => void) {
  const navigate = useNavigate()
  return ({ kind, id, phase, option, column }: CitationAnswer) => {
    if (kind === 'message') return document.getElementById(`said-${id}`)?.focus()
    onLeave()
    if (column !== undefined) return void navigate({ to: '/runs/$runId/lineage', params: { runId }, search: { column } })
    void navigate({ to: '/runs/$runId', params: { runId }, search: phase === undefined ? {} : { stop: phase } })
    focusOnceThere(option === undefined ? '#main h2[tabindex="-1"]' : `[data-option="${option}"]`)
  }
}
