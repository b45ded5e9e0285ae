import type { TaskName } from '#core/run-settings'
import { artifactsSection } from './artifacts-section.ts'
import type { Block, Report, Section } from './blocks.ts'
import { calibrationSection } from './calibration-section.ts'
import { comparisonSection } from './comparison-section.ts'
import { curvesSection } from './curves-section.ts'
import { dataWorkSection } from './data-work-section.ts'
import { decisionsSection } from './decisions-section.ts'
import { errorsSection } from './errors-section.ts'
import { fairnessSection } from './fairness-section.ts'
import { countText, decimalsFor, numberText } from './figure.ts'
import { leftOutSection } from './left-out-section.ts'
import { limitsSection } from './limits-section.ts'
import type { Material } from './material.ts'
import { metricFacts } from './metric-facts.ts'
import { modelSection } from './model-section.ts'
import { lineageSection } from './lineage-section.ts'
import { monitoringSection } from './monitoring-section.ts'
import { performanceSection } from './performance-section.ts'
import { playgroundSection } from './playground-section.ts'
import { readingSection } from './reading-section.ts'
import { questionSection } from './question-section.ts'
import type { ReportDecision } from './schema.ts'
import { segmentsSection } from './segments-section.ts'
import { sourcesOf } from './sources.ts'
import { useSection } from './use-section.ts'
import { sectionIds, sectionTitles, type SectionId } from './sections.ts'

const builders: Readonly<Record<SectionId, (material: Material, decision: ReportDecision) => Block[]>> = {
  question: questionSection,
  performance: performanceSection,
  use: (_material, { statements }) => useSection(statements),
  playground: playgroundSection,
  model: modelSection,
  reading: readingSection,
  lineage: lineageSection,
  monitoring: monitoringSection,
  curves: (material, { max_features }) => curvesSection(material, max_features),
  data_work: dataWorkSection,
  left_out: leftOutSection,
  comparison: comparisonSection,
  calibration: calibrationSection,
  errors: errorsSection,
  segments: segmentsSection,
  fairness: fairnessSection,
  limits: limitsSection,
  decisions: decisionsSection,
  artifacts: artifactsSection,
}

/** The report that was decided on, in the order of the chapters. */
export function buildReport(material: Material, decision: ReportDecision): Report {
  const { run, trained } = material
  const metrics = Object.entries(trained.test_metrics)
  const names = material.artifacts.map(({ name }) => name)
  const sections = sectionIds
    .filter((id) => decision.sections.includes(id))
    .map((id): Section => ({ id, title: sectionTitles[id], sources: material.artifacts.filter(({ name }) => sourcesOf(id, names).includes(name)), blocks: builders[id](material, decision) }))
  return {
    format: 'signalbox-report',
    version: 1,
    title: decision.title,
    summary: summaryOf(material),
    description: decision.description,
    kind: decision.report,
    audience: decision.audience,
    run: { run_id: run.run_id, name: run.name, started_at: run.started_at },
    label: trained.label,
    task: trained.task,
    results: {
      metrics: Object.fromEntries(metrics.map(([name, { value }]) => [name, value])),
      metric_intervals: Object.fromEntries(metrics.flatMap(([name, { low, high }]) => (low === null || high === null ? [] : [[name, [low, high]]]))),
      model_hash: trained.model,
    },
    sections,
    proof: material.proof,
  }
}

/** The trainer and its leading measure on the sealed rows. */
function summaryOf({ trained, evaluation }: Material): string {
  const { metric } = evaluation.board
  const measured = trained.test_metrics[metric]
  const rows = countText(trained.rows.test, 'sealed row')
  if (measured === undefined) return `${trained.trainer_title}, tested on ${rows}.`
  const { value, low, high } = measured
  const decimals = decimalsFor([value])
  const range = low === null || high === null ? '' : ` (95 % interval ${numberText(low, decimals)} to ${numberText(high, decimals)})`
  return `${trained.trainer_title}: ${metricFacts(metric).title} ${numberText(value, decimals)}${range} on ${rows}.`
}

/** The chapters that this run can fill: a regression says no probabilities. */
export function availableSections(task: TaskName): SectionId[] {
  return sectionIds.filter((id) => id !== 'calibration' || task !== 'regression')
}
