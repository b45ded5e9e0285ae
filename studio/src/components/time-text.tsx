import { ago, exactTime, timeLeft } from '#studio/lib/times.ts'
import { useNow } from '#studio/lib/use-now.ts'

/** How long ago, the exact time in the tooltip. */
export function Ago({ at }: { readonly at: string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {ago(at, useNow())}
    </time>
  )
}

/** What is left until then. */
export function TimeLeft({ until }: { readonly until: string }) {
  return (
    <time dateTime={until} title={exactTime(until)}>
      {timeLeft(until, useNow())}
    </time>
  )
}
