import { accept, refuse, type Result } from '#core/errors'
import type { DatasetRow } from '#core/store-ports'
import type { ServiceInput } from './ports.ts'
import type { Download } from './signalbox.ts'

/** The rows that reading a dataset's file set aside; only a header where there were none. */
export async function setAsideDownload({ files }: ServiceInput, dataset: DatasetRow): Promise<Result<Download>> {
  const stored = dataset.report.set_aside
  const bytes = stored === null ? Buffer.from('record,reason,row\n') : await files.getBytes(stored.hash)
  if (bytes === undefined) return refuse('BLOB_MISSING', `The rows set aside of the dataset "${dataset.name}" are gone.`)
  return accept({ file_name: 'set-aside.csv', content_type: 'text/csv; charset=utf-8', bytes: bytes.byteLength, chunks: one(bytes) })
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
