import { accept, refuse, type Result } from '#core/errors'
import { type CheckRow, checkRows, type ExpectedAnswer } from './check-rows.ts'
import { exportSchema } from './export-schema.ts'
import type { RawRow } from './row-reader.ts'
import { readScorer, type Scorer } from './scorer.ts'

/** What scoring check rows gave. */
export interface CheckResult {
  readonly rows: number
  readonly largest_difference: number
  readonly different_predictions: number
}

/** The scorer itself as JSON, with what a row holds, and check rows. */
export function exportJson({ document }: Scorer, checks: readonly CheckRow[]): string {
  return `${JSON.stringify({ format: 'signalbox-export', version: 1, schema: exportSchema(document), scorer: document, checks })}\n`
}

/** Scores the check rows of such a text with the scorer that it holds. */
export function verifyJson(text: string): Result<CheckResult> {
  const read = readExport(text)
  if (!read.ok) return read
  const { scorer, checks } = read.value
  const said = checkRows(scorer, checks.map(({ row }) => row))
  const pairs = said.map(({ expected }, i) => ({ said: expected, expected: checks[i]?.expected ?? expected }))
  return accept({
    rows: said.length,
    largest_difference: Math.max(0, ...pairs.flatMap((pair) => differences(pair.said, pair.expected))),
    different_predictions: pairs.filter((pair) => typeof pair.said.pred === 'string' && pair.said.pred !== pair.expected.pred).length,
  })
}

function readExport(text: string): Result<{ readonly scorer: Scorer; readonly checks: readonly CheckRow[] }> {
  const parsed = parseJson(text)
  if (parsed === null || !('scorer' in parsed)) return refuse('VALIDATION_FAILED', 'This is no JSON export of Signalbox.')
  const scorer = readScorer(parsed.scorer)
  if (!scorer.ok) return scorer
  const checks = 'checks' in parsed && Array.isArray(parsed.checks) ? parsed.checks.filter(isCheckRow) : []
  return accept({ scorer: scorer.value, checks })
}

function parseJson(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text)
    return typeof parsed === 'object' ? parsed : null
  } catch {
    return null
  }
}

function isCheckRow(value: unknown): value is CheckRow {
  return typeof value === 'object' && value !== null && isRow('row' in value ? value.row : null) && isRow('expected' in value ? value.expected : null)
}

function isRow(value: unknown): value is RawRow {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How far numbers lie apart, by their share above 1. */
function differences(said: ExpectedAnswer, expected: ExpectedAnswer): number[] {
  const apart = (a: number, b: number | undefined): number => (b !== undefined && Number.isFinite(a) ? Math.abs(a - b) / Math.max(1, Math.abs(b)) : Number.MAX_VALUE)
  const shares = Object.entries(said.probabilities ?? {}).map(([name, share]) => apart(share, expected.probabilities?.[name]))
  const values = typeof said.pred === 'number' ? [apart(said.pred, Number(expected.pred))] : []
  return [apart(said.score, expected.score), ...(said.proba === undefined ? [] : [apart(said.proba, expected.proba)]), ...shares, ...values]
}
