import { sql, type Kysely } from 'kysely'

/** Reports that were asked for after their run had ended, and how far each is. */
export async function reports(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table report_job (
    job_id uuid primary key, team_id uuid not null references team, run_id uuid not null references run on delete cascade, request jsonb not null,
    created_by text not null, created_at timestamptz not null, attempts integer not null default 0, started_at timestamptz, ended_at timestamptz,
    report_id uuid, error text)`,
  sql`create index report_job_open on report_job (created_at) where ended_at is null`,
]
