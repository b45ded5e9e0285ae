import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { InboxEntry } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Kbd } from '#studio/components/kbd.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago, TimeLeft } from '#studio/components/time-text.tsx'
import { counted } from '#studio/lib/numbers.ts'
import { phaseQuestions, phaseTitles } from '#studio/lib/phases.ts'
import { timeLeft } from '#studio/lib/times.ts'
import { useListKeys } from '#studio/lib/use-list-keys.ts'
import { useNow } from '#studio/lib/use-now.ts'
import { inboxQuery } from './inbox-query.ts'
import styles from './inbox.module.css'

/** What waits for a person, over all runs. */
export function Inbox() {
  const inbox = useInfiniteQuery(inboxQuery)
  const list = useListKeys<HTMLUListElement>()
  const entries = inbox.data?.pages.flatMap(({ decisions }) => decisions) ?? []
  const more = inbox.hasNextPage
  return (
    <section aria-label="Open decisions">
      <header className={styles.head}>
        <div className="grow">
          <h1>{inbox.data === undefined ? 'Decisions' : headline(entries.length, more)}</h1>
          {entries.length === 0 ? null : <p className="sub"><Soonest entries={entries} /></p>}
        </div>
        {entries.length === 0 ? null : <span className={`row sub only-wide ${styles.hints}`}><Kbd keys={['J', 'K']} /> move <Kbd keys={['↵']} /> open</span>}
      </header>
      <Panel flush label="Inbox">
        {inbox.isError && inbox.data === undefined ? <ErrorState error={inbox.error} onRetry={() => void inbox.refetch()} /> : inbox.data === undefined ? <Skeleton rows={4} height={58} /> : entries.length === 0 ? (
          <EmptyState title="Nothing is held for you">Runs that work or are through are below. A new one asks here where its gates say so.</EmptyState>
        ) : (
          <ul ref={list} className={styles.list}>
            {entries.map((entry) => <Entry key={entry.decision_id} entry={entry} />)}
          </ul>
        )}
        {more ? <div className={styles.more}><Button look="quiet" disabled={inbox.isFetchingNextPage} onClick={() => void inbox.fetchNextPage()}>Show more</Button></div> : null}
      </Panel>
    </section>
  )
}

function headline(entries: number, more: boolean): string {
  if (entries === 0) return 'No decision waits'
  return `${more ? `${entries} and more decisions` : counted(entries, 'decision')} ${entries === 1 && !more ? 'waits' : 'wait'}`
}

/** The nearest deadline; one that passes takes the default or pauses, and approves nothing by itself. */
function Soonest({ entries }: { readonly entries: readonly InboxEntry[] }) {
  const now = useNow()
  const ends = entries.flatMap(({ expires_at }) => (expires_at === null ? [] : [expires_at])).sort()
  const [soonest] = ends
  return soonest === undefined ? 'None of them has a deadline.' : `The soonest: ${timeLeft(soonest, now)}. After it the run pauses.`
}

function Entry({ entry }: { readonly entry: InboxEntry }) {
  return (
    <li data-row>
      <Link to="/runs/$runId" params={{ runId: entry.run_id }} search={{}}>
        <Glyph name="held" large />
        <span className={styles.question}>
          <b className="strong">{phaseQuestions[entry.decision_type]}</b>
          <span className="sub">{entry.run_name} · {phaseTitles[entry.decision_type]}</span>
        </span>
        <span className={styles.subject}>
          <span className="cut" title={entry.subject}>{entry.subject}</span>
          <span className="sub">{entry.options === 0 ? 'nothing to choose' : counted(entry.options, 'option')}, asked <Ago at={entry.opened_at} /></span>
        </span>
        <span className={`num ${styles.due}`}>{entry.expires_at === null ? <span className="sub">no deadline</span> : <TimeLeft until={entry.expires_at} />}</span>
      </Link>
    </li>
  )
}
