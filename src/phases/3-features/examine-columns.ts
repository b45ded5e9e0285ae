import type { Featured } from '#core/outcomes'
import { takeTurn } from '#core/take-turn'
import type { Facts, Tools } from '#phases/phase'
import { type AskedColumn, askedColumns, measureAsked } from './asked-columns.ts'
import { findIdentifiers, type Identifier } from './find-identifiers.ts'
import { findReconstructions, type Reconstruction } from '#findings/find-reconstructions'
import { findRedundant, type Redundant } from './find-redundant.ts'
import { type LoadedColumn, loadColumns, loadTraining, type TrainingRows } from './load-rows.ts'
import { findNearProofs, isCertainFormula, type NearProof } from './near-proofs.ts'
import { measureStrengths } from './strengths.ts'
import { usableColumns } from './usable-columns.ts'

/** What was found out about the columns by themselves, all of it on training rows. */
export interface Examined {
  readonly training: TrainingRows
  readonly loaded: readonly LoadedColumn[]
  readonly strengths: ReadonlyMap<string, number>
  readonly identifiers: readonly Identifier[]
  readonly reconstructions: readonly Reconstruction[]
  readonly nearProofs: readonly NearProof[]
  readonly redundant: readonly Redundant[]
  readonly noise: readonly LoadedColumn[]
  /** Columns that the request asks not to use. */
  readonly asked: readonly AskedColumn[]
  /** Columns that a model can learn from once leaks and identifiers are left out; the strongest first. */
  readonly honest: readonly LoadedColumn[]
}

/** At or below this a column alone is no better than chance. */
const chance = { auc: 0.505, r2: 0.0005 }

/** Looks at every column alone and against the label and the others. */
export async function examineColumns(facts: Facts, featured: Featured, tools: Tools): Promise<Examined> {
  const training = await loadTraining(featured, tools)
  const loaded = await loadColumns({ table: featured.table, columns: featured.features, sealed: featured.sealed }, tools)
  const wished = askedColumns(facts, featured)
  const kept = new Set(wished.filter((one) => one.kept).map(({ column }) => column.id))
  const identifiers = findIdentifiers(loaded)
  const usable = usableColumns(loaded).filter((one) => !kept.has(one.column.id) && !identifiers.some(({ column }) => column === one))
  tools.progress(0.15, 'Measuring each column alone')
  const measured = await measureStrengths(usable, training.target, tools)
  const strengths = new Map(usable.map(({ column }, i) => [column.id, measured[i]?.value ?? 0]))
  tools.progress(0.2, 'Looking for what rebuilds the label')
  const reconstructions = training.target.task === 'regression' ? await rebuilders(training.target.values, usable, tools) : []
  await takeTurn(tools.signal)
  const parts = new Set(reconstructions.flatMap((one) => one.parts.map(({ column }) => column.id)))
  const nearProofs = findNearProofs(usable, measured, training.target).filter(({ column }) => !parts.has(column.column.id))
  const certain = reconstructions.filter(isCertainFormula).flatMap((one) => one.parts.map(({ column }) => column.id))
  const leaks = new Set([...certain, ...nearProofs.filter(({ certain }) => certain).map(({ column }) => column.column.id)])
  const honest = usable.map((one, i) => ({ one, strength: measured[i] })).filter(({ one }) => !leaks.has(one.column.id))
  const redundant = await findRedundant(honest.map(({ one }) => one), honest.flatMap(({ strength }) => strength ?? []), tools)
  const noise = honest.filter(({ one, strength }) => strength !== undefined && strength.value <= chance[strength.metric] && !redundant.some(({ column }) => column === one))
  const ranked = honest.toSorted((a, b) => (b.strength?.value ?? 0) - (a.strength?.value ?? 0)).map(({ one }) => one)
  const asked = await measureAsked(wished, { featured, honest: ranked }, tools)
  return { training, loaded, asked, strengths, identifiers, reconstructions, nearProofs, redundant, noise: noise.map(({ one }) => one), honest: ranked }
}

function rebuilders(label: Float64Array, usable: readonly LoadedColumn[], { signal }: Tools): Promise<Reconstruction[]> {
  const numbers = usable.flatMap(({ column, values }) => (values.kind === 'numeric' && column.type !== 'boolean' ? [{ column, values: values.values }] : []))
  return findReconstructions(label, numbers, () => takeTurn(signal))
}
