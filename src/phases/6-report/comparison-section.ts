import type { Block, Cell, Column } from './blocks.ts'
import type { BoardCandidate } from './evaluation-schema.ts'
import { countText, decimalsFor, figure } from './figure.ts'
import type { Material } from './material.ts'
import { inMetricOrder, metricFacts } from './metric-facts.ts'

/** The board of trainers with intervals, and why one was recommended. */
export function comparisonSection({ evaluation, trained }: Material): Block[] {
  const { board } = evaluation
  const facts = metricFacts(board.metric)
  const measured = board.candidates.flatMap(({ title, trainer, cv }) => {
    const one = cv[board.metric]
    return one === undefined ? [] : [{ name: title, ...one, strong: trainer === trained.trainer }]
  })
  const title = `${facts.title} in cross-validation${facts.better === null ? '' : `, ${facts.better} is better`}`
  const folds = `Compared over ${countText(board.folds.length, 'fold')} of the training rows.`
  return [
    { kind: 'paragraph', text: `${folds} ${board.reason}` },
    {
      kind: 'charts',
      charts: [{ kind: 'intervals', title, rows: measured }],
      legend: [{ mark: 'line', text: '95 % interval' }],
      note: 'Filled: the trainer that was used.',
    },
    boardTable(board.candidates, trained.trainer),
    ...differences(board.candidates),
  ]
}

function boardTable(candidates: readonly BoardCandidate[], used: string): Block {
  const names = inMetricOrder([...new Set(candidates.flatMap(({ cv }) => Object.keys(cv)))])
  const decimals = new Map(names.map((name) => [name, decimalsFor(candidates.flatMap(({ cv }) => cv[name]?.value ?? []))]))
  const grown = candidates.some(({ trees }) => (trees ?? 0) > 0)
  const columns: Column[] = [{ title: 'Trainer', align: 'left' }, ...names.map((name): Column => ({ title: metricFacts(name).title, align: 'right' })), { title: 'Terms', align: 'right' }, ...(grown ? [{ title: 'Trees', align: 'right' } as const] : [])]
  const rows = candidates.map(({ title, trainer, cv, terms, trees }): Cell[] => [
    trainer === used ? `${title} (used)` : title,
    ...names.map((name): Cell => {
      const one = cv[name]
      return one === undefined ? null : figure(one.value, { decimals: decimals.get(name) ?? 4 })
    }),
    figure(terms),
    ...(grown ? [figure(trees ?? 0)] : []),
  ])
  return { kind: 'table', title: 'Means over the folds', columns, rows }
}

/** What tells the candidates apart, each measured on the same folds. */
function differences(candidates: readonly BoardCandidate[]): Block[] {
  const items = candidates.flatMap(({ title, evidence }) => evidence.filter(({ label }) => label.startsWith('Against')).map(({ label, text }) => `${title}. ${label}: ${text}`))
  return items.length === 0 ? [] : [{ kind: 'list', items }]
}
