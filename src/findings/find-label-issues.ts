import type { Profile, Table } from '#core/dataset'
import type { CountedColumn } from './counted-column.ts'
import { checkDuplicateKeys } from './duplicate-keys.ts'
import { findProxies } from './find-proxies.ts'
import { takeTurn } from '#core/take-turn'
import { findReconstructions } from './find-reconstructions.ts'
import { profiledColumns, type Look } from './finding.ts'
import { formulaText } from './formula-text.ts'
import type { Issue } from './issue.ts'
import { labelLook, type LabelLook, rowWords } from './label-look.ts'
import type { LabelProxy } from './label-proxy.ts'
import { type LookTools, noWishes } from './look-at-table.ts'
import { findSuspects, type Suspect, suspectIssue } from './near-proxies.ts'
import { checkPointMass } from './point-mass.ts'
import { type Edges, readEdges } from './read-edges.ts'
import { readSample, type Sample } from './sample-rows.ts'
import { checkTargetShift } from './target-shift.ts'
import { checkTimeDrift } from './time-drift.ts'

export interface LabelRequest {
  readonly table: Table
  readonly profile: Profile
  /** The id of the label. */
  readonly target: string
  /** Names of columns that no model gets to see. */
  readonly leftOut: readonly string[]
  /** The rows to look at, where several labels of a table are looked at. */
  readonly sample?: Sample
}

/** What is known of the table already. */
export interface Known {
  readonly sample: Sample
  readonly edges: readonly Edges[]
  /** Columns that name the row; they determine everything. */
  readonly identifiers: ReadonlySet<string>
}

/** The label of a table that others looked at already: no texts are read, and columns that were left out are no suspects. */
export async function findLabelLeaks({ table, profile, target, leftOut, sample }: LabelRequest, { data, signal }: LookTools): Promise<Issue[]> {
  const look: Look = { table, profile, levels: new Map(), wishes: noWishes, target, data, signal }
  return findLabelIssues(look, { sample: sample ?? (await readSample(look)), edges: await readEdges(look), identifiers: new Set(leftOut) })
}

/** What leaks the label of a look, and what its split and its shape have to mind. Nothing where no label is known. */
export async function findLabelIssues(look: Look, known: Known): Promise<Issue[]> {
  const given = labelLook(look, known.sample)
  if (given === null) return []
  await takeTurn(look.signal)
  const suspects = findSuspects(given).filter(({ column }) => !known.identifiers.has(column.column.name))
  const proxies = await proveSuspects(given, suspects)
  const told = new Set(proxies.map(({ column }) => column))
  const near = suspects.filter(({ column }) => !told.has(column.column.id)).flatMap((suspect) => suspectIssue(given, suspect))
  const leaks = new Set([...proxies.map((proxy) => proxy.name), ...near.map(({ column }) => column)])
  return [
    ...proxies.map((proxy) => proxyIssue(given, proxy)),
    ...near,
    ...(await leaksBeside(given, known, leaks)),
    ...(await checkTargetShift(given)).filter(({ column }) => !leaks.has(column)),
    ...(await checkDuplicateKeys(given)),
    ...checkTimeDrift(given),
    ...checkPointMass(given, known.edges),
  ]
}

/** Suspects of the sample, counted on all rows. */
async function proveSuspects({ look, label, regression }: LabelLook, suspects: readonly Suspect[]): Promise<LabelProxy[]> {
  if (suspects.length === 0) return []
  const ids = new Set([label.column.id, ...suspects.map(({ column }) => column.column.id)])
  const columns = profiledColumns(look).filter(({ column }) => ids.has(column.id)).map(({ column, facts }): CountedColumn => ({ ...column, missing: facts.missing, distinct: facts.distinct }))
  const task = regression ? 'regression' : label.facts.distinct === 2 ? 'binary' : 'multiclass'
  return findProxies({ data: look.data, signal: look.signal, table: look.table, label: label.column }, { task, columns })
}

function proxyIssue({ look, label, sample }: LabelLook, { column, name, proven, text }: LabelProxy): Issue {
  const sampled = sample.columns.find((one) => one.column.id === column)
  return {
    code: 'target_proxy', column: name, columns: [name, label.column.name], severity: 'warn', count: look.table.rows, safe: false,
    detail: `${text}${proven ? ' Leave it out, unless it is known before.' : ' If it is not known before, leave it out.'}`,
    examples: sampled === undefined ? [] : [0, 1, 2].filter((row) => row < sample.rows).flatMap((row) => [sampled, label].map((one) => ({ row: sample.rowIds[row] ?? 0, column: one.column.name, before: one.levels[one.codes[row] ?? -1] ?? null }))),
  }
}

/** A label of fewer different numbers is a code, of which no formula is looked for. */
const fewestNumbers = 5

/** Sums, products and ratios of other columns that give a numeric label. */
async function leaksBeside({ look, label, sample }: LabelLook, { identifiers }: Known, leaks: ReadonlySet<string>): Promise<Issue[]> {
  if (label.values === null || label.facts.distinct < fewestNumbers) return []
  const numbers = sample.columns.flatMap(({ column, values }) => (values === null || column.id === label.column.id || leaks.has(column.name) || identifiers.has(column.name) ? [] : [{ column, values }]))
  const found = await findReconstructions(label.values, numbers, () => takeTurn(look.signal))
  return found.map(({ proved, parts }): Issue => {
    const names = parts.map(({ column }) => column.name)
    const formula = formulaText(label.column.name, proved)
    const on = `${proved.holds.toLocaleString('en-US')} of ${proved.rows.toLocaleString('en-US')} rows that have them (looked at: ${rowWords(sample)})`
    return {
      code: 'target_reconstruction', column: names[0] ?? '', columns: [...names, label.column.name], severity: 'warn', count: proved.holds, safe: false,
      detail: proved.kind === 'near' ? `${formula} explains over 99.9 % of its variance on ${rowWords(sample)}: a model would only learn this formula.` : `${formula}, on ${on}: a model would only learn this formula. Leave out all its parts, unless they are known before.`,
      examples: [0].flatMap((row) => [...parts.map(({ column, values }) => ({ row: sample.rowIds[row] ?? 0, column: column.name, before: finite(values[row]) })), { row: sample.rowIds[row] ?? 0, column: label.column.name, before: finite(label.values?.[row]) }]),
    }
  })
}

function finite(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value
}
