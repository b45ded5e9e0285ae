import { progressRange } from '#core/progress-range'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import type { Facts, Tools } from '#phases/phase'
import { compileKnown } from '#steps/compile-pipeline'
import { learnedColumns } from '#steps/learned-columns'
import type { Examined } from './examine-columns.ts'
import { type FoldColumns, foldColumns } from './fold-columns.ts'
import { uniqueFormulas } from './formula.ts'
import { type GainCurve, gainCurve } from './gain-curve.ts'
import type { LoadedColumn } from './load-rows.ts'
import { type Candidates, type MadeCandidate, makeCandidates, proposeCandidates } from './make-candidates.ts'
import { modelErrors } from './model-errors.ts'
import { nameFormulas } from './name-formulas.ts'
import { isNearProof } from './near-proofs.ts'
import { promisingFormulas } from './promising-formulas.ts'
import { type Screened, screenCandidates } from './screen-candidates.ts'
import { measureStrengths } from './strengths.ts'
import { strongFormulas } from './strong-formulas.ts'
import { type Against, chosenCandidates, nameInBench, type Tested, testCandidates } from './test-candidates.ts'
import { treeFormulas } from './tree-formulas.ts'
import { usableColumns } from './usable-columns.ts'

/** What was found out about features that may be added. */
export interface TestedFeatures {
  readonly candidates: Candidates
  /** Formulas and other candidates of which it was looked at what they say of the model's errors. */
  readonly tried: number
  readonly tested: readonly Tested[]
  readonly curve: GainCurve
  /** Candidates that say the label by themselves. */
  readonly proofs: ReadonlySet<string>
}

interface Testing extends Against {
  readonly facts: Facts
  readonly featured: Featured
  readonly examined: Examined
}

/** From many formulas to few features: first what says most of the model's errors, then the full test of those, then the curve. */
export async function testFeatures(testing: Testing, tools: Tools): Promise<Result<TestedFeatures>> {
  const { featured, examined, bench, base } = testing
  const errors = modelErrors(bench, base)
  tools.progress(0.42, 'Looking for formulas that explain the errors')
  const parents = parentsOf(featured, examined)
  const all = uniqueFormulas([...nameFormulas(parents), ...strongFormulas(parents), ...(await treeFormulas(parents, errors, tools))])
  const promising = await promisingFormulas(all, errors, tools)
  tools.progress(0.48, 'Making features to try')
  const columns = [...parents, ...examined.redundant.map(({ column }) => column), ...examined.identifiers.map(({ column }) => column)]
  const candidates = proposeCandidates(featured, columns, promising.formulas)
  const made = await makeCandidates(featured, candidates.list, tools)
  if (!made.ok) return made
  const usable = made.value.filter((one) => usableColumns([one.made]).length > 0)
  const tried = promising.looked + usable.length - promising.formulas.length
  const screened = await screenCandidates(usable, errors, tools)
  const testTools = { ...tools, progress: progressRange(tools.progress, [0.52, 0.8], 'Testing the most promising features') }
  const learned = await candidatesByFold(testing, screened, tools)
  if (!learned.ok) return learned
  const against: Against = { ...testing, bench: { ...bench, foldColumns: learned.value } }
  const tested = await testCandidates(against, screened, { tried, tools: testTools })
  const curveTools = { ...tools, progress: progressRange(tools.progress, [0.8, 0.96], 'Testing features beside one another') }
  const curve = await gainCurve(against, tested, { tried, tools: curveTools })
  const alone = await measureStrengths(tested.map((one) => one.made.made), bench.training.target, tools)
  const proofs = new Set(tested.filter((_, i) => alone[i] !== undefined && isNearProof(alone[i])).map((one) => one.made.candidate.id))
  return accept({ candidates, tried: Math.max(tried, usable.length), tested, curve, proofs })
}

/**
 * Columns of which features are made, the strongest first: none that repeats another or is hardly known before the
 * label, and none that a draft made already, so that features do not grow out of features.
 */
function parentsOf({ added }: Featured, { honest, redundant, nearProofs }: Examined): LoadedColumn[] {
  const gone = new Set([...redundant, ...nearProofs].map(({ column }) => column))
  const made = new Set(added.map((one) => one.name))
  return honest.filter((one) => !gone.has(one) && !made.has(one.column.name))
}

/** To what each fold sees of its own: candidates that learn, or are made of what was learnt, fitted on its learning rows alone. */
async function candidatesByFold({ facts, featured, bench }: Testing, screened: readonly Screened[], tools: Tools): Promise<Result<readonly FoldColumns[]>> {
  const chosen = chosenCandidates(screened).map(({ made }) => made)
  const steps = inOrder(chosen).flatMap((one) => one.steps)
  const pipeline = compileKnown({ ...featured.spec, steps: [...featured.spec.steps, ...steps] }, facts.table.columns, featured.state)
  if (!pipeline.ok) return pipeline
  const { output, steps: bound } = pipeline.value.pipeline
  const learned = new Set(output.filter(({ id }) => learnedColumns(bound).has(id)).map(({ name }) => name))
  const wanted = chosen.filter(({ candidate }) => learned.has(candidate.name))
  if (wanted.length === 0) return accept(bench.foldColumns)
  const made = await foldColumns({ facts, featured, bench, steps: inOrder(wanted).flatMap((one) => one.steps), wanted: wanted.map(({ candidate, made: { column } }) => ({ column, name: nameInBench(candidate) })) }, tools)
  return made.ok ? accept(made.value.map((own, i) => new Map([...(bench.foldColumns[i] ?? []), ...own]))) : made
}

/** What changes a column in place comes behind what is made of the column as it was. */
function inOrder(made: readonly MadeCandidate[]): MadeCandidate[] {
  return [...made.filter(({ candidate }) => candidate.replaces === null), ...made.filter(({ candidate }) => candidate.replaces !== null)]
}
