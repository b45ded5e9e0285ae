import { sampleRecords } from './csv-sample.ts'
import type { CsvSample, SampleSource } from './csv-sample.ts'

export interface DelimiterFound {
  /** The byte; -1 where each line is one field. */
  readonly delimiter: number
  readonly sample: CsvSample
  /** How many fields most records have. */
  readonly fields: number
}

/** In the order that decides between equals. */
const candidates = [',', '\t', ';', '|'].map((text) => text.charCodeAt(0))

/** The delimiter that cuts the most records into the same number of fields, the header among them. */
export function findDelimiter(source: SampleSource): DelimiterFound {
  let best: (DelimiterFound & { score: number }) | undefined
  for (const delimiter of candidates) {
    const sample = sampleRecords(source, delimiter)
    const { fields, score } = judge(sample)
    if (score > (best?.score ?? 0)) best = { delimiter, sample, fields, score }
  }
  return best ?? { delimiter: -1, sample: sampleRecords(source, -1), fields: 1 }
}

/** How good a delimiter looks; zero where it is none. */
function judge(sample: CsvSample): { fields: number; score: number } {
  const records = sample.records.filter((_, i) => !sample.blank[i])
  const counts = records.map((record) => record.length)
  const fields = mostFrequent(counts)
  const share = counts.filter((count) => count === fields).length / counts.length
  const first = counts[0] ?? 0
  if (fields < 2 || (share < 0.5 && first !== fields)) return { fields, score: 0 }
  if (first === 1 && looksLikeProse(records)) return { fields, score: 0 }
  return { fields, score: share * (1 - 1 / fields) * (first === 1 ? 0.5 : 1) }
}

/** Under a one-word header, commas before blanks are those of sentences. */
function looksLikeProse(records: readonly (readonly string[])[]): boolean {
  const cut = records.filter((record) => record.length > 1)
  const spaced = cut.filter((record) => record.slice(1).every((field) => field.startsWith(' ')))
  return spaced.length * 2 > cut.length
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
