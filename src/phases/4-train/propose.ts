import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import { featuresOfTerm } from '#ml/model'
import type { Facts, Tools } from '#phases/phase'
import { boardJson } from './board-json.ts'
import { buildBench, readLabelled } from './build-bench.ts'
import { type Board, candidateOptions, meanScore } from './candidate-option.ts'
import { tableRisks } from './candidate-risks.ts'
import type { CardJson } from './card-json.ts'
import { measureCandidates } from './measure-candidates.ts'
import { storeMeasured } from './measured-blob.ts'
import type { Bench, Measured } from './measured-candidate.ts'
import { type MonotoneProposals, proposeMonotone } from './monotone-proposals.ts'
import { higherOrLower, metricTitle, primaryMetric, wireName } from './primary-metric.ts'
import { progressRange } from '#core/progress-range'
import { recommend } from './recommendation.ts'
import type { Basis } from './schema.ts'
import { isGlassBox, trainersOf } from './trainers.ts'

/** Compares the trainers on the training rows and asks which to use. */
export async function propose(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  const labelled = readLabelled(facts)
  tools.progress(0, 'Loading the training rows')
  const bench = await buildBench({ facts, labelled }, tools)
  if (!bench.ok) return bench
  const plans = trainersOf(facts.algorithm).map((trainer) => ({ trainer, monotone: {}, settings: {} }))
  const comparing = {
    ...tools,
    progress: progressRange(tools.progress, [0.05, 0.65], 'Comparing the trainers by cross-validation'),
  }
  const measured = await measureCandidates(bench.value, plans, comparing)
  if (!measured.ok) return measured
  const board = judgeBoard(bench.value, measured.value)
  const holding = {
    ...tools,
    progress: progressRange(tools.progress, [0.65, 0.95], 'Measuring curves that go one way'),
  }
  const monotone = await monotoneOf(bench.value, board, holding)
  if (!monotone.ok) return monotone
  return accept(
    await assemble(
      { bench: bench.value, board, monotone: monotone.value, subject: subjectOf(labelled.label.name, board) },
      tools,
    ),
  )
}

function judgeBoard(bench: Bench, candidates: readonly Measured[]): Board {
  const { target } = bench.rows
  const metric = primaryMetric(
    target.task,
    candidates.flatMap((candidate) => candidate.folds.map((fold) => fold.metrics)),
  )
  const contenders = candidates.map(({ plan, folds }) => ({ trainer: plan.trainer, folds }))
  return {
    candidates,
    metric,
    recommendation: recommend(contenders, metric),
    risks: tableRisks(target, bench.rows.features.length),
  }
}

async function monotoneOf(bench: Bench, board: Board, tools: Tools): Promise<Result<MonotoneProposals>> {
  return proposeMonotone(bench, glassBoxOf(board), { metric: board.metric, tools })
}

/** The glass box that is recommended; where none is, the better one. */
function glassBoxOf({ candidates, metric, recommendation }: Board): Measured {
  const boxes = candidates.filter(({ plan }) => isGlassBox(plan.trainer))
  const [first] = boxes.toSorted((a, b) => meanScore(b, metric) - meanScore(a, metric))
  const found = boxes.find(({ plan }) => plan.trainer === recommendation.trainer) ?? first
  if (found === undefined) throw new Error('a glass box is always compared')
  return found
}

function subjectOf(label: string, { candidates }: Board): string {
  return `Which of ${candidates.length} trainers should predict "${label}"?`
}

interface Parts {
  readonly bench: Bench
  readonly board: Board
  readonly monotone: MonotoneProposals
  readonly subject: string
}

async function assemble({ bench, board, monotone, subject }: Parts, tools: Tools): Promise<Proposal> {
  const { options, order } = candidateOptions(board)
  const recommended = options.findIndex((option) => option.recommended)
  const kept = monotone.held === null ? board.candidates : [...board.candidates, monotone.held]
  const measured: Basis['measured'] = []
  for (const one of kept)
    measured.push({
      trainer: one.plan.trainer,
      monotone: one.plan.monotone,
      blob: await storeMeasured(tools.blobs, one),
      terms: one.model.terms.map((term) => ({ features: [...featuresOfTerm(term)], kind: term.kind })),
    })
  const comparison = boardJson(bench, board, options)
  const basis: Basis = {
    task: bench.rows.target.task,
    features: bench.rows.features.map(({ name, kind }) => ({ name, kind })),
    trainers: order.map((candidate) => candidate.plan.trainer),
    monotone: monotone.directions,
    board: await tools.blobs.put(comparison),
    measured,
  }
  tools.progress(1, 'Trainers compared')
  return {
    phase: 'model_training',
    subject,
    options,
    recommended_index: recommended,
    default_option_index: recommended,
    context: contextOf({ bench, board, monotone }),
    basis,
  }
}

function contextOf({ bench, board, monotone }: Omit<Parts, 'subject'>): Record<string, CardJson> {
  const { rows, budget, folds } = bench
  return {
    metric: { name: wireName(board.metric), title: metricTitle(board.metric), better: higherOrLower(board.metric) },
    recommendation: board.recommendation.reason,
    cross_validation: {
      folds: folds.length,
      rows: Math.min(rows.table.rows, budget.crossValidationRows),
      training_rows: rows.table.rows,
    },
    features: rows.features.map(({ name, kind }) => ({ name, kind })),
    left_out: rows.leftOut.map((one) => ({ ...one })),
    monotone_proposals: monotone.shown,
    notes: [...budget.notes],
  }
}
