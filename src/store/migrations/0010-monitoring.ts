import { sql, type Kysely } from 'kysely'

/** Rows that deployments keep of what they are asked, schedules that check them, the log of alerts, and proposals to retrain. */
export async function monitoring(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table deployment_capture (
    deployment_id uuid primary key references deployment on delete cascade, share double precision not null, max_rows integer not null, key_column text,
    set_by text not null, set_at timestamptz not null)`,
  sql`create table captured_row (
    position bigint generated always as identity primary key, deployment_id uuid not null references deployment on delete cascade, version_id uuid not null,
    key text, cells jsonb not null, label jsonb, captured_at timestamptz not null)`,
  sql`create index captured_row_by_deployment on captured_row (deployment_id, position)`,
  sql`create index captured_row_by_key on captured_row (deployment_id, key) where key is not null`,
  sql`create table monitor_schedule (
    monitor_id uuid primary key references monitor on delete cascade, deployment_id uuid not null references deployment on delete cascade, cron text not null,
    time_zone text not null, next_at timestamptz not null, checked_to bigint not null, retrain_from integer, set_by text not null)`,
  sql`create index monitor_schedule_by_next on monitor_schedule (next_at)`,
  sql`create table monitor_alert (
    position bigint generated always as identity, alert_id uuid primary key, monitor_id uuid not null references monitor on delete cascade, check_id uuid not null,
    rule text not null, text text not null, raised_at timestamptz not null, owner text, acknowledged_by text, acknowledged_at timestamptz, note text)`,
  sql`create index monitor_alert_by_monitor on monitor_alert (monitor_id, position desc)`,
  sql`create table monitor_proposal (
    position bigint generated always as identity, proposal_id uuid primary key, monitor_id uuid not null references monitor on delete cascade, alert_id uuid,
    run_id uuid not null, dataset_id uuid not null, proposed_by text not null, proposed_at timestamptz not null, choice text, decided_by text, decided_at timestamptz, rationale text)`,
  sql`create index monitor_proposal_by_monitor on monitor_proposal (monitor_id, position desc)`,
]
