import { sql, type Kysely } from 'kysely'

/** Stopping of deployments and of whole teams, and jobs that score files. */
export async function serving(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`alter table deployment add column stopped_at timestamptz, add column stopped_by text, add column fallback jsonb`,
  sql`alter table team add column stopped_at timestamptz, add column stopped_by text`,
  sql`create index event_of_stops on event (at) where type in ('deployment-stopped', 'deployment-resumed', 'team-stopped', 'team-resumed')`,

  sql`create table scoring_job (
    job_id uuid primary key, team_id uuid not null references team, deployment_id uuid not null, version_id uuid not null, dataset_id uuid,
    request jsonb not null, status text not null, rows bigint, rows_done bigint not null default 0, rows_failed bigint not null default 0,
    attempts integer not null default 0, result text, error jsonb, created_by text not null, created_at timestamptz not null,
    started_at timestamptz, ended_at timestamptz)`,
  sql`create index scoring_job_by_team on scoring_job (team_id, created_at desc)`,
  sql`create index scoring_job_open on scoring_job (created_at) where ended_at is null`,
]
