import { useRef, useState, type DragEvent } from 'react'
import { Button } from '#studio/components/button.tsx'
import { Glyph } from '#studio/components/signal.tsx'
import styles from './drop-zone.module.css'

/** Takes a file by drop, click or key. */
export function DropZone({ onFile }: { readonly onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file !== undefined) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  const drag = (event: DragEvent) => {
    event.preventDefault()
    setOver(true)
  }
  return (
    <section aria-label="Drop a table" className={`${styles.zone} ${over ? styles.over : ''}`} onDrop={drop} onDragOver={drag} onDragLeave={() => setOver(false)}>
      <Glyph name="drop" large />
      <b className="strong">Drop a table here</b>
      <span className="sub">CSV, TSV, Parquet, Excel or JSON, also packed with gzip. It stays on this server.</span>
      <input ref={input} type="file" className="hide" tabIndex={-1} aria-label="Table file" accept=".csv,.tsv,.txt,.parquet,.xlsx,.json,.ndjson,.jsonl,.gz" onChange={(event) => take(event.target.files)} />
      <Button onClick={() => input.current?.click()}>Choose a file</Button>
    </section>
  )
}
