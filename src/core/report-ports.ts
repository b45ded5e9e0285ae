import type { Json } from './canonical-json.ts'
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

/** Published reports, and the jobs that make further ones. */
export interface ReportStore {
  get(reportId: string): Promise<ReportRow | undefined>
  /** False where it is not there. What nothing else refers to is erased. */
  delete(reportId: string, now: Date): Promise<boolean>
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
