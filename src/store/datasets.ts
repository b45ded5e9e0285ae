import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { readReportSchema, tableSchema } from '#core/dataset'
import type { DatasetRow, DatasetStore } from '#core/store-ports'
import { patient, type Db } from './database.ts'
import { hashesIn, requestErasure } from './erasures.ts'

export function datasetStore(db: Db): DatasetStore {
  return patient({
    async add({ table, report, ...row }) {
      const values = { ...row, content: JSON.stringify(table), report: JSON.stringify(report) }
      await db
        .insertInto('dataset')
        .values(values)
        .onConflict((conflict) => conflict.column('dataset_id').doNothing())
        .execute()
    },
    async get(datasetId) {
      const row = await db.selectFrom('dataset').selectAll().where('dataset_id', '=', datasetId).executeTakeFirst()
      return row === undefined ? undefined : read(row)
    },
    async list(teamId) {
      const rows = await db.selectFrom('dataset').selectAll().where('team_id', '=', teamId).orderBy('created_at', 'desc').orderBy('dataset_id').execute()
      return rows.map(read)
    },
    async delete(datasetId) {
      // A run that begins between the check and the deletion is caught by its foreign key.
      const used = await sql<{ used: boolean; known: boolean }>`select exists (select 1 from run where dataset_id = ${datasetId}) as used, exists (select 1 from dataset where dataset_id = ${datasetId}) as known`.execute(db)
      const [state] = used.rows
      if (state?.known !== true) return 'unknown'
      if (state.used) return 'in-use'
      try {
        await db.transaction().execute(async (trx) => {
          const gone = await trx.deleteFrom('dataset').where('dataset_id', '=', datasetId).returning(['content', 'report']).executeTakeFirst()
          if (gone !== undefined) await requestErasure(trx, { id: randomUUID(), roots: hashesIn(JSON.stringify(gone)), now: new Date() })
        })
        return 'deleted'
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === '23503') return 'in-use'
        throw error
      }
    },
  })
}

function read(row: Omit<DatasetRow, 'table' | 'report'> & { content: unknown; report: unknown }): DatasetRow {
  const { content, report, ...rest } = row
  return { ...rest, table: tableSchema.parse(content), report: readReportSchema.parse(report) }
}
