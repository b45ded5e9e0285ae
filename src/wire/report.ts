import { z } from 'zod'
import { idSchema } from './identifier.ts'
import { jsonObjectSchema } from './json-value.ts'
import { timestampSchema } from './timestamp.ts'

export const reportFormats = ['html', 'md', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

export const reportQuerySchema = z.object({ format: z.enum(reportFormats).default('html') })
export type ReportQuery = z.infer<typeof reportQuerySchema>

/** POST /v1/reports/wizard: a further report of a completed run. */
export const reportWizardBodySchema = z
  .object({
    run_id: idSchema,
    report_name: z.string().trim().min(1).max(200),
    report_description: z.string().max(5_000).nullish(),
    is_public: z.boolean().nullish(),
    /** The chapters, by our names or by those of the original's plots. */
    widgets: z.array(z.string().max(100)).max(100).nullish(),
    /** Which report: technical, business or audit; "dynamic" leaves it to us. */
    mode: z.string().max(100).nullish(),
    constraints: jsonObjectSchema.nullish(),
    audience: z.union([z.string().max(200), jsonObjectSchema]).nullish(),
    /** Ours: what only people can say of the use of the model, by name. */
    statements: z.record(z.string().max(100), z.string().max(5_000)).nullish(),
    gpt: z.object({ max_features: z.int().min(0).max(10_000).nullish() }).nullish(),
  })
  .meta({ id: 'ReportWizard' })
export type ReportWizardBody = z.infer<typeof reportWizardBodySchema>

export const reportWizardAnswerSchema = z.object({ job_id: idSchema, status: z.literal('accepted') }).meta({ id: 'AcceptedReport' })
export type ReportWizardAnswer = z.infer<typeof reportWizardAnswerSchema>

export const reportJobParametersSchema = z.object({ job_id: idSchema })

export const reportJobAnswerSchema = z
  .object({
    job_id: idSchema,
    run_id: idSchema,
    status: z.enum(['pending', 'running', 'done', 'error']),
    report_id: idSchema.nullable(),
    /** The model version that the report is about. */
    version_id: idSchema.nullable(),
    /** Seconds from start to end. */
    duration: z.number().nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: 'ReportJob' })
export type ReportJobAnswer = z.infer<typeof reportJobAnswerSchema>

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** POST /v1/reports/{id}/sign. */
export const signReportBodySchema = z
  .object({
    /** The words that are signed. */
    statement: z.string().trim().min(1).max(5_000),
    /** SHA-256 of the file that was read, so that no other is signed. */
    sha256: hash.nullish(),
  })
  .meta({ id: 'SignReport' })
export type SignReportBody = z.infer<typeof signReportBodySchema>

const signatureSchema = z.object({ seq: z.int(), signed_by: z.string(), signed_at: timestampSchema, statement: z.string(), /** Of the event that keeps it. */ event_hash: hash, files: z.object({ html: hash.nullable(), md: hash.nullable(), json: hash.nullable() }) })

/** A report with the SHA-256 of each of its files as they are sent now, and everybody who signed it. */
export const reportSignaturesAnswerSchema = z
  .object({ report_id: idSchema, title: z.string(), files: z.object({ html: hash.nullable(), md: hash.nullable(), json: hash.nullable() }), signatures: z.array(signatureSchema) })
  .meta({ id: 'ReportSignatures' })
export type ReportSignaturesAnswer = z.infer<typeof reportSignaturesAnswerSchema>

export const deleteReportAnswerSchema = z.object({ report_id: idSchema, status: z.literal('deleted') }).meta({ id: 'DeletedReport' })
export type DeleteReportAnswer = z.infer<typeof deleteReportAnswerSchema>
