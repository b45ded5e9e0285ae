import type { Column, ColumnType } from '#core/dataset'
import { accept, refuse, type Result } from '#core/errors'
import { findColumn } from '#core/find-column'
import type { CheckSignatureBody, LinkPreprocessorAnswer, LinkPreprocessorBody, SignatureAnswer } from '#wire/preprocessor'
import { openModel } from './deployed-model.ts'
import { ownVersion } from './deployments.ts'
import { checkAlone } from './linked-model.ts'
import type { ServiceInput } from './ports.ts'
import { ownPreprocessorVersion, unknownVersion } from './preprocessor-context.ts'
import type { Caller } from './signalbox.ts'

/** Compares what a preprocessor version gives with what a model version reads. The label and identifiers are not read. */
export async function checkSignature(input: ServiceInput, caller: Caller, body: CheckSignatureBody): Promise<Result<SignatureAnswer>> {
  const preprocessor = await ownPreprocessorVersion(input, caller, body.preprocessor_version_id)
  if (!preprocessor.ok) return preprocessor
  const model = await ownVersion(input, caller, body.model_version_id)
  if (!model.ok) return model
  const { fit } = preprocessor.value
  if (fit === null) return refuse('PREPROCESSOR_NOT_FITTED', 'This version was never fitted, so the columns that it gives are not known.')
  const { pipeline, label } = (await openModel(input, model.value)).scorer.document
  const reads = new Set(pipeline.reads)
  return accept(compareColumns(fit.output, { reads: pipeline.columns.filter(({ name }) => reads.has(name)), label }))
}

function compareColumns(given: readonly Column[], { reads, label }: { reads: readonly Column[]; label: string }): SignatureAnswer {
  const pairs = reads.map((column) => ({ column, found: findColumn(given, column.name) }))
  const missing = pairs.flatMap(({ column, found }) => (found === undefined ? [column.name] : []))
  const mistyped = pairs.flatMap(({ column, found }) => (found === undefined || fits(found.type, column.type) ? [] : [{ column: column.name, expected: column.type, received: found.type }]))
  const used = new Set(pairs.map(({ found }) => found?.id))
  const unused = given.filter(({ id, name }) => !used.has(id) && name !== label).map(({ name }) => name)
  return { signatures_match: missing.length === 0 && mistyped.length === 0, missing, mistyped, unused }
}

/** Numbers of both kinds fit each other, and text, where they are read as their text. */
function fits(given: ColumnType, read: ColumnType): boolean {
  const isNumber = given === 'number' || given === 'integer'
  return given === read || (isNumber && read !== 'boolean' && read !== 'date' && read !== 'timestamp')
}

/** Puts a preprocessor version before a model version, where it gives what the model reads. */
export async function linkPreprocessor(input: ServiceInput, caller: Caller, { version_id, preprocessor_version_id }: LinkPreprocessorBody): Promise<Result<LinkPreprocessorAnswer>> {
  const signature = await checkSignature(input, caller, { preprocessor_version_id, model_version_id: version_id })
  if (!signature.ok) return signature
  const { signatures_match, missing, mistyped } = signature.value
  if (!signatures_match) {
    const parts = [...missing.map((name) => `"${name}" is missing`), ...mistyped.map(({ column, expected, received }) => `"${column}" is ${received} where ${expected} is read`)]
    return refuse('SIGNATURES_DIFFER', `The preprocessor does not give what the model reads: ${parts.slice(0, 5).join(', ')}${parts.length > 5 ? ', …' : ''}.`, { detail: { missing, mistyped } })
  }
  const version = await ownPreprocessorVersion(input, caller, preprocessor_version_id)
  if (!version.ok) return version
  const alone = checkAlone(version.value)
  if (!alone.ok) return alone
  const linked = await input.preprocessors.link({ model_version_id: version_id, preprocessor_version_id, linked_by: caller.key_name, linked_at: input.now() })
  return linked ? accept({ version_id, preprocessor_version_id, success: true }) : unknownVersion
}
