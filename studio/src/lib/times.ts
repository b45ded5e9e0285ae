const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** How long something takes: 4 s, 14 min, 1 h 40 min, 3 d. */
export function duration(seconds: number): string {
  const rounded = Math.max(0, Math.round(seconds))
  if (rounded < minute) return seconds < 10 && seconds % 1 !== 0 ? `${seconds.toFixed(1)} s` : `${rounded} s`
  if (rounded < hour) return `${Math.round(rounded / minute)} min`
  if (rounded < 10 * hour) {
    const minutes = Math.round((rounded % hour) / minute)
    return minutes === 0 || minutes === 60 ? `${Math.round(rounded / hour)} h` : `${Math.floor(rounded / hour)} h ${minutes} min`
  }
  return rounded < 2 * day ? `${Math.round(rounded / hour)} h` : `${Math.round(rounded / day)} d`
}

/** How long ago it was: now, 14 min, 5 h, yesterday, 3 d. */
export function age(at: string, now: number): string {
  const seconds = (now - Date.parse(at)) / 1000
  if (seconds < 10) return 'now'
  if (seconds >= day && seconds < 2 * day) return 'yesterday'
  return duration(seconds)
}

/** As part of a sentence: 14 min ago. */
export function ago(at: string, now: number): string {
  const text = age(at, now)
  return text === 'now' ? 'just now' : text === 'yesterday' ? text : `${text} ago`
}

/** What is left until then: 23 h left, or that it is over. */
export function timeLeft(at: string, now: number): string {
  const seconds = (Date.parse(at) - now) / 1000
  return seconds <= 0 ? 'time is up' : `${duration(seconds)} left`
}

/** The exact time, for tooltips. */
export function exactTime(at: string): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}
