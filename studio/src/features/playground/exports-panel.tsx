import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { Skeleton } from '#studio/components/skeleton.tsx'
import { client } from '#studio/lib/client.ts'
import { count } from '#studio/lib/numbers.ts'
import { saveFile } from '#studio/lib/save-file.ts'
import styles from './playground.module.css'

const titles: Readonly<Record<string, string>> = { js: 'JavaScript module', json: 'JSON document', sql: 'SQL SELECT', python: 'Python file', onnx: 'ONNX' }

/** The model as one file that scores as the API does; checked by the server before it is handed out where it can run it. */
export function ExportsPanel({ versionId }: { readonly versionId: string }) {
  const formats = useQuery({ queryKey: ['exports', versionId], queryFn: ({ signal }) => client.models.exports(versionId, { signal }), staleTime: Number.POSITIVE_INFINITY })
  const load = useMutation({
    mutationFn: (format: NonNullable<typeof formats.data>['formats'][number]['format']) => client.models.export(versionId, { format, timeoutMs: 120_000 }),
    onSuccess: ({ fileName, bytes }) => saveFile(fileName, bytes),
  })
  return (
    <Panel flush title="Take it along" footer={load.data === undefined ? 'Each file scores as the API does and says how to verify it; raw rows are as they are sent to predict, prepared ones have been through the steps.' : <span role="status">{load.data.fileName}: {load.data.checked === null ? 'not run by the server.' : `the server scored ${count(load.data.checked.rows)} rows with it, largest difference ${load.data.checked.largestDifference}.`}</span>}>
      {formats.isError ? <ErrorState error={formats.error} onRetry={() => void formats.refetch()} /> : formats.data === undefined ? <Skeleton rows={5} /> : (
        <ul className={styles.keys} aria-label="Export formats">
          {formats.data.formats.map(({ format, available, refusal, note, takes }) => (
            <li key={format}>
              <span className="grow"><span className="strong">{titles[format] ?? format}</span><span className="sub"> {refusal === null ? (takes === 'raw_rows' ? 'takes raw rows' : 'takes prepared rows') : refusal.message}</span></span>
              <Button look="quiet" title={note} disabled={!available || load.isPending} aria-label={`Download ${titles[format] ?? format}`} onClick={() => load.mutate(format)}>Download</Button>
            </li>
          ))}
        </ul>
      )}
      {load.isError ? <ErrorState error={load.error} /> : null}
    </Panel>
  )
}
