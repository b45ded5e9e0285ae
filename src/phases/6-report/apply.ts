import { accept, type Result } from '#core/errors'
import type { Reported } from '#core/outcomes'
import type { Applied, Facts, Tools } from '#phases/phase'
import { renderReport } from './render-report.ts'
import type { ReportDecision } from './schema.ts'

/** Makes the report that was decided on and publishes it. */
export async function apply(facts: Facts, decision: ReportDecision, tools: Tools): Promise<Result<Applied<Reported>>> {
  tools.progress(0.1, 'Gathering what the run found')
  const { outcome, content } = await renderReport(facts, decision, tools)
  tools.progress(1, 'Report made')
  return accept({ outcome, publishes: [{ kind: 'report', content }] })
}
