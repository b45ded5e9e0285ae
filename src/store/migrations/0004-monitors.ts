import { sql, type Kysely } from 'kysely'

/** Monitors, the rows that are kept with them, their alert rules and the checks that were made. */
export async function monitors(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table monitor (
    monitor_id uuid primary key, team_id uuid not null references team, model_id uuid not null, version_id uuid not null, run_id uuid not null,
    content text not null, name text not null, description text not null, data_source_type text not null, created_by text not null,
    created_at timestamptz not null)`,
  sql`create index monitor_by_team on monitor (team_id, created_at desc)`,
  sql`create index monitor_by_model on monitor (model_id, created_at desc)`,
  sql`create index monitor_by_run on monitor (run_id)`,
  sql`create table monitor_item (
    position bigint generated always as identity, item_id uuid primary key, monitor_id uuid not null references monitor on delete cascade, scenario jsonb not null,
    score double precision, proba double precision, notes text)`,
  sql`create index monitor_item_by_monitor on monitor_item (monitor_id, position)`,
  sql`create table monitor_alert_rule (
    monitor_id uuid not null references monitor on delete cascade, rule_type text not null, value double precision not null,
    notify_in_app boolean not null, primary key (monitor_id, rule_type))`,
  sql`create table monitor_check (
    position bigint generated always as identity, check_id uuid primary key, monitor_id uuid not null references monitor on delete cascade, rows integer not null,
    verdict text not null, drifted integer not null, alerts integer not null, result text not null, created_at timestamptz not null)`,
  sql`create index monitor_check_by_monitor on monitor_check (monitor_id, position desc)`,
]
