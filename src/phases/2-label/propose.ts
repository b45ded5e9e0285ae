import type { Option, Proposal } from '#core/decision'
import type { Profile } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn, nearColumnNames } from '#core/find-column'
import type { Hash } from '#core/hash'
import { plainJson } from '#core/plain-json'
import { readQueryWishes } from '#core/query-wishes'
import type { Facts, Tools } from '#phases/phase'
import { measureColumnFacts } from './column-facts.ts'
import { findLabelLeaks } from '#findings/find-label-issues'
import { type Sample as SampledRows, sampleTable } from '#findings/sample-rows'
import { findProxies } from '#findings/find-proxies'
import { specForLabel } from './label-spec.ts'
import { labelTable } from './label-table.ts'
import { measureStrengths, readSample, type Sample } from './measure-strengths.ts'
import { optionOf } from './option-of.ts'
import { fewestLabelledRows, planTarget } from './plan-target.ts'
import { preparedTable, type PreparedTable } from './prepared-table.ts'
import { proposeSplit } from './propose-split.ts'
import { rankCandidates, type Candidate } from './rank-candidates.ts'
import type { ColumnFacts, LabelBasis } from './schema.ts'

/** Cells over which fewer candidates are measured. */
const manyCells = 5_000_000
/** Columns times candidates that are measured alone. */
const mostStrengths = 80

const limits = [
  'The figures of this card are measured on all rows with a label, the rows to be sealed among them; no model is fitted on it.',
  'Formulas of several columns are looked for where the label is a number, on rows taken evenly; three columns at most are multiplied or divided.',
  'Of a column with many different numbers that separates the classes by a threshold, the strength is told; it is not left out by itself.',
  'Groups are recognised by a repeated key column, and time by a date column whose order the rows follow.',
]

/** Ranks the columns as targets and measures what would leak each. */
export async function proposeLabel(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  const prepared = preparedTable(facts)
  const { table } = prepared
  if (table.rows < fewestLabelledRows) {
    return refuse('TOO_FEW_ROWS', `The table has ${table.rows === 1 ? 'only 1 row' : `only ${table.rows} rows`}; at least ${fewestLabelledRows} with a label are needed.`)
  }
  const profile = await tools.data.profile(table, tools)
  tools.progress(0.2, 'Weighing the columns')
  const columns = await labelFacts(facts, await measureColumnFacts(table, profile.columns, tools), tools)
  const basis: LabelBasis = { rows: table.rows, columns, left_out: [...prepared.left_out], test: facts.test, task: facts.task }
  const named = namedTarget(facts, basis, prepared)
  if (!named.ok) return named
  const { candidates, notOffered } = rankCandidates(basis)
  const chosen = candidatesOnCard(named.value, candidates, table.rows * columns.length)
  const inputs = columns.filter((column) => !basis.left_out.some((one) => one.column === column.id))
  const measured = chosen.slice(0, Math.max(1, Math.floor(mostStrengths / Math.max(1, inputs.length))))
  const sample = await readSample({ table, columns: inputs, candidates: measured }, tools)
  const rows = await sampleTable({ table, profile }, tools)
  const options: Option[] = []
  for (const [i, candidate] of chosen.entries()) {
    tools.progress(0.3 + (0.7 * i) / chosen.length, `Looking for what leaks ${candidate.facts.name}`)
    const option = await measuredOption({ candidate, index: i, asked: named.value !== null && i === 0, basis, facts, sample: measured.includes(candidate) ? sample : null, inputs, known: { table: table.hash, profile, sample: rows } }, tools)
    if (!option.ok) return option
    options.push(option.value)
  }
  return accept({
    phase: 'label_selection',
    subject: options.length === 0 ? 'No column can be predicted as it is. Name one, with its task, to predict it all the same.' : 'Which column should be predicted?',
    options,
    recommended_index: options.length === 0 ? null : 0,
    default_option_index: options.length === 0 ? null : 0,
    context: {
      rows: table.rows,
      not_offered: notOffered.slice(0, 50).map((one) => ({ ...one })),
      left_out: plainJson(prepared.left_out),
      notes: [...readQueryWishes(facts.texts.user_query, table.columns).notes],
      limits,
    },
    basis: plainJson(basis),
  })
}

/** The column that the run or its request names, as a candidate; refused where it is not there or of no use. */
function namedTarget(facts: Facts, basis: LabelBasis, prepared: PreparedTable): Result<Candidate | null> {
  const found = targetColumn(facts, basis.columns, prepared)
  if (!found.ok || found.value === null) return found.ok ? accept(null) : found
  const plan = planTarget({ facts: found.value, rows: basis.rows, task: facts.task, positive: null })
  if (!plan.ok) return plan
  return accept({ facts: found.value, plan: plan.value, score: 1, reasons: ['it is named as the target'] })
}

function targetColumn(facts: Facts, columns: readonly ColumnFacts[], prepared: PreparedTable): Result<ColumnFacts | null> {
  const { target } = facts.texts
  if (target === null) {
    const wished = readQueryWishes(facts.texts.user_query, prepared.table.columns).target
    return accept(columns.find((column) => column.id === wished) ?? null)
  }
  const raw = findColumn(facts.table.columns, target)
  const found = findColumn(columns, target) ?? columns.find((column) => column.id === raw?.id)
  if (found !== undefined) return accept(found)
  if (raw !== undefined) return refuse('LABEL_UNKNOWN_COLUMN', `The column "${raw.name}" was dropped in data_preparation, so it cannot be predicted.`)
  const near = nearColumnNames(columns, target)
  return refuse('LABEL_UNKNOWN_COLUMN', `The table has no column "${target}".${near.length === 0 ? '' : ` Near it are: ${near.join(', ')}.`}`)
}

function candidatesOnCard(named: Candidate | null, ranked: readonly Candidate[], cells: number): Candidate[] {
  const most = cells > manyCells ? 3 : 6
  const others = ranked.filter((candidate) => candidate.facts.id !== named?.facts.id)
  return named === null ? others.slice(0, most) : [named, ...others.slice(0, most - 1)]
}

interface OptionRequest {
  readonly candidate: Candidate
  readonly index: number
  readonly asked: boolean
  readonly basis: LabelBasis
  readonly facts: Facts
  readonly inputs: readonly ColumnFacts[]
  /** What is known of the prepared table, by its hash. */
  readonly known: { readonly table: Hash; readonly profile: Profile; readonly sample: SampledRows }
  /** The rows to measure the columns alone on, where that is affordable. */
  readonly sample: Sample | null
}

async function measuredOption({ candidate, index, asked, basis, facts, inputs, sample, known }: OptionRequest, tools: Tools): Promise<Result<Option>> {
  const source = await labelTable(facts, { labels: [candidate.facts] }, tools)
  if (!source.ok) return source
  const { table, cut, waiting } = source.value
  const label = candidate.facts
  const rows = { data: tools.data, signal: tools.signal, table, label }
  const proxies = await findProxies(rows, { task: candidate.plan.task, columns: basis.columns })
  const own = table.hash === known.table ? known : { profile: await tools.data.profile(table, tools) }
  const leaks = await findLabelLeaks({ ...own, table, target: label.id, leftOut: basis.left_out.map((one) => one.name) }, tools)
  const others = inputs.filter((column) => column.id !== label.id)
  // The sample holds the column as an input, which steps may have changed.
  const strengths = sample === null || cut.length > 0 ? null : await measureStrengths({ sample, candidate, columns: others }, tools)
  const split = await proposeSplit({ data: tools.data, signal: tools.signal, table, columns: basis.columns.filter((column) => column.id !== label.id), test: basis.test })
  return accept(optionOf({ candidate, proxies, leaks: leaks.filter(({ code, column }) => code !== 'target_proxy' || !proxies.some((proxy) => proxy.name === column)), strengths, split, numbers: own.profile.columns.find(({ id }) => id === label.id)?.numeric ?? null, rows: table.rows, cut, waiting: waiting.map(({ id }) => id), asked }, index))
}

/** The facts of the columns as labels: where steps would leave a column alone, as it is without them. */
async function labelFacts(facts: Facts, columns: readonly ColumnFacts[], tools: Tools): Promise<ColumnFacts[]> {
  const { spec } = preparedTable(facts)
  const changed = spec.steps.length === 0 ? [] : columns.filter((column) => specForLabel(spec, facts.table.columns, column.id).cut.length > 0)
  if (changed.length === 0) return [...columns]
  const bare = await labelTable(facts, { labels: changed }, tools)
  if (!bare.ok || bare.value.table.hash === preparedTable(facts).table.hash) return [...columns]
  const profile = await tools.data.profile(bare.value.table, tools)
  const measured = new Map((await measureColumnFacts(bare.value.table, profile.columns, tools)).map((column) => [column.id, column]))
  return columns.map((column) => (changed.includes(column) ? (measured.get(column.id) ?? column) : column))
}
