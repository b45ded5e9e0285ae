import { Textarea } from '@mantine/core'
import type { KeyboardEvent } from 'react'
import { Button } from '#studio/components/button.tsx'
import styles from './chat.module.css'

interface QuestionFieldProps {
  readonly value: string
  readonly busy: boolean
  readonly onChange: (value: string) => void
  readonly onSend: () => void
}

/** Enter sends, Shift and Enter begins a line. What is written stays through closing and reloading. */
export function QuestionField({ value, busy, onChange, onSend }: QuestionFieldProps) {
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    onSend()
  }
  return (
    <form className={styles.field} onSubmit={(event) => { event.preventDefault(); onSend() }}>
      <Textarea data-autofocus className="grow" aria-label="Question" placeholder="Ask, or ask to change something" value={value} onChange={(event) => onChange(event.target.value)} onKeyDown={press} autosize minRows={1} maxRows={6} maxLength={10_000} />
      <Button type="submit" look="firm" keys={['↵']} disabled={busy || value.trim() === ''}>Ask</Button>
    </form>
  )
}
