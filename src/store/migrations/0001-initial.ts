import { sql, type Kysely } from 'kysely'

/** The event log, the projections over it, and the tables that stand beside. */
export async function initial(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table team (team_id uuid primary key, org_id uuid not null, name text not null, created_at timestamptz not null)`,
  sql`create table api_key (
    key_id uuid primary key, team_id uuid not null references team, name text not null, prefix text not null,
    secret_hash text not null unique, created_at timestamptz not null, expires_at timestamptz, revoked_at timestamptz)`,
  sql`create unique index api_key_live_name on api_key (team_id, name) where revoked_at is null`,

  sql`create table event (
    stream text not null, seq integer not null, type text not null, version integer not null, actor text not null, at text not null,
    payload text not null, payload_copy jsonb not null, previous_hash text not null, hash text not null, primary key (stream, seq))`,
  sql`create function event_is_fixed() returns trigger language plpgsql as $$ begin raise exception 'events are append-only'; end $$`,
  sql`create trigger event_is_fixed before update or delete or truncate on event for each statement execute function event_is_fixed()`,

  sql`create table dataset (
    dataset_id uuid primary key, team_id uuid not null references team, name text not null, description text not null, file_name text not null,
    size bigint not null, content jsonb not null, report jsonb not null, created_at timestamptz not null)`,
  sql`create index dataset_by_team on dataset (team_id, created_at desc)`,

  sql`create table run (
    run_id uuid primary key, team_id uuid not null references team, dataset_id uuid references dataset, model_id uuid, seq integer not null,
    status text not null, state jsonb not null, owed boolean not null, wait_until timestamptz, name text not null, label text, task text,
    created_at timestamptz not null, started_at timestamptz, completed_at timestamptz)`,
  sql`create index run_by_team on run (team_id, created_at desc, run_id)`,
  sql`create index run_owed on run (run_id) where owed`,
  sql`create index run_waiting on run (wait_until) where wait_until is not null`,
  sql`create index run_by_dataset on run (dataset_id)`,

  sql`create table lease (run_id uuid primary key references run on delete cascade, worker_id uuid not null, taken_at timestamptz not null)`,
  sql`create table progress (run_id uuid primary key references run on delete cascade, phase text not null, fraction double precision not null, text text)`,
  sql`create table timing (
    id bigint generated always as identity primary key, run_id uuid not null references run on delete cascade, phase text not null, step text not null,
    seconds double precision not null, at timestamptz not null)`,

  sql`create table result (key text primary key, value text not null, created_at timestamptz not null)`,
  sql`create table result_use (key text not null references result on delete cascade, run_id uuid not null references run on delete cascade, primary key (key, run_id))`,
  sql`create table publication (
    id uuid primary key, kind text not null, run_id uuid not null, team_id uuid not null references team, model_id uuid not null,
    content text not null, created_at timestamptz not null)`,
  sql`create index publication_by_run on publication (run_id)`,
  sql`create table erasure (id uuid primary key, roots jsonb not null, requested_at timestamptz not null)`,
  sql`create table idempotency (
    team_id uuid not null references team, key text not null, body_hash text not null, answer jsonb, created_at timestamptz not null, primary key (team_id, key))`,
  sql`create table server_secret (name text primary key, value text not null)`,
]
