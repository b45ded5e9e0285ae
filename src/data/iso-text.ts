const millisecondsADay = 86_400_000

/** Days since 1970 as `2024-02-29`. */
export function isoDate(days: number): string {
  const text = new Date(days * millisecondsADay).toISOString()
  return text.slice(0, text.indexOf('T'))
}

/** Microseconds since 1970 as `2024-02-29T12:30:00`, with as many decimals of a second as it needs. */
export function isoTimestamp(micros: bigint, separator = 'T'): string {
  const second = 1_000_000n
  const fraction = ((micros % second) + second) % second
  const whole = new Date(Number((micros - fraction) / 1_000n)).toISOString()
  const [date, time] = whole.split('T')
  const decimals = fraction === 0n ? '' : `.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`
  return `${date}${separator}${time?.slice(0, 8)}${decimals}`
}
