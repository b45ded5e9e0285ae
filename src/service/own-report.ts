import { accept, refuse, type Result } from '#core/errors'
import type { ReportRow } from '#core/report-ports'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

export function unknownReport(): ReturnType<typeof refuse> {
  return refuse('NOT_FOUND', 'There is no such report.', { suggestion: 'results.report_id of GET /v1/agentic/runs/{id} names the report of a run.' })
}

/** The report, where it is the caller's. */
export async function ownReport({ reports }: ServiceInput, caller: Caller, reportId: string): Promise<Result<ReportRow>> {
  const report = await reports.get(reportId)
  return report === undefined || report.team_id !== caller.team_id ? unknownReport() : accept(report)
}

/** A file of a report as it is sent: texts as they are, anything else as JSON. */
export async function reportText(blobs: ServiceInput['blobs'], hash: string): Promise<string> {
  const content = await blobs.get(hash)
  return typeof content === 'string' ? content : JSON.stringify(content)
}
