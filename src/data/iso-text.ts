const millisecondsADay = 86_400_000
/** JavaScript's calendar ends here, 100 million days from 1970; later days are told by their number. */
const lastMillisecond = 8.64e15

/** Days since 1970 as `2024-02-29`. */
export function isoDate(days: number): string {
  const time = days * millisecondsADay
  if (Math.abs(time) > lastMillisecond) return String(days)
  const text = new Date(time).toISOString()
  return text.slice(0, text.indexOf('T'))
}

/** Microseconds since 1970 as `2024-02-29T12:30:00`, with as many decimals of a second as it needs. */
export function isoTimestamp(micros: bigint): string {
  const second = 1_000_000n
  const fraction = ((micros % second) + second) % second
  const time = Number((micros - fraction) / 1_000n)
  if (Math.abs(time) > lastMillisecond) return String(micros)
  const whole = new Date(time).toISOString().slice(0, -'.000Z'.length)
  return fraction === 0n ? whole : `${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`
}
