import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, buttonClass } from '#studio/components/button.tsx'
import { EmptyState } from '#studio/components/empty-state.tsx'
import { ErrorState } from '#studio/components/error-state.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { client } from '#studio/lib/client.ts'
import type { OutcomeProps } from '#studio/lib/phase-feature.ts'
import { saveFile } from '#studio/lib/save-file.ts'
import { ReportFrame } from './report-frame.tsx'
import { SignPanel } from './sign-panel.tsx'
import styles from './report.module.css'

/** The report of a run: read in a frame, taken along, signed. */
export function ReportOutcome({ run }: OutcomeProps) {
  const { report_id: reportId } = run.results
  if (reportId === null) return <Panel><EmptyState glyph="skip" title="There is no report of this run">It was skipped, or deleted since.</EmptyState></Panel>
  return (
    <div className={styles.read}>
      <Panel flush title="The report" aside={<a className={buttonClass('quiet')} href={`/v1/reports/${encodeURIComponent(reportId)}`} target="_blank" rel="noreferrer">Open on its own</a>}>
        <ReportFrame src={`/v1/reports/${encodeURIComponent(reportId)}`} title="The report" />
      </Panel>
      <div className="stack loose">
        <Downloads reportId={reportId} />
        <SignPanel reportId={reportId} />
      </div>
    </div>
  )
}

const kinds = [{ format: 'html', title: 'HTML' }, { format: 'md', title: 'Markdown' }, { format: 'json', title: 'JSON' }] as const

function Downloads({ reportId }: { readonly reportId: string }) {
  const made = useQuery({ queryKey: ['report-signatures', reportId], queryFn: ({ signal }) => client.reports.signatures(reportId, { signal }) })
  const load = useMutation({
    mutationFn: async (format: (typeof kinds)[number]['format']) => ({ format, text: await client.reports.get(reportId, { format }) }),
    onSuccess: ({ format, text }) => saveFile(`${fileNameOf(made.data?.title ?? 'report')}.${format}`, text, 'text/plain;charset=utf-8'),
  })
  return (
    <Panel title="Take it along">
      <div className="stack">
        <div className="row wrap">
          {kinds.filter(({ format }) => made.data === undefined || made.data.files[format] !== null).map(({ format, title }) => <Button key={format} disabled={load.isPending} onClick={() => load.mutate(format)}>{title}</Button>)}
        </div>
        {load.isError ? <ErrorState error={load.error} /> : null}
      </div>
    </Panel>
  )
}

function fileNameOf(title: string): string {
  return title.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100) || 'report'
}
