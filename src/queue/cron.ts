import { Cron } from 'croner'
import type { CronTimes, ReadCron } from '#core/cron'
import { accept, refuse, type Result } from '#core/errors'

/** Reads a cron expression of five fields (minute, hour, day, month, weekday) in a time zone. It starts no timer. */
export const readCron: ReadCron = (expression, timeZone): Result<CronTimes> => {
  try {
    const cron = new Cron(expression, { paused: true, timezone: timeZone, mode: '5-part' })
    cron.nextRun()
    return accept({ nextAfter: (time) => cron.nextRun(time) })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return refuse('VALIDATION_FAILED', `cron "${expression}" in the time zone "${timeZone}" cannot be read: ${reason}`, { suggestion: 'Send five fields, for example "0 6 * * *" for every day at six, and a zone such as "Europe/Berlin".' })
  }
}
