import { sql, type Kysely } from 'kysely'

/** Sessions of browsers, each of one API key: the hash of the cookie, never the cookie. */
export async function webSessions(db: Kysely<unknown>): Promise<void> {
  await sql`create table web_session (
    session_hash text primary key, key_id uuid not null references api_key on delete cascade, created_at timestamptz not null, expires_at timestamptz not null)`.execute(db)
  await sql`create index web_session_by_end on web_session (expires_at)`.execute(db)
}
