import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import { Dialog } from '#studio/components/dialog.tsx'
import { Kbd } from '#studio/components/kbd.tsx'
import { Glyph, signalOf, type MarkName, type SignalName } from '#studio/components/signal.tsx'
import { client } from '#studio/lib/client.ts'
import styles from './palette.module.css'

export interface Command {
  readonly id: string
  readonly title: string
  /** What it is: a run, a page, a command. */
  readonly kind: string
  readonly glyph: SignalName | MarkName
  readonly keys?: readonly string[]
  readonly act: () => void
}

interface PaletteProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly commands: readonly Command[]
}

/** Goes to a run or a page, or does something, by a few letters. */
export function Palette({ opened, onClose, commands }: PaletteProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Go to a run, page or command" size={560} bare>
      <Search commands={commands} onClose={onClose} />
    </Dialog>
  )
}

function Search({ commands, onClose }: Omit<PaletteProps, 'opened'>) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useId()
  const found = useFound(text, commands)
  const chosen = Math.min(at, found.length - 1)
  const run = (command: Command | undefined) => {
    if (command === undefined) return
    onClose()
    command.act()
  }
  const press = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (event.key === 'Enter') run(found[chosen])
    else if (by !== 0) setAt((Math.max(0, chosen) + by + found.length) % Math.max(1, found.length))
    else return
    event.preventDefault()
  }
  return (
    <div className={styles.palette}>
      <input className={styles.input} data-autofocus type="text" role="combobox" aria-label="Go to a run, page or command" aria-expanded={found.length > 0} aria-controls={list} aria-activedescendant={found[chosen] === undefined ? undefined : `${list}-${found[chosen].id}`} placeholder="Go to a run, page or command" value={text} onChange={(event) => { setText(event.target.value); setAt(0) }} onKeyDown={press} />
      <div className={styles.list} id={list} role="listbox" aria-label="Found">
        {found.map((command, index) => (
          <Found key={command.id} id={`${list}-${command.id}`} command={command} chosen={index === chosen} onChoose={() => setAt(index)} onRun={() => run(command)} />
        ))}
      </div>
      {found.length === 0 ? <p className={`sub ${styles.none}`} role="status">Nothing fits.</p> : null}
    </div>
  )
}

interface FoundProps {
  readonly id: string
  readonly command: Command
  readonly chosen: boolean
  readonly onChoose: () => void
  readonly onRun: () => void
}

/** The focus stays in the field, which names the chosen option to screen readers and hears the keys. */
function Found({ id, command, chosen, onChoose, onRun }: FoundProps) {
  const option = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (chosen) option.current?.scrollIntoView({ block: 'nearest' })
  }, [chosen])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys.
    <div ref={option} id={id} role="option" tabIndex={-1} aria-selected={chosen} className={styles.option} onClick={onRun} onMouseMove={onChoose}>
      <Glyph name={command.glyph} />
      <span className="cut grow">{command.title}</span>
      <span className="sub">{command.kind}</span>
      {command.keys === undefined ? null : <Kbd keys={command.keys} />}
    </div>
  )
}

const runsShown = 12

function useFound(text: string, commands: readonly Command[]): readonly Command[] {
  const navigate = useNavigate()
  const asked = useDeferredValue(text.trim())
  const runs = useQuery({
    queryKey: ['runs', 'palette', asked],
    queryFn: ({ signal }) => client.agentic.listRuns({ limit: runsShown, ...(asked === '' ? {} : { search: asked }) }, { signal }),
    placeholderData: keepPreviousData,
  })
  const fitting = commands.filter(({ title }) => title.toLowerCase().includes(text.trim().toLowerCase()))
  const toRun = (runs.data?.runs ?? []).map((run): Command => ({ id: run.run_id, title: run.name, kind: 'run', glyph: signalOf[run.status], act: () => void navigate({ to: '/runs/$runId', params: { runId: run.run_id }, search: {} }) }))
  return [...fitting, ...toRun]
}
