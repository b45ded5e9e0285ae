import { writeFileSync } from 'node:fs'
import type { Signalbox } from '#sdk/client'
import type { ReportFormat } from '#wire/report'
import { CommandFailure } from './failure.ts'
import { withClient, type ClientFlags } from './with-client.ts'

interface ReportFlags extends ClientFlags {
  readonly out?: string | undefined
  readonly format: ReportFormat
}

/** Writes the report of a run to a file, or to standard output where none is named. */
export async function report(runId: string, flags: ReportFlags): Promise<void> {
  const text = await withClient(flags, async (client) => {
    const { results } = await client.agentic.getRunState(runId)
    return reportText(client, results.report_id, flags.format)
  })
  if (flags.out === undefined) process.stdout.write(text)
  else writeReport(flags.out, text)
}

/** The report, or a failure that says how to come by one. */
export async function reportText(client: Signalbox, reportId: string | null, format: ReportFormat): Promise<string> {
  if (reportId === null) {
    throw new CommandFailure('The run made no report.', { suggestion: 'POST /v1/reports/wizard makes one of a completed run.' })
  }
  return client.reports.get(reportId, { format })
}

export function writeReport(path: string, text: string): void {
  try {
    writeFileSync(path, text)
  } catch (error) {
    throw new CommandFailure(`The report cannot be written to ${path}: ${error instanceof Error ? error.message : String(error)}`)
  }
  process.stderr.write(`The report is in ${path}.\n`)
}
