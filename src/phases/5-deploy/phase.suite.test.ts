import { afterAll, beforeAll } from 'vitest'
import { runPhaseSuite, type PhaseFixture } from '#phases/phase.testsuite'
import { startDataTools, type DataTools } from '../../../tests/data-tools.ts'
import { deployPhase } from './phase.ts'
import { clinicTable, trainedFacts } from './trained-facts.testkit.ts'

let data: DataTools
let fixtures: PhaseFixture[] = []
beforeAll(async () => {
  data = await startDataTools()
  const columns = clinicTable(5, 400)
  for (const title of ['event', 'grade', 'result', 'coin']) {
    fixtures = [...fixtures, { title, facts: await trainedFacts(data, title, columns), tools: data.tools }]
  }
})
afterAll(() => data.close())

runPhaseSuite(deployPhase, async () => fixtures)
