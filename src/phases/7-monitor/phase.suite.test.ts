import { runPhaseSuite } from '#phases/phase.testsuite'
import { monitorPhase } from './phase.ts'
import { trainedFixture } from './trained.testkit.ts'

const fixtures = Promise.all([trainedFixture('binary', { rows: 400, seed: 13 }), trainedFixture('multiclass', { rows: 300, seed: 14 }), trainedFixture('regression', { rows: 120, seed: 15 })])

runPhaseSuite(monitorPhase, () => fixtures)
