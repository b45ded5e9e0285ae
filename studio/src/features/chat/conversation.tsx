import { useEffect, useRef } from 'react'
import type { RunStateAnswer } from '#sdk/client'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { useDraft } from '#studio/lib/use-draft.ts'
import { Message } from './message.tsx'
import { QuestionField } from './question-field.tsx'
import { useChat } from './use-chat.ts'
import styles from './chat.module.css'

interface ConversationProps {
  readonly run: RunStateAnswer
  /** After a reference was followed: the page is looked at again. */
  readonly onLeave: () => void
}

const examples = ['What is the status?', 'Which options are there, and why is one recommended?', 'Which columns are left out, and why?', 'How good is the model?', 'Which features matter most?']

/** What was said, oldest first, and the next question. */
export function Conversation({ run, onLeave }: ConversationProps) {
  const { history, ask } = useChat(run.run_id)
  const [draft, setDraft] = useDraft(`chat:${run.run_id}`, '')
  const end = useRef<HTMLDivElement>(null)
  const said = history.data?.length ?? 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows what was said, not itself.
  useEffect(() => {
    // Braces: browsers begin to return a promise here, which is no clean-up.
    end.current?.scrollIntoView({ block: 'end' })
  }, [said, ask.isPending])
  const send = (text: string) => {
    const wish = text.trim()
    if (wish === '' || ask.isPending) return
    ask.mutate(wish, { onSuccess: () => setDraft('') })
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key. */}
      <div className={styles.said} role="log" aria-label="What was said" tabIndex={0}>
        {history.isPending ? <Skeleton rows={4} /> : null}
        {history.isError && history.data === undefined ? <ErrorState error={history.error} onRetry={() => void history.refetch()} /> : null}
        {history.data?.length === 0 && !ask.isPending ? <Examples onAsk={send} /> : null}
        {history.data?.map((message, index) => (
          <Message key={message.id} run={run} message={message} question={history.data[index - 1]?.content ?? ''} newest={index === history.data.length - 1} onLeave={onLeave} />
        ))}
        {ask.isPending ? <p className={`${styles.own} ${styles.pending}`}>{ask.variables}<span className="sub"> Sent, waiting for the answer</span></p> : null}
        <div ref={end} />
      </div>
      {ask.isError ? <div className={styles.failed}><ErrorState error={ask.error} /></div> : null}
      <QuestionField value={draft} busy={ask.isPending} onChange={setDraft} onSend={() => send(draft)} />
    </>
  )
}

function Examples({ onAsk }: { readonly onAsk: (question: string) => void }) {
  return (
    <div className="stack">
      <p className="soft">Ask in plain words. To leave something for whoever decides next, begin with “note:”.</p>
      <ul className="stack">
        {examples.map((question) => <li key={question}><button type="button" className={styles.example} onClick={() => onAsk(question)}>{question}</button></li>)}
      </ul>
    </div>
  )
}
