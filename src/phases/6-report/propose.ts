import type { Evidence, Option, Proposal } from '#core/decision'
import { accept, orThrow, type Result } from '#core/errors'
import type { Facts, Tools } from '#phases/phase'
import type { Block, Report } from './blocks.ts'
import { availableSections, buildReport } from './build-report.ts'
import { countText, numberText } from './figure.ts'
import type { Material } from './material.ts'
import { decisionOf } from './read-answer.ts'
import { readMaterial } from './read-material.ts'
import { renderHtml } from './render-html.ts'
import { reportKinds, type ReportKind } from './report-kinds.ts'
import { sectionTitles, type SectionId } from './sections.ts'
import { statementKinds, statementNames } from './statements.ts'

/** Offers the reports that can be made of this run, each with what it would hold and how large it is. */
export async function propose(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  tools.progress(0.1, 'Gathering what the run found')
  const material = await readMaterial(facts, tools)
  const title = `${material.run.name}: predicting ${material.trained.label}`.slice(0, 200).toWellFormed()
  const available = availableSections(material.trained.task)
  const options = await Promise.all(reportKinds.map((kind, index) => optionOf(kind, { index, material, title, available })))
  tools.progress(1, 'Reports drafted')
  return accept({
    phase: 'report_creation',
    subject: `Which report of "${material.trained.label}" should be made?`,
    options,
    recommended_index: 0,
    default_option_index: 0,
    context: {
      title,
      sections: [...available],
      chapters: available.map((id) => ({ id, title: sectionTitles[id] })),
      statements: statementNames.map((name) => ({ name, ...statementKinds[name] })),
      limits: ['Intended use, owner and the like are not known to the run; the report says "Not provided" there unless report_config.statements tells them.'],
    },
    basis: { title, available },
  })
}

interface Drafting {
  readonly index: number
  readonly material: Material
  readonly title: string
  readonly available: readonly SectionId[]
}

async function optionOf(kind: ReportKind, { index, material, title, available }: Drafting): Promise<Option> {
  const decision = orThrow(decisionOf({}, { kind, available, title }))
  const draft = buildReport(material, decision)
  return {
    index,
    id: kind.id,
    title: kind.title,
    summary: kind.summary,
    recommended: index === 0,
    score: null,
    evidence: await evidenceOf(kind, draft, material),
    risks: index === 0 ? [] : [`Leaves out ${countText(available.length - decision.sections.length, 'chapter')} that the full file has.`],
    effect: { sections: decision.sections, audience: kind.audience, max_features: decision.max_features, formats: decision.formats },
  }
}

async function evidenceOf({ audienceText }: ReportKind, draft: Report, { program }: Material): Promise<Evidence[]> {
  const bytes = new TextEncoder().encode(await renderHtml(draft, program)).length
  const blocks = draft.sections.flatMap((section) => section.blocks)
  const titles = draft.sections.map((section) => section.title)
  const charts = blocks.reduce((sum, block) => sum + (block.kind === 'charts' ? block.charts.length : 0), 0)
  const tables = blocks.filter(({ kind }) => kind === 'table' || kind === 'matrix').length
  const decisions = blocks.filter((block): block is Extract<Block, { kind: 'decision' }> => block.kind === 'decision')
  const options = decisions.reduce((sum, { options: offered }) => sum + offered.length, 0)
  return [
    { label: 'audience', text: `Written for: ${audienceText}.`, value: audienceText, interval: null, data: null },
    { label: 'sections', text: `${countText(titles.length, 'chapter')}: ${titles.join('; ')}.`, value: titles.length, interval: null, data: titles },
    { label: 'contents', text: `${countText(charts, 'chart')}, ${countText(tables, 'table')}, ${countText(decisions.length, 'decision')} with ${countText(options, 'option')} so far.`, value: null, interval: null, data: { charts, tables, decisions: decisions.length, options } },
    { label: 'size', text: `The HTML file has ${numberText(bytes / 1000, 0)} kB as things stand, before this decision is added.`, value: bytes, interval: null, data: null },
  ]
}
