import type pg from 'pg'
import { SignalboxError } from '#core/errors'

/** Checks a database URL; its parts stay out of the message, since one of them is a password. */
export function connectionFromUrl(url: string): pg.ClientConfig {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new SignalboxError({
      code: 'DATABASE_UNAVAILABLE',
      message: 'DATABASE_URL is not a Postgres URL.',
      suggestion: 'Set it to postgres://user:password@host:5432/database, or unset it to use the Postgres in the data folder.',
    })
  }
  return { connectionString: url }
}
