import type { Forest } from '#ml/model'
import type { Block, Cell, Fact } from './blocks.ts'
import { countText, figure, namesText, percentFigure } from './figure.ts'
import type { Material } from './material.ts'

const linkTexts: Readonly<Record<string, string>> = {
  logit: 'Log-odds of the positive class: contributions are added, then turned into a probability',
  softmax: 'Log of class weights: contributions are added by class, then turned into probabilities',
  identity: 'The predicted value itself: contributions are added',
  log: 'The logarithm of the predicted value: contributions are added, then turned back',
}

/** What kind of model it is, how it was set, and what it uses, the most important first. */
export function modelSection(material: Material): Block[] {
  const { trained, shapes } = material
  const blocks: Block[] = [{ kind: 'facts', facts: modelFacts(material) }]
  if (shapes.length === 0) return [...blocks, { kind: 'paragraph', text: `${trained.trainer_title}: it adds up no terms, so there is nothing to rank.` }]
  return [...blocks, importanceTable(material)]
}

function modelFacts({ trained, scorer, shapes, evaluation }: Material): Fact[] {
  const { model } = scorer
  const { rounds, pairRounds, lambda, l1Ratio } = model.training
  const held = Object.entries(trained.monotone).map(([name, way]) => `"${name}" ${way}`)
  return [
    { label: 'Trainer', value: trained.trainer_title },
    { label: 'Adds up', value: linkTexts[model.link] ?? model.link },
    model.forest === undefined ? { label: 'Terms', value: figure(shapes.length) } : { label: 'Trees', value: figure(treesOf(model.forest)) },
    { label: 'Columns it reads', value: namesText(trained.features, 60) },
    { label: 'Learnt from', value: countText(model.training.rows, 'row') },
    { label: 'Seed', value: figure(model.training.seed) },
    ...(rounds === undefined || rounds.length === 0 || model.forest !== undefined ? [] : [{ label: 'Bags', value: `${rounds.length}, with ${roundsText(rounds)} rounds` }]),
    ...(pairRounds === undefined || pairRounds.length === 0 ? [] : [{ label: 'Rounds for pairs of columns', value: roundsText(pairRounds) }]),
    ...(lambda === undefined ? [] : [{ label: penaltyLabel(l1Ratio), value: figure(lambda) }]),
    { label: 'Curves held to one direction', value: held.length === 0 ? 'None' : held.join(', ') },
    ...(trained.threshold === null ? [] : [{ label: 'Called positive from probability', value: figure(trained.threshold, { key: 'threshold' }) }]),
    ...(trained.task === 'regression' ? [] : [{ label: 'Calibration', value: evaluation.calibration.kind === 'identity' ? 'None: probabilities stay as the model gives them' : evaluation.calibration.kind }]),
    { label: 'model_hash', value: { code: trained.model } },
  ]
}

function treesOf({ trees }: Forest): number {
  return trees.reduce((sum, rounds) => sum + rounds.length, 0)
}

/** An elastic net has one penalty with a share of each kind. */
function penaltyLabel(l1Ratio = 0): string {
  return l1Ratio === 0 ? 'L2 penalty, on standardised columns' : `Penalty, on standardised columns, ${percentFigure(l1Ratio).text} of it L1`
}

function roundsText(rounds: readonly number[]): string {
  const [least, most] = [Math.min(...rounds), Math.max(...rounds)]
  return least === most ? least.toLocaleString('en-US') : `${least.toLocaleString('en-US')} to ${most.toLocaleString('en-US')}`
}

const mostTerms = 60

function importanceTable({ shapes }: Material): Block {
  const largest = Math.max(...shapes.map(({ importance }) => importance), Number.MIN_VALUE)
  const decimals = largest >= 100 ? 1 : 4
  const shown = shapes.slice(0, mostTerms)
  const measured = shown.some(({ importanceInterval }) => importanceInterval !== undefined)
  const rows = shown.map(({ name, importance, importanceInterval, share }, i): Cell[] => [
    figure(i + 1),
    { code: name },
    { share: importance / largest, figure: figure(importance, { decimals }) },
    ...(measured ? [importanceInterval === undefined ? null : importanceInterval.map((end) => figure(end, { decimals }).text).join(' to ')] : []),
    percentFigure(share),
  ])
  const left = shapes.length - rows.length
  const pairs = shown.some(({ kind }) => kind === 'pair') ? ' A × B is what two columns add together, beyond what each adds alone.' : ''
  const note = `Importance: the mean absolute contribution over the training rows, on the scale on which the terms add up.${pairs}`
  return {
    kind: 'table',
    title: 'Terms by importance',
    columns: [
      { title: '', align: 'right' },
      { title: 'Term', align: 'left' },
      { title: 'Importance', align: 'right' },
      ...(measured ? [{ title: '95 % interval', align: 'right' } as const] : []),
      { title: 'Share', align: 'right' },
    ],
    rows,
    note: left > 0 ? `${note} ${countText(left, 'term')} with less importance not listed; the model has them all.` : note,
  }
}
