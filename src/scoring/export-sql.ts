import { rowIdColumn } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { join, literalText, name, number, sql, text, type Sql } from '#core/sql'
import type { Cell } from '#core/ports'
import { compilePipeline, pipelineQuery, type Pipeline } from '#steps/compile-pipeline'
import type { CheckRow } from './check-rows.ts'
import type { PortableModel } from './portable-model.ts'
import { featuresOf, modelOf } from './portable-program.ts'
import type { Scorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'
import { answerSql } from './sql-answer.ts'
import { featureSql, rawCellSql, rawTypeSql } from './sql-columns.ts'
import { scoreLayers } from './sql-model.ts'

type Scored = Pick<Scorer, 'document'>

/** A scorer as a SELECT over a raw table, its columns named as in the training file: each row with what is said of it. */
export function scoringQuery({ document }: Scored, table: Sql): Result<Sql> {
  const pipeline = compilePipeline(document.pipeline.spec, document.pipeline.columns, document.pipeline.state)
  if (!pipeline.ok) return pipeline
  const across = pipeline.value.steps.find(({ otherRows }) => otherRows !== 'none')
  if (across !== undefined) {
    const detail = { step: across.spec.id, type: across.spec.type }
    return refuse('EXPORT_STEP_UNSAYABLE', `Step "${across.spec.id}" (${across.spec.type}) takes values of other rows, which a row that is scored alone does not bring.`, { detail })
  }
  const model = modelOf(document)
  const read = readsSql(document, pipeline.value, model)
  if (!read.ok) return read
  const answer = answerSql(model)
  const layers = [...scoreLayers(model), ...answer.layers]
  const scored = layers.reduce((rows, layer) => sql`select *, ${join(layer.map(({ id, expression }) => sql`${expression} as ${name(id)}`))} from (${rows}) t`, read.value)
  const columns = join(answer.columns.map(({ id, expression }) => sql`${expression} as ${name(id)}`))
  return accept(sql`with signalbox_rows as (select *, row_number() over () - 1 as signalbox_row from ${table}),
signalbox_cells as (select ${cellsSql(document, pipeline.value)} from signalbox_rows),
signalbox_scores as (select ${name(rowIdColumn)} as signalbox_row, ${columns} from (${scored}) t)
select signalbox_rows.* exclude (signalbox_row), signalbox_scores.* exclude (signalbox_row) from signalbox_rows join signalbox_scores using (signalbox_row) order by signalbox_row`)
}

/** The raw columns by their ids; those that the model does not read need not be in the table. */
function cellsSql({ pipeline: { columns, reads } }: ScorerDocument, { steps }: Pipeline): Sql {
  const touched = new Set(steps.flatMap(({ contract }) => contract.reads))
  const cells = columns.map((column) => {
    const types = { text: sql`varchar`, number: sql`double`, integer: sql`bigint`, boolean: sql`boolean`, date: sql`date`, timestamp: sql`timestamp` }
    const cell = reads.includes(column.name) ? rawCellSql(column, touched.has(column.id)) : sql`cast(null as ${types[column.type]})`
    return sql`${cell} as ${name(column.id)}`
  })
  return join([sql`signalbox_row as ${name(rowIdColumn)}`, ...cells])
}

/** What the model reads, as r0, r1 …. */
function readsSql(document: ScorerDocument, pipeline: Pipeline, { reads }: PortableModel): Result<Sql> {
  const features = featuresOf(document, pipeline)
  const columns: Sql[] = [name(rowIdColumn)]
  for (const [i, { feature, kind }] of reads.entries()) {
    const found = features.find((one) => one.name === feature)
    if (found === undefined || (found.type === 'text') !== (kind === 'category')) return refuse('EXPORT_UNSAYABLE', `The model reads "${feature}" as a ${kind === 'category' ? 'category' : 'number'}, which the column is not in SQL.`)
    columns.push(sql`${featureSql(found)} as ${name(`r${i}`)}`)
  }
  return accept(sql`select ${join(columns)} from (${pipelineQuery(pipeline, name('signalbox_cells'), document.pipeline.state)}) t`)
}

/** Scores the check rows in SQL: how many there are, the largest difference (relative above 1), and how many predictions differ. */
export function checkQuery(scorer: Scored, checks: readonly CheckRow[]): Result<Sql> {
  const scored = scoringQuery(scorer, sql`(${checkTable(scorer.document, checks)}) signalbox_checks`)
  if (!scored.ok) return scored
  const apart = (key: string): Sql => {
    const [said, told] = [name(`signalbox_${key}`), name(`signalbox_expected_${key}`)]
    return sql`coalesce(abs(${said} - ${told}) / greatest(1e0, abs(${told})), cast('inf' as double))`
  }
  const { task } = scorer.document
  const differences = [apart('score'), ...(task === 'regression' ? [apart('pred')] : [apart('proba')])]
  const predictions = task === 'regression' ? sql`0` : sql`count(case when signalbox_pred is distinct from signalbox_expected_pred then 1 end)`
  return accept(sql`select count(*) as rows, max(greatest(${join(differences)})) as largest_difference, ${predictions} as different_predictions from (${scored.value}) t`)
}

function checkTable({ pipeline, task }: ScorerDocument, checks: readonly CheckRow[]): Sql {
  const columns = pipeline.columns.filter(({ name: column }) => pipeline.reads.includes(column))
  const names = [...columns.map((column) => name(column.name)), ...['signalbox_expected_score', 'signalbox_expected_proba', 'signalbox_expected_pred'].map(name)]
  const types = [...columns.map(rawTypeSql), sql`double`, sql`double`, task === 'regression' ? sql`double` : sql`varchar`]
  const rows = checks.map(({ row, expected }, i) => {
    const cells = [...columns.map((column) => row[column.name] ?? null), expected.score, expected.proba ?? null, expected.pred].map(cellLiteral)
    // The first row tells the types.
    return sql`(${join(i > 0 ? cells : cells.map((cell, at) => sql`cast(${cell} as ${types[at] ?? sql`varchar`})`))})`
  })
  return sql`select * from (values ${join(rows)}) v(${join(names)})`
}

function cellLiteral(cell: Cell): Sql {
  if (typeof cell === 'string') return text(cell)
  if (typeof cell === 'number') return sql`${number(cell)}${Number.isInteger(cell) && Math.abs(cell) < 2 ** 53 ? sql`e0` : sql``}`
  return cell === null ? sql`null` : cell ? sql`true` : sql`false`
}

/** The file: the SELECT over a table of the given name, and behind it one that scores the check rows. */
export function sqlFile(scorer: Scored, { table, checks }: { readonly table: string; readonly checks: readonly CheckRow[] }): Result<string> {
  const scored = scoringQuery(scorer, name(table))
  if (!scored.ok) return scored
  const head = `-- A model of Signalbox as a SELECT, for DuckDB. Change the model, not this file.
-- It reads the table ${JSON.stringify(table).replaceAll('\n', ' ')}, columns named as in the training file, and answers each row with score, probability and prediction.
${literalText(scored.value)};
`
  if (checks.length === 0) return accept(head)
  const check = checkQuery(scorer, checks)
  return check.ok ? accept(`${head}\n-- VERIFY: scores the check rows, and says how far they are from what the server said.\n${literalText(check.value)};\n`) : check
}
