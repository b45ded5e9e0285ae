import { accept, refuse, type Result } from '#core/errors'
import type { TaskName } from '#core/run-settings'
import { availableSections } from '#phases/6-report/build-report'
import { decisionOf } from '#phases/6-report/read-answer'
import { reportKinds } from '#phases/6-report/report-kinds'
import { mostCurves, statementsSchema, type ReportDecision } from '#phases/6-report/schema'
import { statementNames } from '#phases/6-report/statements'
import type { ReportWizardBody } from '#wire/report'

/** The chapters in which the plots of the original stand, by their names there. */
const chapterOfWidget: Readonly<Record<string, string>> = {
  baseValue: 'model',
  binaryoverview: 'errors',
  thresholdPlot: 'errors',
  confusionMatrix: 'errors',
  prCurveRocCurve: 'errors',
  metrics: 'performance',
  health: 'question',
}

/** What a request for a further report asks for: honoured, or refused with the reason. */
export function readReportWish(body: ReportWizardBody, task: TaskName): Result<ReportDecision> {
  if (body.is_public === true) return refused('is_public is true, but every report is read with a key; leave it out or send false.')
  if (Object.keys(body.constraints ?? {}).length > 0) return refused('constraints are not offered; choose chapters with widgets, and a report with mode.')
  const mode = body.mode ?? 'dynamic'
  const kind = reportKinds.find(({ id, audience }) => id === mode || audience === mode) ?? null
  if (kind === null && mode !== 'dynamic') return refused(`mode is "${mode}"; it is ${reportKinds.map(({ audience }) => audience).join(', ')}, or dynamic.`)
  const sections = body.widgets?.map((name) => chapterOfWidget[name] ?? name) ?? null
  const asked = body.gpt?.max_features ?? null
  if (asked !== null && asked > mostCurves) return refused(`gpt.max_features is ${asked}; a report draws ${mostCurves} columns at most.`)
  const statements = statementsSchema.safeParse(body.statements ?? {})
  if (!statements.success) return refused(`statements: ${statements.error.issues[0]?.message ?? 'unreadable'}; they are ${statementNames.join(', ')}.`)
  const config = {
    description: body.report_description,
    audience: audienceOf(body.audience),
    sections: sections === null || sections.length === 0 ? null : sections,
    statements: statements.data,
    max_features: asked,
  }
  const decided = decisionOf(config, { kind, available: availableSections(task), title: body.report_name })
  return decided.ok ? accept(decided.value) : refused(decided.refusal.message.replace(/^sections names/, 'widgets names'))
}

function refused(message: string): ReturnType<typeof refuse> {
  return refuse('VALIDATION_FAILED', message)
}

/** An audience is a text; some clients send what they know of it by name. */
function audienceOf(audience: ReportWizardBody['audience']): string | null {
  if (audience === null || audience === undefined) return null
  const text = typeof audience === 'string' ? audience : Object.values(audience).filter((value) => typeof value === 'string').join(', ')
  return text.trim() === '' ? null : text.trim().slice(0, 200).toWellFormed()
}
