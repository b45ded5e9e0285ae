import { sql, type Kysely } from 'kysely'

/** Deployments and their keys; a key is kept by the hash of its secret only. */
export async function deployments(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table deployment (
    deployment_id uuid primary key, team_id uuid not null references team, model_id uuid not null, version_id uuid not null, run_id uuid,
    active boolean not null, threshold double precision, content text, created_by text not null, created_at timestamptz not null,
    deleted_at timestamptz)`,
  sql`create index deployment_by_team on deployment (team_id, created_at desc) where deleted_at is null`,
  sql`create index deployment_by_version on deployment (version_id) where deleted_at is null`,
  sql`create table deploy_key (
    key_id uuid primary key, deployment_id uuid not null references deployment, secret_hash text not null unique, description text not null,
    created_by text not null, created_at timestamptz not null, expires_at timestamptz not null, revoked_at timestamptz)`,
  sql`create index deploy_key_by_deployment on deploy_key (deployment_id)`,
  sql`create index publication_by_model on publication (team_id, model_id, created_at) where kind = 'model_version'`,
]
