import type { ColumnType } from '#core/dataset'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { Cell } from '#core/ports'
import { compilePipeline } from '#steps/compile-pipeline'
import { rowRunner } from '#steps/run-row'
import type { CheckRow } from './check-rows.ts'
import { exportSchema } from './export-schema.ts'
import { featureValue } from './feature-value.ts'
import { OnnxBuilder } from './onnx-builder.ts'
import { missingText, onnxAnswer, onnxScores } from './onnx-model.ts'
import { onnxBytes, type OnnxValue } from './onnx-proto.ts'
import { onnxStep, type OnnxCells } from './onnx-steps.ts'
import type { PortableModel } from './portable-model.ts'
import { modelOf, type PortableProgram, portableProgram } from './portable-program.ts'
import { rowReader } from './row-reader.ts'
import type { Scorer } from './scorer.ts'
import type { ScorerDocument } from './scorer-schema.ts'

export interface OnnxFile {
  readonly bytes: Uint8Array
  /** Whether the pipeline is in the file; else it takes the columns that the pipeline makes. */
  readonly takes: 'raw_rows' | 'prepared_rows'
  /** The step that ONNX cannot say. */
  readonly unsaid: string | null
}

interface Input {
  readonly name: string
  readonly type: ColumnType
}

/**
 * A scorer as an ONNX file: a tensor for each column that is read, [rows, 1], of texts or doubles. All reckoning is in doubles, so
 * that a value next to a border falls on the side that it falls on in the API.
 */
export function onnxFile({ document }: Pick<Scorer, 'document'>, checks: readonly CheckRow[]): Result<OnnxFile> {
  const program = portableProgram(document)
  const whole = program.ok ? wholeGraph(program.value) : null
  const { builder, inputs, values, unsaid } = whole?.unsaid === null ? whole : { ...preparedGraph(document), unsaid: whole?.unsaid ?? 'a step' }
  const model = modelOf(document)
  const faults = model.reads.flatMap((read, i) => (values[i] === undefined ? [read.feature] : []))
  if (faults[0] !== undefined) return refuse('EXPORT_UNSAYABLE', `The model reads "${faults[0]}" otherwise than its column is stored.`)
  if (inputs.length === 0) return refuse('EXPORT_UNSAYABLE', 'The model reads no column, so that ONNX would not know how many rows there are.')
  onnxAnswer(builder, model, builder.op('Identity', [onnxScores(builder, model, values.filter((value) => value !== undefined))], { as: 'score' }))
  const takes = unsaid === null ? 'raw_rows' : 'prepared_rows'
  const told = { takes, missing_text: missingText, inputs: inputs.map(({ name, type }) => ({ name, type })), schema: exportSchema(document), checks: onnxChecks(document, inputs, { takes, checks }) }
  const named = inputs.map(({ name, type }): OnnxValue => ({ name, type: type === 'text' ? 'string' : 'double', shape: ['rows', 1] }))
  return accept({ bytes: onnxBytes({ inputs: named, outputs: outputsOf(model), nodes: builder.nodes, tensors: builder.tensors, metadata: { signalbox: JSON.stringify(told) } }), takes, unsaid })
}

interface Graph {
  readonly builder: OnnxBuilder
  readonly inputs: readonly Input[]
  /** Of each read of the model; nothing where its column is of another kind. */
  readonly values: readonly (string | undefined)[]
}

function wholeGraph(program: PortableProgram): Graph & { readonly unsaid: string | null } {
  const builder = new OnnxBuilder()
  const inputs = program.columns.filter(({ name }) => program.reads.includes(name))
  const cells: OnnxCells = new Map(inputs.map(({ id, name }) => [id, name]))
  const unsaid = program.steps.find((step) => !onnxStep(builder, cells, step))
  const byName = new Map(program.features.map((feature) => [feature.name, feature]))
  const values = program.model.reads.map((read) => {
    const feature = byName.get(read.feature)
    return feature === undefined || (feature.type === 'text') !== (read.kind === 'category') ? undefined : cells.get(feature.id)
  })
  return { builder, inputs, values, unsaid: unsaid === undefined ? null : unsaid.op }
}

function preparedGraph(document: ScorerDocument): Graph {
  const { reads } = modelOf(document)
  const inputs = document.features.filter(({ name }) => reads.some((read) => read.feature === name))
  const values = reads.map((read) => inputs.find(({ name, type }) => name === read.feature && (type === 'text') === (read.kind === 'category'))?.name)
  return { builder: new OnnxBuilder(), inputs, values }
}

function outputsOf({ task, intercepts, classes }: PortableModel): OnnxValue[] {
  const score: OnnxValue = { name: 'score', type: 'double', shape: ['rows', intercepts.length] }
  if (task === 'regression') return [score, { name: 'pred', type: 'double', shape: ['rows', 1] }]
  return [score, { name: 'proba', type: 'double', shape: ['rows', classes?.length ?? 0] }, { name: 'pred', type: 'string', shape: ['rows'] }]
}

/** The check rows as the tensors hold them: dates are days, times are seconds since 1970, truth values 1 and 0. */
function onnxChecks(document: ScorerDocument, inputs: readonly Input[], { takes, checks }: { readonly takes: OnnxFile['takes']; readonly checks: readonly CheckRow[] }) {
  const { spec, columns, state } = document.pipeline
  const prepare = takes === 'raw_rows' ? (row: Readonly<Record<string, Cell>>) => row : rowRunner(orThrow(compilePipeline(spec, columns, state)), state)
  const read = rowReader(document)
  return checks.flatMap(({ row, expected }) => {
    const found = read(row)
    if (!found.ok) return []
    const cells = prepare(found.row)
    return [{ inputs: Object.fromEntries(inputs.map(({ name, type }) => [name, featureValue(cells[name] ?? null, type)])), expected }]
  })
}
