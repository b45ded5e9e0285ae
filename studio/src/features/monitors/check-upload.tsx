import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import styles from './monitors.module.css'

interface CheckUploadProps {
  readonly monitorId: string
  readonly onChecked: (checkId: string) => void
}

/** A file of raw rows to compare with those of training. Rows that hold the label too are measured as well. */
export function CheckUpload({ monitorId, onChecked }: CheckUploadProps) {
  const id = useId()
  const queries = useQueryClient()
  const check = useMutation({
    mutationFn: (file: File) => client.monitors.checkFile(monitorId, file, { fileName: file.name }),
    onSuccess: ({ check_id }) => onChecked(check_id),
    onSettled: () => queries.invalidateQueries({ queryKey: ['monitors'] }),
  })
  return (
    <Panel title="Check a batch">
      <div className="stack">
        <label htmlFor={id} className="soft">A table file with the columns of the training file. With the label in it, performance is measured too.</label>
        <input id={id} className={styles.file} type="file" accept=".csv,.tsv,.txt,.parquet,.xlsx,.json,.jsonl,.ndjson,.gz" disabled={check.isPending} onChange={(event) => { const [file] = event.target.files ?? []; if (file !== undefined) check.mutate(file); event.target.value = '' }} />
        <p className="sub" role="status">{check.isPending ? 'Comparing the batch with the training rows' : ''}</p>
        {check.isError ? <ErrorState error={check.error} /> : null}
      </div>
    </Panel>
  )
}
