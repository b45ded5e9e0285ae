import { sql, type Kysely } from 'kysely'

/** Preprocessors with versions that never change, what each learned, and the model versions that they stand before. */
export async function preprocessors(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table preprocessor (
    preprocessor_id uuid primary key, team_id uuid not null references team, name text not null, description text not null, created_by text not null,
    created_at timestamptz not null, unique (team_id, name))`,
  sql`create index preprocessor_by_team on preprocessor (team_id, created_at desc)`,
  sql`create table preprocessor_version (
    position bigint generated always as identity, version_id uuid primary key, preprocessor_id uuid not null references preprocessor on delete cascade,
    number integer not null, spec text not null, parent_version_id uuid, created_by text not null, created_at timestamptz not null,
    unique (preprocessor_id, number))`,
  sql`create function preprocessor_version_is_fixed() returns trigger language plpgsql as $$ begin
    raise exception 'a version of a preprocessor does not change';
  end $$`,
  sql`create trigger preprocessor_version_is_fixed before update on preprocessor_version for each row execute function preprocessor_version_is_fixed()`,
  sql`create table preprocessor_fit (
    version_id uuid primary key references preprocessor_version on delete cascade, rows integer not null, content text not null, fitted_by text not null,
    fitted_at timestamptz not null)`,
  // The publication of a model version goes with its run, and the link with it.
  sql`create table preprocessor_link (
    model_version_id uuid primary key references publication on delete cascade, preprocessor_version_id uuid not null references preprocessor_version,
    linked_by text not null, linked_at timestamptz not null)`,
  sql`create index preprocessor_link_by_version on preprocessor_link (preprocessor_version_id)`,
]
