import { accept, refuse, type Result } from '#core/errors'
import { isStarted } from '#core/run'
import { availableSections, buildReport } from '#phases/6-report/build-report'
import { decisionOf, readConfig } from '#phases/6-report/read-answer'
import { readMaterial } from '#phases/6-report/read-material'
import { renderHtml } from '#phases/6-report/render-html'
import { reportKinds } from '#phases/6-report/report-kinds'
import type { ReportPreviewQuery } from '#wire/report-preview'
import { ownRun } from './own-run.ts'
import type { ServiceInput } from './ports.ts'
import { reportFacts } from './report-facts.ts'
import { trainedOf } from './run-view.ts'
import type { Caller, TextFile } from './signalbox.ts'

/** The report as it would read if it were written now; it is kept nowhere. */
export async function previewReport(input: ServiceInput, caller: Caller, { runId, query }: { readonly runId: string; readonly query: ReportPreviewQuery }): Promise<Result<TextFile>> {
  const own = await ownRun(input, caller, runId)
  if (!own.ok) return own
  const { run } = own.value
  const trained = isStarted(run) ? await trainedOf(input.blobs, run) : null
  if (!isStarted(run) || trained === null) return refuse('RUN_WITHOUT_MODEL', 'The run has trained no model yet, so there is nothing to report.', { suggestion: 'Look again once the run is through model_training.' })
  const kind = reportKinds[query.choice_index]
  if (kind === undefined) return refuse('CHOICE_OUT_OF_RANGE', `choice_index is ${query.choice_index}; the options are 0 to ${reportKinds.length - 1}.`)
  const { title = null, max_features = null } = query
  const config = readConfig({ title: title === '' ? null : title, max_features, sections: query.sections === undefined ? null : query.sections.split(',').filter((name) => name !== '') })
  if (!config.ok) return config
  const material = await readMaterial(await reportFacts(run, input), { blobs: input.blobs, data: input.data, signal: new AbortController().signal })
  const usual = `${material.run.name}: predicting ${material.trained.label}`.slice(0, 200).toWellFormed()
  const decision = decisionOf(config.value, { kind, available: availableSections(trained.task), title: usual })
  if (!decision.ok) return decision
  const text = await renderHtml(buildReport(material, decision.value), material.program)
  return accept({ file_name: 'preview.html', content_type: 'text/html; charset=utf-8', text })
}
