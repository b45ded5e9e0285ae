import { accept, refuse, type Result } from '#core/errors'
import type { ReportRow, Signature, SignedFiles } from '#core/report-ports'
import { reportedSchema } from '#core/outcomes'
import type { ReportSignaturesAnswer, SignReportBody } from '#wire/report'
import { ownReport, reportText, unknownReport } from './own-report.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

/** Signs a report with the caller's name; a hash that is sent must be that of one of its files. */
export async function signReport(input: ServiceInput, caller: Caller, { reportId, body }: { reportId: string; body: SignReportBody }): Promise<Result<ReportSignaturesAnswer>> {
  const own = await ownReport(input, caller, reportId)
  if (!own.ok) return own
  const { title, files } = await filesOf(input, own.value)
  const { statement, sha256 } = body
  if (sha256 !== null && sha256 !== undefined && !Object.values(files).includes(sha256)) {
    return refuse('VALIDATION_FAILED', 'sha256 is that of no file of this report: what was read is not what would be signed.', { suggestion: 'Read the report again with GET /v1/reports/{id}, and send the SHA-256 of those bytes.' })
  }
  const { run_id, content } = own.value
  const signed = await input.reports.sign({
    report_id: reportId, run_id, content, files, statement,
    actor: { kind: 'key', name: caller.key_name },
    statement_hash: input.identity.sha256(statement),
    at: input.now().toISOString(),
  })
  return signed === undefined ? unknownReport() : accept(await answer(input, { reportId, title, files }))
}

/** Who signed a report so far. */
export async function readSignatures(input: ServiceInput, caller: Caller, reportId: string): Promise<Result<ReportSignaturesAnswer>> {
  const own = await ownReport(input, caller, reportId)
  return own.ok ? accept(await answer(input, { reportId, ...(await filesOf(input, own.value)) })) : own
}

async function filesOf({ blobs, identity }: ServiceInput, { content }: ReportRow): Promise<{ title: string; files: SignedFiles }> {
  const { title, html, markdown, json } = reportedSchema.parse(await blobs.get(content))
  const hashOf = async (blob: string | null) => (blob === null ? null : identity.sha256(await reportText(blobs, blob)))
  return { title, files: { html: await hashOf(html), md: await hashOf(markdown), json: await hashOf(json) } }
}

interface Answered {
  readonly reportId: string
  readonly title: string
  readonly files: SignedFiles
}

async function answer({ reports }: ServiceInput, { reportId, title, files }: Answered): Promise<ReportSignaturesAnswer> {
  const signatures = await reports.signatures(reportId)
  return { report_id: reportId, title, files, signatures: signatures.map(signatureAnswer) }
}

function signatureAnswer({ seq, signed_by, signed_at, statement, hash, files }: Signature): ReportSignaturesAnswer['signatures'][number] {
  return { seq, signed_by, signed_at, statement, event_hash: hash, files }
}
