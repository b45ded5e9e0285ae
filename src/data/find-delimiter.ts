import type { ReadOptions } from '#core/dataset'
import { sampleTexts, scanSample } from './csv-sample.ts'
import type { SampleSource } from './csv-sample.ts'

export interface DelimiterFound {
  /** The byte; -1 where each line is one field. */
  readonly delimiter: number
  /** The first records, blank lines left out. */
  readonly records: readonly (readonly string[])[]
  /** How many fields most records have. */
  readonly fields: number
}

/** In the order that decides between equals. */
const candidates = [',', '\t', ';', '|'].map((text) => text.charCodeAt(0))

/** The delimiter that cuts the most records into the same number of fields, the header among them; unless it is told. */
export function findDelimiter(source: SampleSource, asked?: ReadOptions['delimiter']): DelimiterFound {
  if (asked !== undefined) return cutBy(source, asked === null ? -1 : asked.charCodeAt(0))
  const told = toldDelimiter(source)
  let best = { delimiter: -1, fields: 1, score: 0 }
  for (const delimiter of told === undefined ? candidates : [told]) {
    const counts = countFields(source, delimiter)
    const judged = judge(counts)
    if (judged.score > best.score) best = { delimiter, ...judged }
  }
  return { delimiter: best.delimiter, fields: best.fields, records: sampleTexts(source, best.delimiter) }
}

function cutBy(source: SampleSource, delimiter: number): DelimiterFound {
  const { counts } = countFields(source, delimiter)
  return { delimiter, fields: Math.max(1, mostFrequent(counts)), records: sampleTexts(source, delimiter) }
}

/** Spreadsheets write `sep=;` as a first line. */
function toldDelimiter(source: SampleSource): number | undefined {
  return /^"?sep=([,;|\t])"?[\r\n]/i.exec(source.bytes.toString('latin1', 0, 10))?.[1]?.charCodeAt(0)
}

interface FieldCounts {
  /** Fields of each record. */
  readonly counts: number[]
  /** Records with delimiters that are all followed by a blank. */
  spaced: number
}

function countFields(source: SampleSource, delimiter: number): FieldCounts {
  const found: FieldCounts = { counts: [], spaced: 0 }
  scanSample(source, delimiter, (record) => {
    found.counts.push(record.fields)
    const starts = record.starts.subarray(1, record.fields)
    if (starts.length > 0 && starts.every((start) => source.bytes[start] === 32)) found.spaced += 1
    return true
  })
  return found
}

/** How good a delimiter looks; zero where it is none. */
function judge({ counts, spaced }: FieldCounts): { fields: number; score: number } {
  const fields = mostFrequent(counts)
  const share = counts.filter((count) => count === fields).length / counts.length
  const first = counts[0] ?? 0
  if (fields < 2 || (share < 0.5 && first !== fields)) return { fields, score: 0 }
  // Under a one-word header, commas before blanks are those of sentences.
  if (first === 1 && spaced * 2 > counts.filter((count) => count > 1).length) return { fields, score: 0 }
  return { fields, score: share * (1 - 1 / fields) * (first === 1 ? 0.5 : 1) }
}

/** Of equally frequent counts the larger. */
function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>()
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1)
  let best = 0
  for (const [count, seen] of times) {
    const most = times.get(best) ?? 0
    if (seen > most || (seen === most && count > best)) best = count
  }
  return best
}
