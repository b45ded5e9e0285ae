import type { Answer, Proposal } from '#core/decision'
import { accept, refuse, type Result } from '#core/errors'
import { reportKinds, type ReportKind } from './report-kinds.ts'
import { reportBasisSchema, reportConfigSchema, reportFormats, type ReportConfig, type ReportDecision } from './schema.ts'
import { sectionIds, type SectionId } from './sections.ts'

/** Reads an answer against the open proposal: honoured in full, or refused with the reason. */
export function readAnswer(answer: Answer, proposal: Proposal): Result<ReportDecision> {
  const foreign = foreignFields.filter((field) => isGiven(answer[field]))
  if (foreign.length > 0) return refuse('DECISION_INVALID', `report_creation does not read ${foreign.join(', ')}; it reads choice_index and report_config.`)
  if (answer.done === false) return refuse('DECISION_INVALID', 'report_creation is decided once; leave "done" out, or answer true.')
  const index = answer.choice_index ?? null
  const config = answer.report_config ?? null
  if (index === null && config === null) return refuse('DECISION_INVALID', 'The answer chooses nothing: give choice_index or report_config; {} makes the proposed report.')
  if (index !== null && (index < 0 || reportKinds[index] === undefined)) return refuse('CHOICE_OUT_OF_RANGE', `choice_index is ${index}; the options are 0 to ${reportKinds.length - 1}.`)
  const read = readConfig(config ?? {})
  if (!read.ok) return read
  const { available, title } = reportBasisSchema.parse(proposal.basis)
  return decisionOf(read.value, { kind: index === null ? null : (reportKinds[index] ?? null), available, title })
}

/** The recommended report as it is proposed. */
export function recommendedDecision(proposal: Proposal): ReportDecision | null {
  const read = readAnswer({ report_config: {} }, proposal)
  return read.ok ? read.value : null
}

const foreignFields = ['action', 'custom_value', 'label_type', 'apply_indices', 'skip_indices', 'selected_indices', 'selected_options', 'selected_features', 'monotonic_constraints', 'monitoring_config'] as const

/** Clients send null, and some send empty lists, for what they do not mean. */
function isGiven(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== null && value !== undefined
}

/** Checks what an answer says of a report; an unknown field is refused by its name. */
export function readConfig(config: unknown): Result<ReportConfig> {
  const read = reportConfigSchema.safeParse(config)
  if (read.success) return accept(read.data)
  const reasons = read.error.issues.map((issue) => `${['report_config', ...issue.path].join('.')}: ${issue.message}`)
  return refuse('CUSTOM_REFUSED', `${reasons.slice(0, 3).join('; ')}.`)
}

interface Known {
  /** The report that was chosen by index; null leaves it to the audience. */
  readonly kind: ReportKind | null
  readonly available: readonly SectionId[]
  readonly title: string
}

/** What to make out of what was asked for. */
export function decisionOf(config: ReportConfig, { kind, available, title }: Known): Result<ReportDecision> {
  const audience = config.audience ?? null
  const named = reportKinds.find((one) => one.audience === audience?.toLowerCase())
  const report = kind ?? named ?? reportKinds[0]
  const sections = readSections(config.sections ?? null, { report, available })
  if (!sections.ok) return sections
  return accept({
    report: report.id,
    title: config.title ?? title,
    description: config.description ?? '',
    audience: audience === null ? report.audienceText : (named?.audienceText ?? audience),
    sections: sections.value,
    formats: reportFormats.filter((format) => config.formats?.includes(format) ?? true),
    max_features: config.max_features ?? report.maxFeatures,
    statements: config.statements ?? {},
  })
}

function readSections(asked: readonly string[] | null, { report, available }: { report: ReportKind; available: readonly SectionId[] }): Result<SectionId[]> {
  if (asked === null) return accept(report.sections.filter((id) => available.includes(id)))
  const unknown = asked.filter((name) => !sectionIds.some((id) => id === name))
  if (unknown.length > 0) return refuse('CUSTOM_REFUSED', `sections names ${unknown.map((name) => JSON.stringify(name)).join(', ')}, which no report has; the sections are ${available.join(', ')}.`)
  const empty = asked.filter((name) => !available.some((id) => id === name))
  if (empty.length > 0) return refuse('CUSTOM_REFUSED', `This run has nothing to say in ${empty.join(', ')}; the sections it can fill are ${available.join(', ')}.`)
  return accept(available.filter((id) => asked.includes(id)))
}
