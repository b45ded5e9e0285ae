import { checkCaseVariants } from './case-variants.ts'
import { checkConstants } from './constants.ts'
import type { Finding, Look } from './finding.ts'
import { checkHeaderNames } from './header-names.ts'
import { checkIdentifiers } from './identifiers.ts'
import { checkImpossibleValues } from './impossible-values.ts'
import type { Issue } from './issue.ts'
import { checkMissingPatterns } from './missing-patterns.ts'
import { checkMostlyMissing } from './mostly-missing.ts'
import { findNumericText, numberFindings } from './numbers-as-text.ts'
import { checkOrdinalScales } from './ordinal-scales.ts'
import { checkPaddedText } from './padded-text.ts'
import { checkPlaceholders } from './placeholders.ts'
import { type Edges, readEdges } from './read-edges.ts'
import { readSample, type Sample } from './sample-rows.ts'
import { checkSentinels } from './sentinels.ts'
import { checkSparseMarkers } from './sparse-markers.ts'
import { checkTextKinds } from './text-kinds.ts'
import { optionOfTold, type Told } from './told.ts'
import { checkWeights } from './weight-columns.ts'
import { checkImpossibleYears, checkTimeOrder, yearColumns } from './year-columns.ts'

/** Everything found in the values of a table. */
export interface Examined {
  /** What can be mended, as options. */
  readonly findings: readonly Finding[]
  /** What no step mends, or only one that learns from the rows. */
  readonly told: readonly Issue[]
  readonly sample: Sample
  readonly edges: readonly Edges[]
}

/** Looks at every column by itself and at those that belong together. */
export async function examineTable(look: Look): Promise<Examined> {
  const [edges, sample, numeric] = [await readEdges(look), await readSample(look), await findNumericText(look)]
  const ids = new Set(numeric.map((one) => one.column.id))
  const identifiers = await checkIdentifiers(look, ids)
  const years = yearColumns(look)
  const named = new Set(identifiers.map(({ id }) => id))
  const told = [
    ...checkSentinels(look, edges),
    ...(await checkImpossibleValues(look, edges)),
    ...(await checkImpossibleYears(look, years)),
    ...checkCaseVariants(look, ids),
    ...checkTextKinds(look, ids),
    ...checkOrdinalScales(look, ids, sample),
  ].filter(({ column }) => !named.has(`identifier:${column.id}`)).map((one) => withoutStepOnLabel(look, one))
  const [patterns, markers] = [await checkMissingPatterns(look), await checkSparseMarkers(look)]
  const options = told.map((one) => ({ issue: one.issue, option: optionOfTold(one) }))
  return {
    findings: [
      ...(await checkPlaceholders(look, ids)),
      ...numberFindings(look, numeric),
      ...(await checkPaddedText(look, ids)),
      ...options.flatMap(({ option }) => option ?? []),
      ...checkHeaderNames(look),
      ...identifiers,
      ...checkConstants(look),
    ],
    told: [...options.flatMap(({ option, issue }) => (option === null ? [issue] : [])), ...(await checkTimeOrder(look, years)), ...patterns, ...markers, ...checkMostlyMissing(look, [...patterns, ...markers]), ...checkWeights(look)],
    sample, edges,
  }
}

/** No step touches the column to predict. */
function withoutStepOnLabel(look: Look, one: Told): Told {
  if (one.column.id !== look.target || one.issue.step === undefined) return one
  const { step, ...issue } = one.issue
  return { ...one, issue: { ...issue, safe: false, detail: `${issue.detail} It is the label, which no step changes.` } }
}
