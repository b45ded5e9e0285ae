import type { Option, Proposal } from '#core/decision'
import type { Table } from '#core/dataset'
import { accept, type Result } from '#core/errors'
import { findColumn } from '#core/find-column'
import type { PipelineSpec } from '#core/pipeline-spec'
import { plainJson } from '#core/plain-json'
import { readQueryWishes } from '#core/query-wishes'
import { name } from '#core/sql'
import type { Facts, Tools } from '#phases/phase'
import { compilePipeline, pipelineQuery } from '#steps/compile-pipeline'
import { splitLearning } from '#steps/split-learning'
import { checkAskedFor } from './asked-for.ts'
import { limits, silentNotes } from './card-notes.ts'
import { combineDecisions } from './combine.ts'
import { exampleCopies, mostVaried } from '#findings/copies'
import { examineTable } from '#findings/examine-table'
import type { Finding, Look } from '#findings/finding'
import { lookAtTable } from '#findings/look-at-table'
import { prepareDecisionSchema, type PrepareBasis } from './schema.ts'

/** Looks at every column and offers one cleaning step for each issue found. */
export async function proposePreparation(facts: Facts, tools: Tools): Promise<Result<Proposal>> {
  const drafts = facts.drafts.map((draft) => prepareDecisionSchema.parse(draft))
  const drafted = combineDecisions(drafts)
  const table = await draftedTable(facts, tools, drafted.spec.steps.length > 0 ? drafted.spec : null)
  if (!table.ok) return table
  tools.progress(0.1, 'Reading every column')
  const look = await lookAt(table.value, facts, tools)
  const settled = new Set(drafted.left_out.map((one) => one.column))
  const examined = await examineTable(look)
  const findings = [...checkAskedFor(look), ...examined.findings].filter((one) => one.effect.left_out.length === 0 || one.effect.left_out.some((left) => !settled.has(left.column)))
  const basis: PrepareBasis = { columns: [...facts.table.columns], drafted: drafted.spec.steps, target: look.target }
  return accept({
    phase: 'data_preparation',
    subject: 'Which of these cleaning steps should be applied?',
    options: findings.map(optionOf),
    recommended_index: null,
    default_option_index: null,
    context: {
      table: { rows: table.value.rows, columns: table.value.columns.length },
      profile: plainJson(look.profile),
      copies: await copiesContext(look),
      told: plainJson(examined.told),
      notes: [...silentNotes(look, findings, examined.told), ...look.wishes.notes],
      limits,
    },
    basis: plainJson(basis),
  })
}

async function draftedTable(facts: Facts, tools: Tools, spec: PipelineSpec | null): Promise<Result<Table>> {
  if (spec === null) return accept(facts.table)
  const split = splitLearning(spec, facts.table.columns)
  if (!split.ok) return split
  const pipeline = compilePipeline({ ...spec, steps: [...split.value.now] }, facts.table.columns)
  if (!pipeline.ok) return pipeline
  const query = pipelineQuery(pipeline.value, name('t'))
  return accept(await tools.data.materialise({ query, tables: { t: facts.table.hash }, columns: pipeline.value.output }, tools))
}

async function lookAt(table: Table, facts: Facts, tools: Tools): Promise<Look> {
  const wishes = readQueryWishes(facts.texts.user_query, table.columns)
  const named = facts.texts.target === null ? undefined : findColumn(table.columns, facts.texts.target)
  return lookAtTable({ table, wishes, target: facts.texts.target === null ? wishes.target : (named?.id ?? null) }, tools)
}

function optionOf(finding: Finding, index: number): Option {
  return {
    index,
    id: finding.id,
    title: finding.title,
    summary: finding.summary,
    recommended: finding.recommended,
    score: Number(finding.share.toPrecision(6)),
    evidence: [...finding.evidence],
    risks: [...finding.risks],
    effect: plainJson(finding.effect),
  }
}

async function copiesContext(look: Look): Promise<{ rows: number; text: string; examples: { row: number; times: number }[] }> {
  const rows = look.profile.duplicate_rows
  if (rows === 0) return { rows, text: 'No row repeats an earlier one.', examples: [] }
  const examples = await exampleCopies(look.table, mostVaried(look.profile.columns), look)
  return { rows, text: `${rows.toLocaleString('en-US')} rows repeat an earlier row in every column. They are kept, and stay on one side of every split.`, examples }
}
