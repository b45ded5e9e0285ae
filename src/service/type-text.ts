import type { CategoryValues, Values } from '#core/ports'
import { compactText } from '#steps/compact-text'
import { maybeMissingTokens, missingTokens } from '#steps/missing-tokens'
import { plainNumberPattern, tokenKey } from '#steps/numeric-token-options'

/** The share of the values, placeholders apart, that must read as a plain number. */
const neededShare = 0.99

const plainNumber = new RegExp(plainNumberPattern, 'u')
const missing = new Set(missingTokens)
const noNumber = new Set([...missingTokens, ...maybeMissingTokens])

/** Longer text is no placeholder. */
const longestToken = 32

interface Read {
  readonly value: number
  /** Whether the text stands for a missing value, wherever it stands. */
  readonly isMissing: boolean
  /** Whether it says nothing for or against a column of numbers. */
  readonly isPlaceholder: boolean
}

/** Types a column of text: numbers where at least 99 % of its values are, else categories without placeholders such as "?" and "NA". */
export function typeText(text: CategoryValues): Values {
  const { codes } = text
  const read = text.levels.map(readLevel)
  const rows = countRows(codes, read.length)
  let valued = 0
  let parsed = 0
  for (const [code, { value, isPlaceholder }] of read.entries()) {
    if (isPlaceholder) continue
    valued += rows[code] ?? 0
    if (Number.isFinite(value)) parsed += rows[code] ?? 0
  }
  if (parsed > 0 && parsed >= neededShare * valued) return { kind: 'numeric', values: numbersOf(codes, read) }
  return withoutMissing(text, read)
}

/** The same categories, placeholders missing. */
export function withoutPlaceholders(text: CategoryValues): CategoryValues {
  return withoutMissing(text, text.levels.map(readLevel))
}

function readLevel(level: string): Read {
  const text = /^[!-~]*$/u.test(level) ? level : compactText(level)
  if (plainNumber.test(text)) return { value: Number(text), isMissing: false, isPlaceholder: false }
  // Folding a text costs more than all else here, and nearly all texts with a digit are identifiers.
  const key = text.length > longestToken || (/\d/u.test(text) && !text.startsWith('#')) ? null : tokenKey(text)
  const isMissing = key !== null && missing.has(key)
  return { value: Number.NaN, isMissing, isPlaceholder: isMissing || (key !== null && noNumber.has(key)) }
}

function countRows(codes: Int32Array, levels: number): Float64Array {
  const rows = new Float64Array(levels)
  for (const code of codes) if (code >= 0) rows[code] = (rows[code] ?? 0) + 1
  return rows
}

function numbersOf(codes: Int32Array, read: readonly Read[]): Float64Array {
  const values = new Float64Array(new SharedArrayBuffer(codes.length * Float64Array.BYTES_PER_ELEMENT))
  for (let row = 0; row < codes.length; row++) values[row] = finiteOrMissing(read[codes[row] ?? -1]?.value)
  return values
}

function finiteOrMissing(value: number | undefined): number {
  return value !== undefined && Number.isFinite(value) ? value : Number.NaN
}

function withoutMissing(values: CategoryValues, read: readonly Read[]): CategoryValues {
  if (!read.some(({ isMissing }) => isMissing)) return values
  const levels: string[] = []
  const place = read.map(({ isMissing }, code) => (isMissing ? -1 : levels.push(values.levels[code] ?? '') - 1))
  const codes = new Int32Array(new SharedArrayBuffer(values.codes.byteLength))
  for (let row = 0; row < codes.length; row++) codes[row] = place[values.codes[row] ?? -1] ?? -1
  return { kind: 'category', codes, levels }
}
