import { accept, refuse, type Result } from '#core/errors'
import type { DatasetRow } from '#core/store-ports'
import type { ServiceInput } from './ports.ts'
import type { Download, PresignedToken } from './signalbox.ts'

const validSeconds = 15 * 60

/** A token that names a dataset and an end, signed with the server's secret. */
export function presignToken({ secrets, now }: ServiceInput, dataset: DatasetRow): PresignedToken {
  const end = Math.floor(now().getTime() / 1000) + validSeconds
  const claim = `${dataset.dataset_id}.${end}`
  return { token: `${claim}.${secrets.sign(claim)}`, expires_at: new Date(end * 1000).toISOString() }
}

/** The stored Parquet file that a token names. */
export async function presignedDownload(input: ServiceInput, token: string): Promise<Result<Download>> {
  const [datasetId = '', end = '', signature = ''] = token.split('.')
  const wrong = refuse('NOT_FOUND', 'This link is wrong or has expired.', { suggestion: 'Ask for a new one with GET /v1/datasets/{id}/presign.' })
  // Both sides are hashed again before they are compared, so that the time taken tells nothing of the signature.
  const expected = input.identity.sha256(input.secrets.sign(`${datasetId}.${end}`))
  if (input.identity.sha256(signature) !== expected || Number(end) * 1000 < input.now().getTime()) return wrong
  const dataset = await input.datasets.get(datasetId)
  const bytes = dataset === undefined ? undefined : await input.files.getBytes(dataset.table.hash)
  if (dataset === undefined || bytes === undefined) return wrong
  return accept({ file_name: 'dataset.parquet', content_type: 'application/vnd.apache.parquet', bytes: bytes.byteLength, chunks: one(bytes) })
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes
}
