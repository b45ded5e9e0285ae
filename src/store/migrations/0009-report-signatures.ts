import { sql, type Kysely } from 'kysely'

/** Who signed which report, with the text that they signed it with; the chain of the report holds only hashes. */
export async function reportSignatures(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await statement.execute(db)
}

const statements = [
  sql`create table report_signature (
    report_id uuid not null references publication on delete cascade, seq integer not null, signed_by text not null, statement text not null, files jsonb not null,
    hash text not null, signed_at timestamptz not null, primary key (report_id, seq))`,
]
