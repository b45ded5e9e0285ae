import type { Hash } from '#core/hash'
import type { Reported } from '#core/outcomes'
import type { Facts } from '#phases/phase'
import { buildReport } from './build-report.ts'
import { readMaterial, type ReadTools } from './read-material.ts'
import { renderHtml } from './render-html.ts'
import { renderMarkdown } from './render-markdown.ts'
import type { ReportDecision } from './schema.ts'

/** Makes the report in the formats that were asked for, keeps each as a blob, and says where they lie. */
export async function renderReport(facts: Facts, decision: ReportDecision, tools: ReadTools): Promise<{ outcome: Reported; content: Hash }> {
  const material = await readMaterial(facts, tools)
  const report = buildReport(material, decision)
  const keep = async (wanted: boolean, render: () => unknown) => (wanted ? tools.blobs.put(await render()) : null)
  const { formats, title } = decision
  const outcome: Reported = {
    title,
    html: await keep(formats.includes('html'), () => renderHtml(report, material.program)),
    markdown: await keep(formats.includes('markdown'), () => renderMarkdown(report)),
    json: await keep(formats.includes('json'), () => report),
  }
  return { outcome, content: await tools.blobs.put(outcome) }
}

