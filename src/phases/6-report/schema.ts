import { z } from 'zod'
import { sectionIds } from './sections.ts'
import { statementNames } from './statements.ts'

export const reportFormats = ['html', 'markdown', 'json'] as const
export type ReportFormat = (typeof reportFormats)[number]

const sectionSchema = z.enum(sectionIds)

/** The most curves that one report draws, so that it stays a file that can be sent. */
export const mostCurves = 60

const statement = z.string().trim().max(5_000)

/** What people say of the use of the model; a name that is not known is refused. */
export const statementsSchema = z.partialRecord(z.enum(statementNames), statement)
export type Statements = z.infer<typeof statementsSchema>

/** What an answer, or a request for a further report, may say of a report. An unknown key is refused by its name. */
export const reportConfigSchema = z.strictObject({
  title: z.string().trim().min(1).max(200).nullish().describe('The heading of the report.'),
  description: z.string().max(5_000).nullish().describe('A text below the heading.'),
  audience: z.string().trim().min(1).max(200).nullish().describe('Whom it is written for; "technical", "business" or "audit" also picks the chapters.'),
  sections: z.array(z.string()).min(1).nullish().describe(`The chapters, of ${sectionIds.join(', ')}.`),
  formats: z.array(z.enum(reportFormats)).min(1).nullish().describe('The formats to make; absent makes all three.'),
  max_features: z.int().min(0).max(mostCurves).nullish().describe('How many columns to draw, the most important first.'),
  statements: statementsSchema.nullish().describe(`What only people can say: ${statementNames.join(', ')}.`),
})
export type ReportConfig = z.infer<typeof reportConfigSchema>

/** What was decided: everything that the report depends on besides the run. */
export const reportDecisionSchema = z.strictObject({
  report: z.string(),
  title: z.string(),
  description: z.string(),
  audience: z.string(),
  sections: z.array(sectionSchema),
  formats: z.array(z.enum(reportFormats)),
  max_features: z.int().min(0).max(mostCurves),
  /** Requests of earlier versions have none. */
  statements: statementsSchema.default({}),
})
export type ReportDecision = z.infer<typeof reportDecisionSchema>

/** What reading an answer needs to know of the proposal. */
export const reportBasisSchema = z.strictObject({
  title: z.string(),
  /** The chapters that this run can fill. */
  available: z.array(sectionSchema),
})
