import type { Result } from './errors.ts'

/** A schedule that can be followed. */
export interface CronTimes {
  /** The first time after this one; null where there is none any more. */
  nextAfter(time: Date): Date | null
}

/** Reads cron expressions. */
export type ReadCron = (expression: string, timeZone: string) => Result<CronTimes>
