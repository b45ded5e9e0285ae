import { sql, type Kysely } from 'kysely'

/** The chat of runs, and webhooks with the messages that wait to be delivered. */
export async function chatAndWebhooks(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table chat_message (
    position bigint generated always as identity primary key, id uuid not null unique, run_id uuid not null references run on delete cascade,
    role text not null, content text not null, metadata jsonb not null, at timestamptz not null)`,
  sql`create index chat_message_by_run on chat_message (run_id, position)`,
  // Erasure is the one way out: a message goes with its run, which is gone by the time the cascade comes here.
  sql`create function chat_is_fixed() returns trigger language plpgsql as $$ begin
    if tg_op = 'DELETE' and not exists (select 1 from run where run_id = old.run_id) then return old; end if;
    raise exception 'chat is append-only';
  end $$`,
  sql`create trigger chat_is_fixed before update or delete on chat_message for each row execute function chat_is_fixed()`,

  sql`create table webhook (
    webhook_id uuid primary key, team_id uuid not null references team, url text not null, events jsonb not null, description text not null,
    created_by text not null, created_at timestamptz not null)`,
  sql`create index webhook_by_team on webhook (team_id, created_at)`,
  sql`create table webhook_delivery (
    delivery_id uuid primary key, webhook_id uuid not null references webhook on delete cascade, event text not null, body text not null,
    attempts integer not null default 0, created_at timestamptz not null, next_at timestamptz, ended_at timestamptz, delivered boolean not null default false,
    last_status integer, last_error text, last_at timestamptz)`,
  sql`create index webhook_delivery_due on webhook_delivery (next_at) where ended_at is null`,
  sql`create index webhook_delivery_by_webhook on webhook_delivery (webhook_id, created_at desc)`,
]
