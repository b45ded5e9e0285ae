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
      <p className={styles.text}>{content}</p>
      {metadata.proposal === undefined ? null : <ProposalCard run={run} proposal={metadata.proposal} question={question} newest={newest} />}
      <Citations run={run} citations={metadata.citations ?? []} onLeave={onLeave} />
    </article>
  )
}
