import type { TaskName } from '#core/run-settings'
import { type PhaseFixture, runPhaseSuite } from '#phases/phase.testsuite'
import { generatedColumns, without } from './generated-columns.testkit.ts'
import { labelledOutcome } from './labelled.testkit.ts'
import { type MadeColumn, memoryTools } from './memory-tools.testkit.ts'
import { trainPhase } from './phase.ts'

const columns = generatedColumns({ rows: 120, seed: 13 })

function fixture(label: string, task: TaskName, made: readonly MadeColumn[]): PhaseFixture {
  const outcome = labelledOutcome({ columns: made, label, task })
  return { title: task, facts: outcome.facts, tools: memoryTools([outcome.made]) }
}

runPhaseSuite(trainPhase, async () => [
  fixture('event', 'binary', without(columns, 'cost', 'grade')),
  fixture('grade', 'multiclass', without(columns, 'event', 'cost')),
  fixture('cost', 'regression', without(columns, 'event', 'grade')),
])
