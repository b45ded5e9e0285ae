import { Inbox } from '#studio/features/inbox/inbox.tsx'
import { NewRunPanel } from '#studio/features/new-run/new-run-panel.tsx'
import { RunList } from '#studio/features/runs/run-list.tsx'
import { useTitle } from '#studio/lib/use-title.ts'
import styles from './home-page.module.css'

/** What waits, what runs, and where a run begins. */
export function HomePage() {
  useTitle('Inbox')
  return (
    <div className={styles.home}>
      <div className={styles.lists}>
        <Inbox />
        <RunList />
      </div>
      <NewRunPanel />
    </div>
  )
}
