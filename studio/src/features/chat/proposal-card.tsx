import { Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import type { ChatProposalAnswer, RunStateAnswer } from '#sdk/client'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import { cardQuery } from '#studio/lib/run-queries.ts'
import { useConfirm } from './use-confirm.ts'
import styles from './chat.module.css'

interface ProposalCardProps {
  readonly run: RunStateAnswer
  readonly proposal: ChatProposalAnswer
  /** What was asked; the rationale unless the person writes another one. */
  readonly question: string
  /** A command is confirmed right after it was asked for, or asked for again. */
  readonly newest: boolean
}

/** What a message asked to have changed. It happens when the person confirms it, and only to the card that it was made for. */
export function ProposalCard({ run, proposal, question, newest }: ProposalCardProps) {
  const title = useId()
  const card = useQuery(cardQuery(run.run_id)).data
  const confirm = useConfirm(run.run_id, proposal)
  const [rationale, setRationale] = useState(question)
  const [left, setLeft] = useState(false)
  const { decision } = proposal
  const current = decision === null ? newest : card?.decision_id === decision.decision_id && card.revision === decision.revision
  return (
    <section className={styles.proposal} aria-labelledby={title}>
      <p className="row top"><Glyph name={confirm.isSuccess ? 'clear' : 'held'} /><b id={title} className="strong">{proposal.title}</b></p>
      {confirm.isSuccess ? <p role="status">Recorded.</p> : left ? <p className="sub">Left as it was.</p> : !current ? <p className="sub">{decision === null ? 'Ask again to do this.' : 'This was decided since.'}</p> : (
        <>
          <p className="sub">{proposal.consequence}</p>
          {decision === null ? null : <Textarea label="Rationale, kept with the decision" value={rationale} onChange={(event) => setRationale(event.target.value)} autosize minRows={1} maxRows={4} maxLength={10_000} />}
          {confirm.isError ? <ErrorState error={confirm.error} /> : null}
          <div className="row">
            <Button look={proposal.act === 'cancel_run' ? 'stop' : 'go'} disabled={confirm.isPending} onClick={() => confirm.mutate(rationale)}>{confirm.isPending ? 'Sent, not yet recorded' : 'Confirm'}</Button>
            <Button onClick={() => setLeft(true)} disabled={confirm.isPending}>Leave it</Button>
          </div>
        </>
      )}
    </section>
  )
}
