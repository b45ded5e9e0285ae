import { sql, type Selectable } from 'kysely'
import { SignalboxError } from '#core/errors'
import type { NewSignature, ReportStore, Signature } from '#core/report-ports'
import { patient, type Database, type Trx } from './database.ts'
import { appendEvents, reportStream, streamHead } from './event-log.ts'
import type { Tables } from './tables.ts'

/** The version of the payload layouts of a report's events. */
const reportEventVersion = 1

/** Signatures of reports, each an event in the chain of its report. */
export function reportSignatures({ db, transaction }: Database): Pick<ReportStore, 'sign' | 'signatures'> {
  return patient({
    sign: (signature: NewSignature) => transaction((trx) => sign(trx, signature)),
    async signatures(reportId: string) {
      const rows = await db.selectFrom('report_signature').selectAll().where('report_id', '=', reportId).orderBy('seq').execute()
      return rows.map(read)
    },
  })
}

/** The same words of the same person again are the signature that is there; undefined where the report is gone. */
async function sign(trx: Trx, { report_id, run_id, content, actor, statement, statement_hash, files, at }: NewSignature): Promise<Signature | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`signalbox-report:${report_id}`}, 0))`.execute(trx)
  const report = await trx.selectFrom('publication').select('id').where('id', '=', report_id).where('kind', '=', 'report').forUpdate().executeTakeFirst()
  if (report === undefined) return undefined
  const known = await trx.selectFrom('report_signature').selectAll().where('report_id', '=', report_id).where('signed_by', '=', actor.name).where('statement', '=', statement).executeTakeFirst()
  if (known !== undefined) return read(known)
  const stream = reportStream(report_id)
  const event = { type: 'report-signed', actor, at, payload: { report_id, run_id, content, files, statement: statement_hash } }
  if (!(await appendEvents(trx, stream, { head: await streamHead(trx, stream), events: [event], version: reportEventVersion }))) {
    throw new SignalboxError({ code: 'WRITE_CONFLICT', message: 'The report was signed by somebody else at the same moment.' })
  }
  const { seq, hash } = await streamHead(trx, stream)
  const row = { report_id, seq, signed_by: actor.name, statement, files: JSON.stringify(files), hash, signed_at: new Date(at) }
  return read(await trx.insertInto('report_signature').values(row).returningAll().executeTakeFirstOrThrow())
}

function read({ seq, signed_by, statement, files, hash, signed_at }: Selectable<Tables['report_signature']>): Signature {
  return { seq, signed_by, statement, files, hash, signed_at: signed_at.toISOString() }
}
