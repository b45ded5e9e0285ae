import { orThrow } from '#core/errors'
import type { Json } from '#core/canonical-json'
import { labelPhase } from '#phases/2-label/phase'
import { trainPhase } from '#phases/4-train/phase'
import type { Facts, Phase, Tools } from '#phases/phase'
import { factsOf, type DataTools } from '../../../tests/data-tools.ts'
import { tableMaker, type GeneratedColumn } from '../../../tests/generate-table.ts'

/** A table with a label of each task, which `dose` and `city` explain; `side` and `noise` explain nothing. */
export function clinicTable(seed: number, rows: number): GeneratedColumn[] {
  const make = tableMaker(seed, rows)
  const dose = make.numbers()
  const city = make.levels(['Aarhus', 'Bern', 'Cork'])
  const side = make.levels(['left', 'right'])
  const error = make.numbers()
  const level = dose.map((value, row) => 2 * value + (city[row] === 'Bern' ? 1 : 0) + 0.5 * (error[row] ?? 0))
  return [
    { name: 'dose', cells: make.cells((row) => (row % 29 === 3 ? null : (dose[row] ?? 0))) },
    { name: 'city', cells: make.cells((row) => (row % 37 === 5 ? null : (city[row] ?? ''))) },
    { name: 'side', cells: side },
    { name: 'smoker', cells: make.cells((row) => (row % 3 === 0 ? 'true' : 'false')) },
    { name: 'event', cells: make.cells((row) => ((level[row] ?? 0) > 0.4 ? 'yes' : 'no')) },
    { name: 'grade', cells: make.cells((row) => ((level[row] ?? 0) > 1.2 ? 'high' : (level[row] ?? 0) > -0.6 ? 'middle' : 'low')) },
    { name: 'result', cells: make.cells((row) => Math.round(1000 * (level[row] ?? 0)) / 10) },
    { name: 'coin', cells: make.levels(['heads', 'tails']) },
  ]
}

const labels = ['event', 'grade', 'result', 'coin']

/** The facts of a run on the table up to a trained model of one of its labels, every fifth row sealed. */
export async function trainedFacts({ tools, read }: DataTools, label: string, columns: readonly GeneratedColumn[]): Promise<Facts> {
  const table = await read(columns.filter(({ name }) => name === label || !labels.includes(name)))
  const facts = factsOf(table, { texts: { user_query: null, target: label }, test: { index: [5, 4] }, algorithm: 'xplainable' })
  const label_selection = await outcomeOf(labelPhase, facts, tools)
  const labelled = { ...facts, outcomes: { label_selection } }
  const model_training = await outcomeOf(trainPhase, labelled, tools)
  return { ...labelled, outcomes: { label_selection, model_training } }
}

async function outcomeOf<Decision, Outcome>(phase: Phase<Decision, Outcome>, facts: Facts, tools: Tools): Promise<Json> {
  const proposal = orThrow(await phase.propose(facts, tools))
  const decision = phase.recommended(proposal, { auto_deploy: false, auto_apply_safe_features: false })
  if (decision === null) throw new Error(`${phase.name} recommends nothing`)
  const { outcome } = orThrow(await phase.apply(facts, decision, tools))
  return JSON.parse(JSON.stringify(outcome))
}
