import type { Asked } from '#core/command'
import { accept, orThrow, refuse, type Result } from '#core/errors'
import type { Monitor } from '#core/monitor'
import { driftProfileSchema, monitorDocumentSchema, type MonitorDocument } from '#phases/7-monitor/monitor-document'
import { readScorer, type Scorer } from '#scoring/scorer'
import type { DriftProfile } from '#ml/drift-profile'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

export const unknownMonitor = refuse('NOT_FOUND', 'There is no such monitor.', { suggestion: 'GET /v1/monitors/teams/{team_id} lists the monitors of your team.' })

/** The monitor, where it belongs to the caller's team. */
export async function ownMonitor({ monitors }: ServiceInput, caller: Caller, monitorId: string): Promise<Result<Monitor>> {
  const monitor = await monitors.get(monitorId)
  return monitor === undefined || monitor.team_id !== caller.team_id ? unknownMonitor : accept(monitor)
}

/** Who asks, and when. */
export function askedBy({ now }: Pick<ServiceInput, 'now'>, caller: Caller): Asked {
  return { actor: { kind: 'key', name: caller.key_name }, now: now().toISOString() }
}

/** What a monitor does by itself, by its schedule, it does as its team. */
export function monitorAsCaller({ team_id }: Monitor): Caller {
  return { team_id, org_id: '', key_id: '', key_name: 'monitor', key_prefix: '', expires: null }
}

/** What a monitor was set to. */
export async function documentOf({ blobs }: Pick<ServiceInput, 'blobs'>, monitor: Monitor): Promise<MonitorDocument> {
  return monitorDocumentSchema.parse(await blobs.get(monitor.content))
}

export async function profileOf({ blobs }: Pick<ServiceInput, 'blobs'>, document: MonitorDocument): Promise<DriftProfile> {
  return driftProfileSchema.parse(await blobs.get(document.profile))
}

export async function scorerOf({ blobs }: Pick<ServiceInput, 'blobs'>, document: MonitorDocument): Promise<Scorer> {
  return orThrow(readScorer(await blobs.get(document.model)))
}
