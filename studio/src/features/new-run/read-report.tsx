import type { DatasetAnswer } from '#sdk/client'
import { Note } from '#studio/components/note.tsx'
import { Panel } from '#studio/components/panel.tsx'
import { bytes, counted } from '#studio/lib/numbers.ts'

/** What reading the file decided, mended, and left out. */
export function ReadReport({ dataset }: { readonly dataset: DatasetAnswer }) {
  const report = dataset.metadata?.read_report
  if (report === undefined) return null
  const facts = [
    ['Table', `${counted(dataset.rows ?? 0, 'row')}, ${counted(dataset.columns ?? 0, 'column')}`],
    ['Format', report.format],
    ['Encoding', report.encoding],
    ...(report.delimiter === null ? [] : [['Delimiter', delimiterName(report.delimiter)]]),
    ['Header', report.header_row === null ? 'none, columns were named' : `line ${report.header_row + 1}`],
    ['Size', bytes(report.bytes)],
  ] as const
  return (
    <Panel title="What was read" level={2} aside={dataset.metadata?.file_name}>
      <div className="stack">
        <dl className="facts">
          {facts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}
        </dl>
        {report.set_aside === null ? null : (
          <Note tone="held">
            <b className="strong">{counted(report.set_aside.rows, 'line')} {report.set_aside.rows === 1 ? 'is' : 'are'} none of the table</b> and {report.set_aside.rows === 1 ? 'was' : 'were'} set aside. <a className="go-to" href={`/v1/datasets/${dataset.dataset_id}/set-aside`} download>Fetch them</a>
          </Note>
        )}
        {report.repairs.length === 0 ? <p className="sub">Nothing had to be mended.</p> : (
          <ul className="stack">
            {report.repairs.map(({ code, detail }) => <li key={`${code}${detail}`} className="soft">{detail}</li>)}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function delimiterName(delimiter: string): string {
  const names: Record<string, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar', ' ': 'blank' }
  return names[delimiter] ?? delimiter
}
