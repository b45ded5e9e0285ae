import { Progress } from '@mantine/core'
import { useEffect } from 'react'
import { Button } from '#studio/components/button.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { bytes, share as percent } from '#studio/lib/numbers.ts'
import { useTitle } from '#studio/lib/use-title.ts'
import { chooseFile, useChosenFile } from './chosen-file.ts'
import { DropZone } from './drop-zone.tsx'
import { ReadReport } from './read-report.tsx'
import { StartForm } from './start-form.tsx'
import { TablePreview } from './table-preview.tsx'
import { useUpload } from './use-upload.ts'
import styles from './new-run-page.module.css'

/** From a file to a started run: the table is read, shown, and only then asked what to predict. */
export function NewRunPage() {
  useTitle('New run')
  const file = useChosenFile()
  const upload = useUpload()
  const { mutate, reset } = upload
  // The file is taken out of the hand-over, so that coming back to this page later begins anew.
  useEffect(() => {
    if (file === null) return
    mutate(file)
    chooseFile(null)
  }, [file, mutate])
  const dataset = upload.data
  return (
    <>
      <header className={styles.head}>
        <div className="grow">
          <h1>New run</h1>
          <p className="sub">{dataset === undefined ? 'A run begins with a table.' : 'Nothing is computed before you start it.'}</p>
        </div>
        {dataset === undefined ? null : <Button onClick={reset}>Take another file</Button>}
      </header>
      {upload.isPending ? <Uploading file={upload.variables} share={upload.share} /> : upload.isError ? (
        <Panel><ErrorState error={upload.error} onRetry={() => upload.mutate(upload.variables)}><Button onClick={reset}>Take another file</Button></ErrorState></Panel>
      ) : dataset === undefined ? (
        <div className={styles.narrow}><Panel><DropZone onFile={mutate} /></Panel></div>
      ) : (
        <div className={styles.cols}>
          <div className="stack loose">
            <ReadReport dataset={dataset} />
            <TablePreview dataset={dataset} />
          </div>
          <StartForm dataset={dataset} />
        </div>
      )}
    </>
  )
}

function Uploading({ file, share }: { readonly file: File; readonly share: number }) {
  return (
    <div className={styles.narrow}>
      <Panel title={file.name} level={2} aside={bytes(file.size)}>
        <div className="stack">
          <Progress value={share * 100} color="run" size={6} aria-label="Upload" />
          <p className="sub" aria-live="polite">{share < 1 ? `${percent(share)} sent` : 'Sent. The table is being read.'}</p>
        </div>
      </Panel>
    </div>
  )
}
