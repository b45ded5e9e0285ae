import { z } from 'zod'
import type { OptionAnswer, PendingDecision } from '#sdk/client'

const sectionSchema = z.object({ id: z.string(), title: z.string() })
const statementSchema = z.object({ name: z.string(), title: z.string(), by: z.string(), asks: z.string() })
export type ReportSection = z.infer<typeof sectionSchema>
export type ReportStatement = z.infer<typeof statementSchema>

const contextSchema = z.object({ title: z.string(), chapters: z.array(sectionSchema).default([]), statements: z.array(statementSchema).default([]), limits: z.array(z.string()).default([]) })
export type ReportContext = z.infer<typeof contextSchema>

export function reportContextOf({ context }: PendingDecision): ReportContext {
  const read = contextSchema.safeParse(context)
  return read.success ? read.data : { title: '', chapters: [], statements: [], limits: [] }
}

export const formats = ['html', 'markdown', 'json'] as const
export type Format = (typeof formats)[number]

const effectSchema = z.object({ sections: z.array(z.string()), audience: z.string(), max_features: z.number(), formats: z.array(z.enum(formats)) })
export type ReportEffect = z.infer<typeof effectSchema>

export function reportEffectOf({ effect }: Pick<OptionAnswer, 'effect'>): ReportEffect | null {
  const read = effectSchema.safeParse(effect)
  return read.success ? read.data : null
}

/** What a person asks for; what is absent stays as the chosen report has it. */
export interface ReportWish {
  readonly title?: string
  readonly sections?: readonly string[]
  readonly formats?: readonly Format[]
  readonly max_features?: number
  readonly statements?: Readonly<Record<string, string>>
}
