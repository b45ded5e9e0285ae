import type { Json } from '#core/canonical-json'
import type { Answer } from '#core/decision'
import { orThrow } from '#core/errors'
import type { MadeDecision } from '#core/run'
import { labelPhase } from '#phases/2-label/phase'
import { preparePhase } from '#phases/1-prepare/phase'
import { trainPhase } from '#phases/4-train/phase'
import type { Facts, Phase } from '#phases/phase'
import { factsOf, type DataTools } from './data-tools.ts'
import type { GeneratedColumn } from './generate-table.ts'

const before = [preparePhase, labelPhase, trainPhase] as unknown as readonly Phase[]

/** The facts of a run that is about to report: every phase before it took what it recommends. */
export async function reportFactsOf(data: DataTools, columns: readonly GeneratedColumn[], target: string): Promise<Facts> {
  return answeredFacts(data, { columns, target, answers: {} })
}

interface Answered {
  readonly columns: readonly GeneratedColumn[]
  readonly target: string
  /** By phase; where there is none, what is recommended is taken. */
  readonly answers: Readonly<Record<string, Answer>>
}

/** The same with answers of one's own. */
export async function answeredFacts({ tools, read }: DataTools, { columns, target, answers }: Answered): Promise<Facts> {
  const table = await read(columns)
  const outcomes: Record<string, Json> = {}
  const decisions: MadeDecision[] = []
  const { blobs } = tools
  for (const [i, phase] of before.entries()) {
    const facts = factsOf(table, { texts: { user_query: null, target }, outcomes })
    const proposal = orThrow(await phase.propose(facts, tools))
    const answer = answers[phase.name]
    const decision = answer === undefined ? phase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: true }) : orThrow(phase.read(answer, proposal))
    if (decision === null) throw new Error(`${phase.name} recommends nothing`)
    const { outcome } = orThrow(await phase.apply(facts, decision, tools))
    outcomes[phase.name] = outcome
    decisions.push({
      phase: phase.name,
      decision_id: `00000000-0000-4000-8000-00000000000${i}`,
      revision: 1,
      proposal: await blobs.put(proposal),
      answer: await blobs.put({ taken: 'recommended' }),
      decision: await blobs.put(decision),
      closes: true,
      actor: { kind: 'policy', name: 'recommended' },
      at: `2026-01-02T03:04:0${i}.000Z`,
    })
  }
  const run = { run_id: '00000000-0000-4000-8000-0000000000ff', name: 'generated', description: '', started_at: '2026-01-02T03:04:00.000Z', decisions, ledger: [], read: null }
  return factsOf(table, { texts: { user_query: null, target }, outcomes, run })
}
