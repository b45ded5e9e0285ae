import type { Json } from './canonical-json.ts'
import type { Actor } from './event.ts'
import type { Hash } from './hash.ts'

/** A report as it is published. */
export interface ReportRow {
  readonly report_id: string
  readonly team_id: string
  readonly run_id: string
  readonly model_id: string
  /** Blob that says where its formats lie. */
  readonly content: Hash
}

export interface NewReportJob {
  readonly job_id: string
  readonly team_id: string
  readonly run_id: string
  /** What to make. */
  readonly request: Json
  readonly created_by: string
  readonly created_at: Date
}

export interface ReportJob extends NewReportJob {
  /** How often somebody began. */
  readonly attempts: number
  readonly started_at: Date | null
  readonly ended_at: Date | null
  readonly report_id: string | null
  readonly error: string | null
}

/** How a job ended: with a report, or with the reason why there is none. */
export type ReportJobEnd = { readonly report: ReportRow } | { readonly error: string }

/** SHA-256 of each format as it is sent; null where the report was made without it. */
export interface SignedFiles {
  readonly html: Hash | null
  readonly md: Hash | null
  readonly json: Hash | null
}

export interface NewSignature {
  readonly report_id: string
  readonly run_id: string
  readonly content: Hash
  readonly actor: Actor
  readonly statement: string
  readonly statement_hash: Hash
  readonly files: SignedFiles
  readonly at: string
}

/** Who signed a report, in which words, and the event that keeps it. */
export interface Signature {
  readonly seq: number
  readonly signed_by: string
  readonly statement: string
  readonly files: SignedFiles
  /** Of the event in the chain of the report. */
  readonly hash: Hash
  readonly signed_at: string
}

/** Published reports, and the jobs that make further ones. */
export interface ReportStore {
  get(reportId: string): Promise<ReportRow | undefined>
  /** False where it is not there. What nothing else refers to is erased. */
  delete(reportId: string, now: Date): Promise<boolean>
  /** Undefined where the report is not there; the same words of the same person are one signature. */
  sign(signature: NewSignature): Promise<Signature | undefined>
  /** The oldest first. */
  signatures(reportId: string): Promise<Signature[]>
  addJob(job: NewReportJob): Promise<void>
  job(jobId: string): Promise<ReportJob | undefined>
  /** Jobs that have not ended, the oldest first. */
  openJobs(): Promise<string[]>
  /** Works on a job while nobody else does; false where somebody does. The hold ends with the process. */
  holding(jobId: string, work: () => Promise<void>): Promise<boolean>
  begin(jobId: string, now: Date): Promise<ReportJob | undefined>
  /** Ends the job and publishes its report in one transaction. */
  end(jobId: string, end: ReportJobEnd, now: Date): Promise<void>
}
