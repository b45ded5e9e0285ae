import { Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '#studio/components/button.tsx'
import { Dialog } from '#studio/components/dialog.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { Ago } from '#studio/components/time-text.tsx'
import { client } from '#studio/lib/client.ts'
import styles from './report.module.css'

/** Who signed the report, with which words, and the hashes of the files that were signed. */
export function SignPanel({ reportId }: { readonly reportId: string }) {
  const queries = useQueryClient()
  const key = ['report-signatures', reportId]
  const found = useQuery({ queryKey: key, queryFn: ({ signal }) => client.reports.signatures(reportId, { signal }) })
  const [statement, setStatement] = useState<string | null>(null)
  const sha256 = found.data?.files.html ?? null
  const sign = useMutation({
    mutationFn: (words: string) => client.reports.sign(reportId, { statement: words, ...(sha256 === null ? {} : { sha256 }) }),
    onSuccess: (after) => {
      queries.setQueryData(key, after)
      setStatement(null)
    },
  })
  return (
    <Panel title="Signatures" aside={<Button onClick={() => setStatement('I have read this report and approve of the use of the model as it describes it.')}>Sign it</Button>}>
      {found.isError ? <ErrorState error={found.error} onRetry={() => void found.refetch()} /> : found.data === undefined ? <Skeleton rows={2} /> : (
        <div className="stack">
          {found.data.signatures.length === 0 ? <p className="soft">Nobody has signed it yet.</p> : (
            <ul className="stack">
              {found.data.signatures.map((one) => <li key={one.event_hash}><b className="strong">{one.signed_by}</b> <span className="sub"><Ago at={one.signed_at} />, event <code>{one.event_hash.slice(0, 12)}</code></span><p className="soft">“{one.statement}”</p></li>)}
            </ul>
          )}
          {sha256 === null ? null : <p className="sub">SHA-256 of the HTML file <code className={styles.hash}>{sha256}</code></p>}
        </div>
      )}
      <Dialog opened={statement !== null} onClose={() => setStatement(null)} title="Sign this report">
        <form className="stack loose" onSubmit={(event) => { event.preventDefault(); sign.mutate(statement ?? '') }}>
          <p className="soft">Kept for good with your name, the time and the hashes of the files. It cannot be taken back.</p>
          <Textarea label="The words that you sign" data-autofocus autosize minRows={2} maxLength={5_000} value={statement ?? ''} onChange={(event) => setStatement(event.target.value)} />
          {sign.isError ? <ErrorState error={sign.error} /> : null}
          <div className="row"><Button type="submit" look="firm" disabled={sign.isPending || (statement ?? '').trim() === ''}>Sign</Button><Button look="quiet" onClick={() => setStatement(null)}>Cancel</Button></div>
        </form>
      </Dialog>
    </Panel>
  )
}
