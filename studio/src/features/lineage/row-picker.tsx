import { type FormEvent, useState } from 'react'
import { TextInput } from '@mantine/core'
import { Button } from '#studio/components/button.tsx'

interface RowPickerProps {
  readonly row: number | undefined
  readonly onRow: (row: number | undefined) => void
}

/** Which row is followed to its prediction; rows are counted from 0, as everywhere in the API. */
export function RowPicker({ row, onRow }: RowPickerProps) {
  const [text, setText] = useState(row === undefined ? '' : String(row))
  const [wrong, setWrong] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    const fits = /^\d{1,15}$/.test(text.trim())
    setWrong(!fits)
    if (fits) onRow(Number(text.trim()))
  }
  return (
    <form className="row" onSubmit={send}>
      <TextInput w={128} inputMode="numeric" aria-label="Row, counted from 0" placeholder="Row number" value={text} error={wrong ? 'A whole number' : undefined} onChange={(event) => setText(event.target.value)} />
      <Button type="submit" disabled={text.trim() === ''}>Follow row</Button>
      {row === undefined ? null : <Button look="quiet" onClick={() => onRow(undefined)}>All rows</Button>}
    </form>
  )
}
