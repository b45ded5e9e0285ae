import { sql, type Selectable } from 'kysely'
import type { Asked } from '#core/command'
import type { CapturedRow, CapturedWish, CaptureSettings, CaptureStore, KeyedLabel, RowToCapture } from '#core/capture'
import { patient, type Database, type Db, type Trx } from './database.ts'
import type { Tables } from './tables.ts'

/** Captured rows over Postgres. */
export function captureStore({ db, transaction }: Database): CaptureStore {
  return {
    ...reading(db),
    async put({ deployment_id, ...settings }: CaptureSettings, { actor, now }: Asked) {
      const row = { ...settings, set_by: actor.name, set_at: new Date(now) }
      await db.insertInto('deployment_capture').values({ deployment_id, ...row }).onConflict((conflict) => conflict.column('deployment_id').doUpdateSet(row)).execute()
    },
    async end(deploymentId) {
      await db.deleteFrom('deployment_capture').where('deployment_id', '=', deploymentId).execute()
    },
    add: (rows, now) => transaction((trx) => addRows(trx, rows, now)),
    async deleteRows(deploymentId) {
      const { numDeletedRows } = await db.deleteFrom('captured_row').where('deployment_id', '=', deploymentId).executeTakeFirstOrThrow()
      return Number(numDeletedRows)
    },
    label: (deploymentId, labels) => transaction((trx) => labelRows(trx, deploymentId, labels)),
  }
}

function reading(db: Db): Pick<CaptureStore, 'settings' | 'state' | 'rows'> {
  const patiently = patient({
    async state(deploymentId: string) {
      const { rows: [row] } = await sql<{ rows: string; labelled: string; oldest: Date | null; newest: Date | null }>`
        select count(*) as rows, count(label) as labelled, min(captured_at) as oldest, max(captured_at) as newest from captured_row where deployment_id = ${deploymentId}`.execute(db)
      return { rows: Number(row?.rows ?? 0), labelled: Number(row?.labelled ?? 0), oldest: row?.oldest?.toISOString() ?? null, newest: row?.newest?.toISOString() ?? null }
    },
    async rows({ deployment_id, version_id, after, limit, labelled = false }: CapturedWish) {
      const of = db.selectFrom('captured_row').selectAll().where('deployment_id', '=', deployment_id).where('version_id', '=', version_id).where('position', '>', String(after))
      const found = await (labelled ? of.where('label', 'is not', null) : of).orderBy('position', 'desc').limit(limit).execute()
      return found.reverse().map(readRow)
    },
  })
  return {
    ...patiently,
    // Whoever predicts is not kept waiting until the database is back.
    settings: (deploymentId) => db.selectFrom('deployment_capture').select(['deployment_id', 'share', 'max_rows', 'key_column']).where('deployment_id', '=', deploymentId).executeTakeFirst(),
  }
}

function readRow({ position, captured_at, ...row }: Selectable<Tables['captured_row']>): CapturedRow {
  return { ...row, position: Number(position), captured_at: captured_at.toISOString() }
}

async function addRows(trx: Trx, rows: readonly RowToCapture[], now: Date): Promise<void> {
  const ids = [...new Set(rows.map(({ deployment_id }) => deployment_id))].sort()
  // A deployment that is gone, or keeps nothing any more, keeps nothing of what is still on its way.
  const kept = await trx.selectFrom('deployment_capture').select(['deployment_id', 'max_rows']).where('deployment_id', 'in', ids).orderBy('deployment_id').forUpdate().execute()
  const known = new Set(kept.map(({ deployment_id }) => deployment_id))
  const values = rows.filter(({ deployment_id }) => known.has(deployment_id)).map((row) => ({ ...row, cells: JSON.stringify(row.cells), captured_at: now }))
  if (values.length === 0) return
  await trx.insertInto('captured_row').values(values).execute()
  for (const { deployment_id, max_rows } of kept) {
    await sql`delete from captured_row where deployment_id = ${deployment_id} and position <= (
      select position from captured_row where deployment_id = ${deployment_id} order by position desc offset ${max_rows} limit 1)`.execute(trx)
  }
}

async function labelRows(trx: Trx, deploymentId: string, labels: readonly KeyedLabel[]): Promise<{ rows: number; unknown: string[] }> {
  const { rows } = await sql<{ key: string }>`
    update captured_row set label = sent.label from jsonb_to_recordset(${JSON.stringify(labels)}::jsonb) as sent (key text, label jsonb)
    where captured_row.deployment_id = ${deploymentId} and captured_row.key = sent.key returning captured_row.key`.execute(trx)
  const found = new Set(rows.map(({ key }) => key))
  return { rows: rows.length, unknown: labels.map(({ key }) => key).filter((key) => !found.has(key)) }
}
