import type { Hash } from '#core/hash'
import type { JsonBlobs } from '#core/ports'
import type { MeasuredAlarms, MonitorDocument, MonitorSettings } from './monitor-document.ts'

interface MonitorParts {
  readonly model: Hash
  readonly profile: Hash
  readonly settings: MonitorSettings
  readonly measured: readonly MeasuredAlarms[]
  readonly seed: number
}

/** Stores a monitor: everything that a check of a batch needs. */
export function storeMonitor(blobs: JsonBlobs, { model, profile, settings, measured, seed }: MonitorParts): Promise<Hash> {
  const document: MonitorDocument = { format: 'signalbox-monitor', version: 1, model, settings, profile, seed, measured: [...measured] }
  return blobs.put(document)
}
