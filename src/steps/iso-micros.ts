const isoTime =
  /^\s*([+-]?\d{4,6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?\s*(?:Z|\+00:?00)?\s*$/u

export const microsADay = 86_400_000_000

/** Microseconds since 1970 of an ISO date or time; null where it is none, as a day that does not exist. */
export function isoMicros(text: string): number | null {
  const found = isoTime.exec(text)
  if (found === null) return null
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1, 7).map((part) => Number(part ?? 0))
  const time = new Date(0)
  time.setUTCFullYear(year, month - 1, day)
  time.setUTCHours(hour, minute, second)
  // A day that does not exist rolls over into another month, and is no date.
  if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== day || hour > 23 || minute > 59 || second > 59) return null
  return time.getTime() * 1000 + Number((found[7] ?? '').padEnd(6, '0').slice(0, 6))
}
