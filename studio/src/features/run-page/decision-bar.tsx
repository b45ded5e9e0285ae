import { Textarea } from '@mantine/core'
import { type RefObject, useEffect, useState } from 'react'
import { Button } from '#studio/components/button.tsx'
import { partsOf } from '#studio/components/error-state.tsx'
import { Note } from '#studio/components/note.tsx'
import type { Act } from '#studio/lib/desk.ts'
import { modKey, useKeys } from '#studio/lib/use-keys.ts'
import type { HeldSend } from './use-held-send.ts'
import styles from './decision-bar.module.css'

interface DecisionBarProps {
  readonly act: Act
  readonly rationale: { readonly value: string; readonly set: (value: string) => void; readonly field: RefObject<HTMLTextAreaElement | null>; readonly missing: boolean }
  readonly held: HeldSend
  readonly sending: boolean
  readonly sent: boolean
  readonly error: unknown
  readonly onAccept: () => void
}

/** The bar that acts: why, what will happen, and the one green button. */
export function DecisionBar({ act, rationale, held, sending, sent, error, onAccept }: DecisionBarProps) {
  // On a phone the field takes a third of the window, so that it opens when it is asked for, or has something in it.
  const [wanted, setWanted] = useState(false)
  const open = wanted || rationale.missing || rationale.value !== ''
  const { field, missing } = rationale
  useEffect(() => {
    if (wanted || missing) field.current?.focus()
  }, [wanted, missing, field])
  const why = () => (wanted ? field.current?.focus() : setWanted(true))
  useKeys({ 'mod+Enter': () => (held.left === null ? onAccept() : held.sendNow()), r: why })
  const busy = held.left !== null || sending || sent
  return (
    <section className={styles.bar} aria-label="Decide">
      {error === null || error === undefined || busy ? null : <Refused error={error} />}
      <div className={styles.inside}>
        {busy ? null : (
          <Textarea
            className={`${styles.field} ${open ? '' : styles.folded}`}
            ref={rationale.field}
            aria-label="Rationale"
            placeholder={act.differs ? 'Why? This differs from what is recommended' : 'Why? Kept with it, required if you differ'}
            value={rationale.value}
            error={rationale.missing ? 'Say why: this differs from what is recommended.' : undefined}
            onChange={(event) => rationale.set(event.target.value)}
            autosize
            minRows={1}
            maxRows={5}
            maxLength={10_000}
          />
        )}
        <p className={styles.what} aria-live="polite">
          <b className="strong">{headline(held.left, sending, sent) ?? act.title}</b>
          <span className="sub">{busy ? act.title : (act.blocked ?? act.consequence ?? '')}</span>
        </p>
        {busy || open ? null : <span className={styles.why}><Button look="quiet" onClick={why}>Why?</Button></span>}
        {held.left !== null ? <Held held={held} /> : (
          <Button look="go" keys={[modKey, '↵']} disabled={busy || (act.blocked ?? null) !== null} onClick={onAccept}>{act.button}</Button>
        )}
      </div>
    </section>
  )
}

function headline(left: number | null, sending: boolean, sent: boolean): string | null {
  if (left !== null) return `Sent in ${left} s.`
  if (sending) return 'Sent, not yet recorded.'
  return sent ? 'Recorded.' : null
}

function Held({ held }: { readonly held: HeldSend }) {
  return (
    <>
      <Button onClick={held.undo}>Undo</Button>
      <Button look="firm" keys={[modKey, '↵']} onClick={held.sendNow}>Send now</Button>
    </>
  )
}

function Refused({ error }: { readonly error: unknown }) {
  const { message, suggestion } = partsOf(error)
  return (
    <div className={styles.refused}>
      <Note tone="stop" live><b className="strong">{message}</b> {suggestion} The decision is still open.</Note>
    </div>
  )
}
