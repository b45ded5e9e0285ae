import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { orThrow } from '#core/errors'
import type { Answer } from '#core/decision'
import type { Facts } from '#phases/phase'
import { buildReport } from '#phases/6-report/build-report'
import { reportPhase } from '#phases/6-report/phase'
import { sectionIds } from '#phases/6-report/sections'
import { readMaterial } from '#phases/6-report/read-material'
import { renderHtml } from '#phases/6-report/render-html'
import { renderMarkdown } from '#phases/6-report/render-markdown'
import { runPhaseSuite } from '#phases/phase.testsuite'
import { startDataTools, type DataTools } from './data-tools.ts'
import { trapTable } from './generate-table.ts'
import { reportFactsOf } from './report-facts.ts'

let data: DataTools
let known: Promise<{ title: string; facts: Facts; tools: DataTools['tools'] }[]>

beforeAll(async () => {
  data = await startDataTools()
  const columns = trapTable(5, 220)
  known = Promise.all(['outcome', 'grade', 'result'].map(async (title) => ({ title, facts: await reportFactsOf(data, columns, title), tools: data.tools })))
  await known
})
afterAll(() => data.close())

runPhaseSuite(reportPhase, () => known)

describe('what a report holds', () => {
  const reportOf = async (title: string, answer: Answer = { report_config: {} }) => {
    const { facts, tools } = (await known).find((one) => one.title === title) ?? (await known)[0]!
    const proposal = orThrow(await reportPhase.propose(facts, tools))
    const decision = orThrow(reportPhase.read(answer, proposal))
    return { report: buildReport(await readMaterial(facts, tools), decision), decision, facts, tools }
  }

  test.each([
    ['outcome', sectionIds],
    ['result', sectionIds.filter((id) => id !== 'calibration')],
  ])('the chapters that a prediction of %s can fill', async (title, sections) => {
    const { report } = await reportOf(title)
    expect(report.sections.map(({ id }) => id)).toEqual(sections)
    expect(await renderHtml(report, { why: '' })).toContain('Not provided: the run made no decision on a deployment')
  })

  test('says which columns give the label away, with the proof', async () => {
    const { report } = await reportOf('outcome')
    const [leaks] = report.sections.find(({ id }) => id === 'left_out')?.blocks ?? []
    expect(leaks).toMatchObject({ kind: 'table', title: 'Leaks: columns that give the label away' })
    expect(renderMarkdown(report)).toMatch(/`outcome_code` \| Says the label \| .*in other words/)
  })

  test('an audience picks its report, chapters and formats are honoured, and unknown ones are refused by name', async () => {
    const { report, decision, facts, tools } = await reportOf('grade', { report_config: { audience: 'Business', sections: ['errors', 'question'], formats: ['json'], title: 'Why gold?' } })
    expect(report.title).toBe('Why gold?')
    expect(report.kind).toBe('business-summary')
    expect(report.sections.map(({ id }) => id)).toEqual(['question', 'errors'])
    const { outcome } = orThrow(await reportPhase.apply(facts, decision, tools))
    expect(outcome).toMatchObject({ html: null, markdown: null, json: expect.stringMatching(/^[0-9a-f]{64}$/) })
    const proposal = orThrow(await reportPhase.propose(facts, tools))
    const refused = reportPhase.read({ report_config: { sections: ['moods'] } }, proposal)
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'CUSTOM_REFUSED', message: expect.stringContaining('"moods"') } })
    const regression = await reportOf('result')
    const card = orThrow(await reportPhase.propose(regression.facts, regression.tools))
    expect(reportPhase.read({ report_config: { sections: ['calibration'] } }, card)).toMatchObject({ ok: false, refusal: { message: expect.stringContaining('calibration') } })
  })
})
