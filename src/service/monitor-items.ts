import type { Json } from '#core/canonical-json'
import { accept, refuse, type Result } from '#core/errors'
import type { MonitorItem } from '#core/monitor'
import { rowReader } from '#scoring/row-reader'
import type { Scorer } from '#scoring/scorer'
import type { AddMonitorItemsAnswer, AddMonitorItemsBody, DeleteMonitorItemAnswer, MonitorItemsAnswer } from '#wire/monitor'
import { askedBy, documentOf, ownMonitor, scorerOf, unknownMonitor } from './monitor-context.ts'
import type { ServiceInput } from './ports.ts'
import type { Caller } from './signalbox.ts'

type SentItem = AddMonitorItemsBody['monitor_items'][number]

/** Keeps rows with a monitor, each with what the model says of it. */
export async function addMonitorItems(input: ServiceInput, caller: Caller, body: AddMonitorItemsBody): Promise<Result<AddMonitorItemsAnswer>> {
  const monitor = await ownMonitor(input, caller, body.monitor_id)
  if (!monitor.ok) return monitor
  const scorer = await scorerOf(input, await documentOf(input, monitor.value))
  const items: MonitorItem[] = []
  for (const [i, sent] of body.monitor_items.entries()) {
    const scored = scoredItem(scorer, sent)
    if (!scored.ok) return refuse('ROW_UNREADABLE', `monitor_items[${i}]: ${scored.refusal.message}`)
    items.push({ item_id: input.identity.newId(), monitor_id: body.monitor_id, ...scored.value })
  }
  const added = await input.monitors.addItems(body.monitor_id, items, askedBy(input, caller))
  return added ? accept({ monitor_item_id: items.map(({ item_id }) => item_id) }) : unknownMonitor
}

function scoredItem(scorer: Scorer, sent: SentItem): Result<Omit<MonitorItem, 'item_id' | 'monitor_id'>> {
  const { scenario: named, notes } = sent
  const scenario = isRow(named) ? named : sent
  const read = rowReader(scorer.document)(scenario)
  if (!read.ok) {
    const place = read.column === null ? 'expected' : `column ${JSON.stringify(read.column)}: expected`
    return refuse('ROW_UNREADABLE', `${place} ${read.expected}.`)
  }
  const said = scorer.predictRow(read.row)
  const best = said.task === 'multiclass' ? (scorer.document.classes ?? []).indexOf(said.prediction) : 0
  const score = typeof said.score === 'number' ? said.score : (said.score[best] ?? null)
  const proba = said.task === 'regression' ? null : said.task === 'binary' ? said.probability : (said.probabilities[said.prediction] ?? null)
  return accept({ scenario, score, proba, notes: isRow(named) && typeof notes === 'string' ? notes : null })
}

function isRow(value: Json | undefined): value is { readonly [column: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const unknownItem = refuse('NOT_FOUND', 'There is no such monitor item.', { suggestion: 'GET /v1/monitors/monitor-items/{id} with the id of a monitor lists its items.' })

/** One item by its own id, or all of a monitor by the monitor's. */
export async function readMonitorItems(input: ServiceInput, caller: Caller, id: string): Promise<Result<MonitorItemsAnswer>> {
  const item = await input.monitors.item(id)
  const monitor = await ownMonitor(input, caller, item?.monitor_id ?? id)
  if (!monitor.ok) return unknownItem
  return accept(item === undefined ? (await input.monitors.items(id)).map(itemAnswer) : itemAnswer(item))
}

export async function deleteMonitorItem(input: ServiceInput, caller: Caller, itemId: string): Promise<Result<DeleteMonitorItemAnswer>> {
  const item = await input.monitors.item(itemId)
  if (item === undefined) return unknownItem
  const monitor = await ownMonitor(input, caller, item.monitor_id)
  if (!monitor.ok) return unknownItem
  const gone = await input.monitors.deleteItem(item, askedBy(input, caller))
  return gone ? accept({ monitor_item_id: itemId, success: true }) : unknownItem
}

function itemAnswer({ item_id, monitor_id, scenario, score, proba, notes }: MonitorItem) {
  return { monitor_item_id: item_id, id: item_id, monitor_id, scenario, score, proba, notes }
}
