import type { Proposal } from '#core/decision'
import { accept, type Result } from '#core/errors'
import type { Featured } from '#core/outcomes'
import { plainJson } from '#core/plain-json'
import type { Facts, Tools } from '#phases/phase'
import { addedOption } from './added-options.ts'
import { askedOption } from './asked-options.ts'
import { buildFeatured } from './build-featured.ts'
import { cardContext } from './card-context.ts'
import { type DraftOption, numbered } from './draft-option.ts'
import { type Examined, examineColumns } from './examine-columns.ts'
import { type LeakWords, nearProofOption, reconstructionOption } from './leak-options.ts'
import { identifierOption, noiseOption, redundantOption } from './leave-out-options.ts'
import { type Board, measureBoard } from './measure-board.ts'
import { fixedColumns } from './read-labelled.ts'
import { type FeatureBasis, featureDecisionSchema } from './schema.ts'

/** Looks for leaks, repeated columns and features worth adding, and measures them on the training rows. */
export async function proposeFeatures(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  const drafts = facts.drafts.map((draft) => featureDecisionSchema.parse(draft))
  tools.progress(0.02, 'Loading the training rows')
  const featured = await buildFeatured(facts, drafts, tools)
  if (!featured.ok) return featured
  const examined = await examineColumns(facts, featured.value, tools)
  const board = await measureBoard({ facts, featured: featured.value, examined }, tools)
  if (!board.ok) return board
  tools.progress(1, 'Features measured')
  const { label } = featured.value
  return accept({
    phase: 'feature_engineering',
    subject: `Which features should be added to predict "${label.name}", and which columns left out?`,
    options: numbered(draftOptions({ featured: featured.value, examined, board: board.value })),
    recommended_index: null,
    default_option_index: null,
    context: cardContext(featured.value, examined, board.value),
    basis: plainJson(basisOf(facts, featured.value)),
  })
}

function basisOf(facts: Facts, featured: Featured): FeatureBasis {
  return {
    columns: [...facts.table.columns],
    steps: featured.spec.steps,
    fixed: fixedColumns(featured),
    label: featured.label.id,
    features: featured.features,
    left_out: featured.left_out,
    ...(featured.state === undefined ? {} : { state: featured.state }),
  }
}

interface Found {
  readonly featured: Featured
  readonly examined: Examined
  readonly board: Board | null
}

/** Leaks first, then identifiers, features by their gain, and at last what may go because others say it too. */
function draftOptions({ featured, examined, board }: Found): DraftOption[] {
  const label = featured.label.name
  const words: LeakWords = { label, worth: board?.worth ?? null, leavesSome: examined.honest.length > 0 }
  const added = board === null ? [] : board.tested.map((tested) => addedOption(tested, { columns: examined.loaded, proofs: board.proofs, curve: board.curve }))
  return [
    ...examined.asked.filter(({ kept }) => kept).map(askedOption),
    ...examined.reconstructions.map((one) => reconstructionOption(one, examined.strengths, words)),
    ...examined.nearProofs.map((one) => nearProofOption(one, words)),
    ...examined.identifiers.map(identifierOption),
    ...added,
    ...examined.redundant.map((one) => redundantOption(one, board?.without.get(one.column.column.id) ?? null)),
    ...(examined.noise.length > 0 && examined.noise.length < examined.honest.length ? [noiseOption(examined.noise, board?.withoutNoise ?? null, label)] : []),
  ]
}
