import type { ChatMessageAnswer, RunStateAnswer } from '#sdk/client'
import { Ago } from '#studio/components/time-text.tsx'
import { Citations } from './citations.tsx'
import { ProposalCard } from './proposal-card.tsx'
import styles from './chat.module.css'

interface MessageProps {
  readonly run: RunStateAnswer
  readonly message: ChatMessageAnswer
  /** What was asked before this answer. */
  readonly question: string
  readonly newest: boolean
  readonly onLeave: () => void
}

/** A question or an answer. The text may quote the table and is shown as it is, never as markup. */
export function Message({ run, message: { id, role, content, timestamp, metadata }, question, newest, onLeave }: MessageProps) {
  if (role === 'user') {
    return (
      <article id={`said-${id}`} className={styles.own} aria-label="Question" tabIndex={-1}>
        <p>{content}</p>
        <p className="sub">{metadata.context === true ? 'Kept as a note · ' : ''}{metadata.author ?? 'somebody'} · <Ago at={timestamp} /></p>
      </article>
    )
  }
  return (
    <article id={`said-${id}`} className={styles.answer} aria-label="Answer" tabIndex={-1}>
      {metadata.proposal === undefined ? <p className={styles.text}>{content}</p> : (
        <>
          <p className={styles.text}>The chat changes nothing by itself. This is what it understood:</p>
          <ProposalCard run={run} proposal={metadata.proposal} question={question} newest={newest} />
          <details>
            <summary className="sub">The same through the API</summary>
            <p className={`sub ${styles.text}`}>{content}</p>
          </details>
        </>
      )}
      <Citations run={run} citations={metadata.citations ?? []} onLeave={onLeave} />
    </article>
  )
}
