/** How to connect, as `pg` takes it. It stays the same for as long as processes use the data folder. */
export interface PostgresConfig {
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly password?: string
  /** Said explicitly, because `pg` would otherwise follow PGSSLMODE of the environment. */
  readonly ssl: false
}

/** The one role of the database. */
export const databaseUser = 'signalbox'
