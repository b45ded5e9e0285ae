import type { TaskName } from '#core/run-settings'
import { findMapProxies } from './find-map-proxies.ts'
import { findNumberProxies } from './find-number-proxies.ts'
import { findPresenceProxies } from './find-presence-proxies.ts'
import type { LabelledRows } from './count-maps.ts'
import type { LabelProxy } from './label-proxy.ts'
import type { CountedColumn } from './counted-column.ts'

/** All columns that tell the label by themselves, one finding a column, the proven one where there are two. */
export async function findProxies(rows: LabelledRows, request: { readonly task: TaskName; readonly columns: readonly CountedColumn[] }): Promise<LabelProxy[]> {
  const label = request.columns.find((column) => column.id === rows.label.id)
  const others = request.columns.filter((column) => column.id !== rows.label.id)
  const labelled = rows.table.rows - (label?.missing ?? 0)
  const found = [
    ...(await findMapProxies(rows, others, labelled)),
    ...(request.task === 'regression' ? await findNumberProxies(rows, others) : await findPresenceProxies(rows, others)),
  ]
  const best = new Map<string, LabelProxy>()
  for (const proxy of found) {
    const known = best.get(proxy.column)
    if (known === undefined || (proxy.proven && !known.proven)) best.set(proxy.column, proxy)
  }
  return others.flatMap((column) => best.get(column.id) ?? [])
}
