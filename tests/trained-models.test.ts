import { afterAll, beforeAll, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import { trainedSchema } from '#core/outcomes'
import { deployPhase } from '#phases/5-deploy/phase'
import { buildReport } from '#phases/6-report/build-report'
import { reportPhase } from '#phases/6-report/phase'
import { readMaterial } from '#phases/6-report/read-material'
import { renderHtml } from '#phases/6-report/render-html'
import { renderMarkdown } from '#phases/6-report/render-markdown'
import { monitorPhase } from '#phases/7-monitor/phase'
import { startDataTools, type DataTools } from './data-tools.ts'
import { trapTable } from './generate-table.ts'
import { answeredFacts } from './report-facts.ts'

let data: DataTools
beforeAll(async () => {
  data = await startDataTools()
})
afterAll(() => data.close())

const columns = trapTable(5, 220)

async function lineOf(trainer: 'glassbox' | 'trees', target: string) {
  const facts = await answeredFacts(data, { columns, target, answers: { model_training: { custom_value: { trainer } } } })
  expect(trainedSchema.parse(facts.outcomes.model_training)).toMatchObject({ trainer })
  return facts
}

test.each([
  ['trees', 'outcome'],
  ['trees', 'grade'],
  ['trees', 'result'],
  ['glassbox', 'outcome'],
] as const)('a model of %s that predicts %s is judged for a deployment, reported and watched', async (trainer, target) => {
  const facts = await lineOf(trainer, target)
  const deploying = orThrow(await deployPhase.propose(facts, data.tools))
  expect(deploying.options.length).toBeGreaterThan(0)
  const decision = orThrow(reportPhase.read({ report_config: {} }, orThrow(await reportPhase.propose(facts, data.tools))))
  const report = buildReport(await readMaterial(facts, data.tools), decision)
  const text = renderMarkdown(report)
  expect(await renderHtml(report, { why: '' })).toContain('<svg')
  if (trainer === 'trees') expect(text).toContain('partial dependence')
  else expect(text).not.toContain('partial dependence')
  expect(text).toContain('Boosted trees')
  const watching = orThrow(await monitorPhase.propose(facts, data.tools))
  const watched = orThrow(monitorPhase.read({ choice_index: watching.recommended_index ?? 0 }, watching))
  expect(orThrow(await monitorPhase.apply(facts, watched, data.tools)).outcome).toBeDefined()
})
